"""The inbox against random picking, margin and entropy, on MASSIVE id-ID with the encoder before its adaptation."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.simulated_trainer.encoder import NoSuchEncoderError, encoder_before_adaptation
from benchmarks.simulated_trainer.massive import LENGTH, read_stream
from benchmarks.simulated_trainer.trainer import (
    Pace,
    Point,
    Ranking,
    Stream,
    by_entropy,
    by_gain,
    by_margin,
    by_nothing,
    labels_needed,
    mean_curve,
    picked_at_random,
    picked_by,
)
from bot.reports.trainer_curve import Band, Curve, draw_trainer_curve
from bot.services.knowledge import ROOT

FILE = ROOT.parent / "shared/benchmarks/massive-id-ID.tsv.gz"
PICTURE = ROOT / "docs/images/simulated-trainer.png"
PART = "test"
# Streams that begin elsewhere, over which all is averaged: one alone leaves half a point of accuracy to chance.
SHIFTS = (0.0, 0.25, 0.5, 0.75)
# Of random picking, on each of them.
SEEDS = 2
# Labels of the random trainer at which the two are compared.
AT = (200, 400, 600, 800, 1200, 1600, 2000)
# The random trainer labels twice as many of each batch, so that N and N/2 are always compared at the same moment.
PACE = Pace(batch=250, decisions=25, afterwards=100, most=LENGTH // 2)
RANDOM_PACE = Pace(batch=250, decisions=50, afterwards=LENGTH, most=LENGTH)

INBOX = "inbox"
TRAINERS: Mapping[str, tuple[Ranking, bool]] = {
    INBOX: (by_gain, True),
    "inbox without groups": (by_gain, False),
    "margin": (by_margin, False),
    "entropy": (by_entropy, False),
    "random with groups": (by_nothing, True),
}


def run(part: str = PART) -> None:
    """Print curves and what each trainer needs for the accuracy of N random labels; draw the picture for `test`."""
    if not FILE.is_file():
        print(f"left out: no {FILE}")
        return
    try:
        encoder = encoder_before_adaptation()
    except NoSuchEncoderError as error:
        print(f"left out: {error}")
        return
    started = time.perf_counter()
    random: list[list[Point]] = []
    each: dict[str, list[list[Point]]] = {name: [] for name in TRAINERS}
    for shift in SHIFTS:
        stream, seed, asked = read_stream(FILE, part, encoder, shift)
        print(f"stream of {len(stream.topics)} from {shift}, seed of {seed}, measured on {asked} of {part}", flush=True)
        random += _random(stream)
        for name, found in each.items():
            found.append(_picked(name, stream))
    print(f"encoder {encoder.name}; {time.perf_counter() - started:.0f} s of trainings")
    for label_count, accuracies in zip(AT, np.transpose([[point.accuracy for point in curve] for curve in random])):
        print(f"random {label_count:5} labels: {accuracies.mean():.4f} (± {accuracies.std():.4f}, {len(random)} runs)")
    curves = {name: mean_curve(found) for name, found in each.items()}
    _print_needs(random, curves)
    if part == PART:
        _draw(random, curves)


def _random(stream: Stream) -> list[list[Point]]:
    """One curve a seed."""
    # With all messages labelled the order alone differs: once is enough.
    whole = picked_at_random(stream, RANDOM_PACE, AT[-1:], 0)
    return [[*picked_at_random(stream, RANDOM_PACE, AT[:-1], seed), *whole] for seed in range(SEEDS)]


def _picked(name: str, stream: Stream) -> list[Point]:
    ranking, grouped = TRAINERS[name]

    def told(point: Point) -> None:
        print(
            f"{name}: {point.decisions:5} decisions {point.sentences:5} sentences {point.keys:5} keys:"
            f" {point.accuracy:.4f}",
            flush=True,
        )

    return picked_by(ranking, stream, PACE, grouped=grouped, told=told)


def _print_needs(random: Sequence[Sequence[Point]], curves: Mapping[str, Sequence[Point]]) -> None:
    """For each N the accuracy of random picking, the inbox at N/2, and what every trainer needs for that accuracy."""
    mean = _means(random)
    print("\n| N | random, N labels | inbox, N/2 decisions | needed: decisions (share of N) | keys | sentences |")
    print("|---|---|---|---|---|---|")
    for label_count, wanted in zip(AT, mean):
        inbox = curves[INBOX]
        at_half = float(np.interp(label_count / 2, [p.decisions for p in inbox], [p.accuracy for p in inbox]))
        needs = [
            labels_needed(inbox, wanted, count)
            for count in (lambda p: p.decisions, lambda p: p.keys, lambda p: p.sentences)
        ]
        cells = [f"{need:.0f} ({need / label_count:.2f})" if need else "not reached" for need in needs]
        print(f"| {label_count} | {wanted:.4f} | {at_half:.4f} | {' | '.join(cells)} |")
    print(f"\n| N | {' | '.join(curves)} |\n|{'---|' * (len(curves) + 1)}")
    for label_count, wanted in zip(AT, mean):
        shares = [labels_needed(points, wanted, lambda p: p.decisions) for points in curves.values()]
        print(f"| {label_count} | {' | '.join(f'{n / label_count:.2f}' if n else 'not reached' for n in shares)} |")


def _means(random: Sequence[Sequence[Point]]) -> list[float]:
    return [float(np.mean([curve[number].accuracy for curve in random])) for number in range(len(AT))]


def _draw(random: Sequence[Sequence[Point]], curves: Mapping[str, Sequence[Point]]) -> None:
    of_random = [[curve[number].accuracy for curve in random] for number in range(len(AT))]
    band = Band(AT, _means(random), [min(found) for found in of_random], [max(found) for found in of_random])
    inbox = curves[INBOX]
    accuracies = [point.accuracy for point in inbox]
    drawn = {
        "kotak masuk, per keputusan": Curve([point.decisions for point in inbox], accuracies),
        "kotak masuk, per kalimat": Curve([point.sentences for point in inbox], accuracies),
        "margin saja": Curve([p.decisions for p in curves["margin"]], [p.accuracy for p in curves["margin"]]),
    }
    draw_trainer_curve(band, drawn, PICTURE)
    print(f"drawn: {PICTURE.relative_to(ROOT)}")
