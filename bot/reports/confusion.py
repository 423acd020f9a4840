"""The confusion matrix of clauses and outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from bot.helpdesk.evaluation import Judged
from bot.reports.style import BLUE, FAINT, INK, MUTED, ORANGE, headline, look, new_figure, place, plain, save
from bot.reports.wording import OUTCOMES, percent, thousands

_CELL = 0.27
_Cells = npt.NDArray[np.float64]


def draw_confusion(judged: Sequence[Judged], titles: Mapping[str, str], name: str, file: Path) -> None:
    """Write the matrix as a PNG: a row for what is wanted, a column for what was made of it.

    Where the message has several acceptable labels, one that was hit counts as the wanted one. `titles` are those of
    the clauses.
    """
    pairs = [(one.predicted.label if one.right else one.gold.best, one.predicted.label) for one in judged]
    labels = sorted({label for pair in pairs for label in pair}, key=_clause_order)
    counts = np.zeros((len(labels), len(labels)))
    for wanted, got in pairs:
        counts[labels.index(wanted), labels.index(got)] += 1
    with look():
        figure = new_figure(max(7.6, 4.9 + _CELL * len(labels)), 3.35 + _CELL * len(labels))
        axes = figure.add_subplot()
        axes.imshow(_colours(counts), aspect="auto", interpolation="nearest")
        _write_counts(axes, counts)
        _label(axes, labels, titles)
        _separate_groups(axes, labels)
        _write_recall(axes, counts)
        wrong = sum(not one.right for one in judged)
        headline(
            figure,
            f"Apa tertukar dengan apa: {plain(name)}",
            f"{thousands(int(counts.sum()))} pesan, {thousands(wrong)} salah. "
            "Biru: tepat. Jingga: keliru, makin pekat makin besar bagiannya di baris itu.",
        )
        place(figure, left=3.5, right=1.3, bottom=1.45, top=1.9)
        save(figure, file)


def _colours(counts: _Cells) -> _Cells:
    """Red, green, blue of each cell: its share of the row, as blue on the diagonal and orange elsewhere."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    # Roots, so that a few mistakes among many are seen as well.
    strength = np.minimum(1, np.where(counts > 0, 0.05 + 1.4 * np.sqrt(shares), 0.0))[..., np.newaxis]
    hue = np.where(np.eye(len(counts), dtype=bool)[..., np.newaxis], to_rgb(BLUE), to_rgb(ORANGE))
    cells: _Cells = 1 - strength * (1 - hue)
    return cells


def _write_counts(axes: Axes, counts: _Cells) -> None:
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for row, column in zip(*counts.nonzero()):
        axes.text(
            column,
            row,
            int(counts[row, column]),
            ha="center",
            va="center",
            fontsize=7.5 if counts[row, column] < 1000 else 6.5,
            color="white" if shares[row, column] > 0.2 else INK,
        )


def _label(axes: Axes, labels: Sequence[str], titles: Mapping[str, str]) -> None:
    numbers = range(len(labels))
    rows = [f"{titles[label]}  {label}" if label in titles else OUTCOMES.get(label, label) for label in labels]
    axes.set_yticks(numbers, rows, fontsize=9)
    axes.set_xticks(numbers, [OUTCOMES.get(label, label) for label in labels])
    axes.tick_params(length=0, labeltop=True, pad=4)
    for tick, label in zip(axes.xaxis.get_major_ticks(), labels):
        for text in (tick.label1, tick.label2):
            text.set(rotation=90 if label in OUTCOMES else 0, fontsize=9 if label in OUTCOMES else 8)
    axes.set_xticks([number - 0.5 for number in numbers], minor=True)
    axes.set_yticks([number - 0.5 for number in numbers], minor=True)
    axes.grid(which="minor", color=FAINT, linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_visible(False)


def _separate_groups(axes: Axes, labels: Sequence[str]) -> None:
    groups = [_clause_order(label)[0] for label in labels]
    for number in range(1, len(labels)):
        if groups[number] != groups[number - 1]:
            axes.axhline(number - 0.5, color=MUTED, linewidth=0.9)
            axes.axvline(number - 0.5, color=MUTED, linewidth=0.9)


def _write_recall(axes: Axes, counts: _Cells) -> None:
    right_edge = len(counts) - 0.3
    axes.text(right_edge, -1, "tepat", fontsize=9, color=MUTED, va="center")
    axes.text(-0.7, -1, "seharusnya ↓      dijawab bot →", fontsize=9, color=MUTED, va="center", ha="right")
    for row, of_row in enumerate(counts):
        total = of_row.sum()
        if total:
            share = of_row[row] / total
            colour = INK if share < 1 else MUTED
            said = f"{percent(share)} dari {thousands(int(total))}"
            axes.text(right_edge, row, said, fontsize=8.5, va="center", color=colour)


def _clause_order(label: str) -> tuple[int, int, str]:
    """Clauses in document order, then the outcomes in theirs."""
    groups = {"K": 0, "H": 1}
    if label[1:].isdigit() and label[0] in groups:
        return groups[label[0]], int(label[1:]), ""
    if label in OUTCOMES:
        return 3, list(OUTCOMES).index(label), ""
    return 2, 0, label
