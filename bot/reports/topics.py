"""How many messages of each topic two models get right, before and after, as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.helpdesk.releases.comparing import TopicCount
from bot.reports.style import BLUE, FAINT, MUTED, ORANGE, headline, look, new_figure, place, plain, save


def draw_topics(topics: Sequence[TopicCount], titles: Mapping[str, str], file: Path) -> None:
    """Write a PNG with a row a topic, the one that changes most on top: a line from the share before to that after."""
    rows = sorted(topics, key=lambda one: (_change(one), one.count))
    with look():
        figure = new_figure(8.6, 1.6 + 0.26 * len(rows))
        axes = figure.add_subplot()
        for at, one in enumerate(rows):
            after = one.after / one.count
            before = after if one.before is None else one.before / one.count
            colour = MUTED if after == before else BLUE if after > before else ORANGE
            axes.plot([0, 1], [at, at], color=FAINT, linewidth=0.8, zorder=0)
            axes.plot([before, after], [at, at], color=colour, linewidth=2)
            axes.plot([before], [at], "o", color="white", markeredgecolor=colour, markersize=6)
            axes.plot([after], [at], "o", color=colour, markersize=6)
        names = [f"{plain(titles.get(one.topic, one.topic))} ({one.count})" for one in rows]
        axes.set_yticks(range(len(rows)), names)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xlabel("bagian yang benar")
        headline(figure, "Sebelum dan sesudah, per topik", "lingkaran kosong: model sekarang; penuh: kandidat")
        place(figure, left=3.0, right=0.3, bottom=0.6, top=0.85)
        save(figure, file)


def _change(one: TopicCount) -> float:
    return 0.0 if one.before is None else abs(one.after - one.before) / one.count
