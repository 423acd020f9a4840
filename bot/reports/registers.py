"""How each register (manner of speaking) fares."""

from __future__ import annotations

from pathlib import Path

from bot.helpdesk.evaluation import Evaluation
from bot.reports.style import BLUE, FAINT, INK, MUTED, headline, look, new_figure, place, plain, save
from bot.reports.wording import percent, thousands, tick_percent


def draw_registers(evaluation: Evaluation, file: Path) -> None:
    """Write a PNG with a bar for the 95 % interval and a dot for the share of each register, the best on top."""
    rows = sorted(evaluation.by_register.items(), key=lambda row: row[1].share)
    overall = evaluation.full.share
    lowest = min([overall, *(right.interval[0] for _, right in rows)])
    left_end = max(0.0, lowest - 0.1 * (1 - lowest))
    with look():
        figure = new_figure(8.6, 2.1 + 0.46 * len(rows))
        axes = figure.add_subplot()
        axes.axvline(overall, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(
            f"semua pesan {percent(overall)}",
            (overall, len(rows) - 0.5),
            (0, 5),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=MUTED,
        )
        for row, (_, right) in enumerate(rows):
            low, high = right.interval
            axes.barh(row, high - low, left=low, height=0.34, color=BLUE, alpha=0.25)
            axes.plot(right.share, row, "o", color=BLUE, markersize=8, clip_on=False)
            axes.annotate(
                f"{percent(right.share)}  ({thousands(right.part)} dari {thousands(right.whole)})",
                (1.03, row),
                xycoords=axes.get_yaxis_transform(),
                va="center",
                fontsize=9.5,
                color=INK,
                annotation_clip=False,
            )
        axes.set_yticks(range(len(rows)), [plain(name) for name, _ in rows], fontsize=10.5)
        axes.set(xlim=(left_end, 1), ylim=(-0.6, len(rows) - 0.4), xlabel="jenis jawaban dan pasal tepat")
        axes.xaxis.set_major_formatter(lambda share, _: tick_percent(share))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=FAINT)
        headline(
            figure,
            "Apakah semua gaya bahasa dipahami sama baik?",
            "Titik: bagian yang tepat. Pita: selang 95 %; pita yang bertumpuk belum tentu berbeda.",
        )
        place(figure, left=1.0, right=2.0, bottom=0.6, top=1.15)
        save(figure, file)
