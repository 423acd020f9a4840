"""Precision against coverage: what would be won if the bot asked back more often?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes

from bot.helpdesk.calibration import Point, point_at
from bot.helpdesk.evaluation import Evaluation
from bot.reports.style import FAINT, INK, MUTED, SERIES, headline, look, new_figure, place, plain, save
from bot.reports.wording import decimal, percent, tick_percent

# Thresholds that are marked on a line, where they are above the shipped one and leave room for their label.
_MARKED = (0.9, 0.7, 0.5)
_ROOM = 0.025
# The least distance between two labels beside the axes, as a share of the height.
_APART = 0.2


def draw_coverage(subjects: Sequence[tuple[str, Evaluation]], threshold: float, file: Path) -> None:
    """Write a PNG with a line for each named evaluation; `threshold` is the one that is shipped."""
    drawn = [(name, one.curve) for name, one in subjects if one.curve]
    lowest = min((point.right.share for _, curve in drawn for point in curve), default=0.0)
    bottom = max(0.0, lowest - 0.12 * (1 - lowest) - 0.004)
    with look():
        figure = new_figure(9.4, 5.4)
        axes = figure.add_subplot()
        axes.set(xlim=(0, 1), ylim=(bottom, 1 + 0.03 * (1 - bottom)))
        for (_, curve), colour in zip(drawn, SERIES):
            _draw_line(axes, curve, threshold, colour)
        _label_shipped(axes, drawn, threshold)
        axes.set_xlabel("pesan yang dijawab tanpa bertanya balik")
        axes.set_ylabel("di antaranya yang tepat")
        axes.xaxis.set_major_formatter(lambda share, _: tick_percent(share))
        axes.yaxis.set_major_formatter(lambda share, _: tick_percent(share) if share <= 1 else "")
        axes.grid(color=FAINT)
        headline(
            figure,
            "Berapa banyak dijawab, berapa yang tepat?",
            "Titik besar: bot yang sekarang. Bila ambang keyakinan dinaikkan (angka kecil), bot lebih sering\n"
            "bertanya balik (ke kiri) dan jawabannya lebih jarang keliru (ke atas).",
        )
        place(figure, left=0.95, right=2.3, bottom=0.65, top=1.2)
        save(figure, file)


def _draw_line(axes: Axes, curve: Sequence[Point], threshold: float, colour: str) -> None:
    axes.plot([p.coverage for p in curve], [p.right.share for p in curve], color=colour, linewidth=1.8)
    last = 0.0
    for marked in _MARKED:
        point = point_at(curve, marked)
        if marked > threshold and point and point.coverage - last >= _ROOM:
            last = point.coverage
            at = point.coverage, point.right.share
            axes.plot(*at, "o", markersize=5, markerfacecolor="white", color=colour)
            said = decimal(marked, 1)
            axes.annotate(said, at, (5, 3), textcoords="offset points", fontsize=8, color=MUTED)


def _label_shipped(axes: Axes, drawn: Sequence[tuple[str, Sequence[Point]]], threshold: float) -> None:
    """A big dot for the shipped threshold, and beside the axes what it says; labels do not overlap."""
    bottom, top = axes.get_ylim()
    found = [(name, point_at(curve, threshold), colour) for (name, curve), colour in zip(drawn, SERIES)]
    shipped = [(name, point, colour) for name, point, colour in found if point]
    height = 1.0
    for name, point, colour in sorted(shipped, key=lambda one: -one[1].right.share):
        at = point.coverage, point.right.share
        axes.plot(*at, "o", markersize=9, color=colour, clip_on=False)
        height = min((point.right.share - bottom) / (top - bottom), height - _APART)
        axes.annotate(
            f"{plain(name)}\n{percent(point.right.share)} tepat\ndari {percent(point.coverage)} pesan\n"
            f"(ambang {decimal(threshold, 2)})",
            at,
            (1.05, max(_APART / 2, height)),
            textcoords="axes fraction",
            va="center",
            fontsize=9,
            color=INK,
            linespacing=1.35,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.8, "shrinkB": 5},
            annotation_clip=False,
        )
