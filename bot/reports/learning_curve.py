"""The learning curve: would more training sentences help?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.helpdesk.learning import LearningPoint
from bot.reports.style import FAINT, INK, SERIES, headline, look, new_figure, place, plain, save
from bot.reports.wording import thousands, tick_percent


def draw_curves(curves: Mapping[str, Sequence[LearningPoint]], file: Path) -> None:
    """Write the curves as a PNG: solid for outcome and clause, dashed for the outcome alone."""
    with look():
        figure = new_figure(8.6, 5.4)
        axes = figure.add_subplot()
        for (name, points), colour in zip(curves.items(), SERIES):
            counts = [point.sentences for point in points]
            full, outcome = [point.full for point in points], [point.outcome for point in points]
            axes.plot(counts, full, marker="o", color=colour, linewidth=1.8)
            axes.plot(counts, outcome, marker="o", color=colour, linewidth=1.2, markersize=3, linestyle=(0, (4, 3)))
            axes.annotate(
                plain(name),
                (counts[-1], full[-1]),
                (8, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
                color=INK,
            )
        axes.set(xlabel="kalimat latih", ylabel="pesan yang tepat")
        axes.xaxis.set_major_formatter(lambda count, _: thousands(int(count)))
        axes.yaxis.set_major_formatter(lambda share, _: tick_percent(share))
        axes.grid(color=FAINT)
        headline(
            figure,
            "Apakah menambah kalimat masih membantu?",
            "Garis penuh: jenis jawaban dan pasal tepat. Putus-putus: jenis jawaban tepat.",
        )
        place(figure, left=0.9, right=1.6, bottom=0.65, top=1.05)
        file.parent.mkdir(parents=True, exist_ok=True)
        save(figure, file)
