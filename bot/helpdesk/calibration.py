"""Whether a confidence means what it says, and what would be won by asking back more often."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.helpdesk.proportion import Proportion

# A prediction as (confidence between 0 and 1, whether it is right).
Trial = tuple[float, bool]
BINS = 10


@dataclass(frozen=True)
class Bin:
    """The predictions with a confidence from `low` on and below `high` (the last bin holds 1.0 too)."""

    low: float
    high: float
    confidence: float
    right: Proportion


@dataclass(frozen=True)
class Point:
    """If only predictions with `threshold` or more counted: how many messages they are, and how many of them right."""

    threshold: float
    coverage: float
    right: Proportion


def reliability(trials: Sequence[Trial], bins: int = BINS) -> list[Bin]:
    """The bins of equal width that hold something, from low to high, each with its mean confidence."""
    filled: defaultdict[int, list[Trial]] = defaultdict(list)
    edges = [number / bins for number in range(1, bins)]
    for confidence, right in trials:
        filled[bisect_right(edges, confidence)].append((confidence, right))
    return [
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            confidence=sum(confidence for confidence, _ in inside) / len(inside),
            right=Proportion.of(right for _, right in inside),
        )
        for number, inside in sorted(filled.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and share right, weighted by the bins' sizes."""
    total = sum(one.right.whole for one in bins)
    return sum(one.right.whole * abs(one.confidence - one.right.share) for one in bins) / total if total else 0.0


def coverage_curve(settled: Sequence[Trial], messages: int) -> list[Point]:
    """One point for each confidence that occurs among the predictions that settle a message, the highest first.

    `messages` counts those that were asked back as well.
    """
    points = []
    count = right = 0
    for threshold, group in groupby(sorted(settled, reverse=True), key=lambda trial: trial[0]):
        flags = [flag for _, flag in group]
        count += len(flags)
        right += sum(flags)
        points.append(Point(threshold, count / messages, Proportion(right, count)))
    return points


def point_at(curve: Sequence[Point], threshold: float) -> Point | None:
    """What a curve says of a threshold; None where nothing reaches it."""
    reached = [point for point in curve if point.threshold >= threshold]
    return reached[-1] if reached else None
