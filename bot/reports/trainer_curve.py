"""How fast a model learns from a trainer, by the order in which messages are picked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.reports.style import BLUE, FAINT, INK, MUTED, ORANGE, headline, look, new_figure, place, save
from bot.reports.wording import thousands, tick_percent

_STYLES = ((BLUE, "solid", 2.0), (BLUE, (0, (4, 3)), 1.2), (ORANGE, "solid", 1.2))


@dataclass(frozen=True)
class Curve:
    """Accuracy after so many labels."""

    labels: Sequence[int]
    accuracies: Sequence[float]


@dataclass(frozen=True)
class Band:
    """Mean, least and most accuracy of several trainers who pick at random, after so many labels."""

    labels: Sequence[int]
    means: Sequence[float]
    least: Sequence[float]
    most: Sequence[float]


def draw_trainer_curve(random: Band, curves: Mapping[str, Curve], file: Path) -> None:
    """Write a PNG of the band and up to three curves; thin and dotted where the band lies at half of its labels."""
    with look():
        figure = new_figure(8.6, 5.4)
        axes = figure.add_subplot()
        axes.fill_between(random.labels, random.least, random.most, color=MUTED, alpha=0.25, linewidth=0)
        axes.plot(random.labels, random.means, color=MUTED, linewidth=1.8, marker="o", markersize=3, label="acak")
        halves = [count / 2 for count in random.labels]
        axes.plot(halves, random.means, color=INK, linewidth=1, linestyle=":", label="acak, dengan separuh label")
        for (name, curve), (colour, line, width) in zip(curves.items(), _STYLES):
            axes.plot(curve.labels, curve.accuracies, color=colour, linestyle=line, linewidth=width, label=name)
        axes.set(xlabel="label", ylabel="pesan yang tepat")
        axes.set_xlim(left=0)
        axes.xaxis.set_major_formatter(lambda count, _: thousands(int(count)))
        axes.yaxis.set_major_formatter(lambda share, _: tick_percent(share))
        axes.grid(color=FAINT)
        axes.legend(frameon=False, loc="lower right")
        headline(
            figure,
            "Berapa label yang dihemat kotak masuk?",
            "Pelatih simulasi, 2.000 pesan MASSIVE id-ID; acak: rata-rata dan rentang beberapa kali.",
        )
        place(figure, left=0.9, right=0.4, bottom=0.65, top=1.05)
        file.parent.mkdir(parents=True, exist_ok=True)
        save(figure, file)
