"""The reliability diagram: does a confidence of 80 % mean that 80 % are right?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes

from bot.helpdesk.calibration import BINS
from bot.helpdesk.evaluation import Evaluation
from bot.reports.style import BLUE, FAINT, INK, MUTED, headline, look, new_figure, place, plain, save
from bot.reports.wording import decimal, thousands, tick_percent

_TICKS = (0, 0.25, 0.5, 0.75, 1)
_FEW = 10


def draw_reliability(subjects: Sequence[tuple[str, Evaluation]], file: Path) -> None:
    """Write a PNG with a panel for each named evaluation: share right above, number of messages below."""
    with look():
        figure = new_figure(max(7.2, 0.6 + 5.2 * len(subjects)), 6.6)
        panels = figure.subplots(
            2, len(subjects), squeeze=False, sharex=True, gridspec_kw={"height_ratios": (3.4, 1), "hspace": 0.12}
        )
        for (name, evaluation), above, below in zip(subjects, panels[0], panels[1]):
            _draw_shares(above, name, evaluation)
            _draw_counts(below, evaluation)
        panels[0][0].set_ylabel("bagian yang tepat")
        panels[1][0].set_ylabel("pesan")
        headline(
            figure,
            "Bisakah keyakinan bot dipercaya?",
            "Titik di garis putus-putus: keyakinan sesuai kenyataan; di bawahnya: bot terlalu yakin.\n"
            f"Pita: selang 95 %. Lingkaran kosong: kurang dari {_FEW} pesan.",
        )
        place(figure, left=0.8, right=0.25, bottom=0.6, top=1.4, wspace=0.22)
        save(figure, file)


def _draw_shares(axes: Axes, name: str, evaluation: Evaluation) -> None:
    axes.plot((0, 1), (0, 1), color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
    for one in evaluation.bins:
        low, high = one.right.interval
        axes.plot((one.confidence, one.confidence), (low, high), color=BLUE, linewidth=5, alpha=0.25, clip_on=False)
        inside = BLUE if one.right.whole >= _FEW else "white"
        axes.plot(one.confidence, one.right.share, "o", color=BLUE, markerfacecolor=inside, markersize=7, clip_on=False)
    axes.set(xlim=(0, 1.02), ylim=(0, 1.04), xticks=_TICKS, yticks=_TICKS)
    axes.set_yticklabels(tick_percent(tick) for tick in _TICKS)
    axes.grid(color=FAINT)
    axes.set_title(plain(name), loc="left", fontsize=11, color=INK)
    axes.text(
        0.98,
        0.03,
        f"galat kalibrasi (ECE) {decimal(evaluation.calibration_error)}",
        ha="right",
        fontsize=9,
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
    )


def _draw_counts(axes: Axes, evaluation: Evaluation) -> None:
    width = 0.9 / BINS
    most = max(one.right.whole for one in evaluation.bins)
    for one in evaluation.bins:
        middle = (one.low + one.high) / 2
        axes.bar(middle, one.right.whole, width=width, color=MUTED, alpha=0.45)
        axes.text(middle, one.right.whole + 0.05 * most, thousands(one.right.whole), ha="center", fontsize=8, color=INK)
    axes.set(ylim=(0, 1.3 * most), yticks=(), xticks=_TICKS, xlabel="keyakinan bot")
    axes.set_xticklabels(tick_percent(tick) for tick in _TICKS)
    axes.spines["left"].set_visible(False)
