"""A trainer who works through a stream of messages, and a model that learns from the decisions.

Nothing here knows what the model is: tests put a small one in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.helpdesk.inbox.gain import expected_gain
from bot.helpdesk.inbox.grouping import groups_of, middle
from bot.helpdesk.inbox.reasons import Reason

Floats = npt.NDArray[np.float32]
# (probabilities of each topic, highest first; cosine to the nearest training sentence; size of the group) → rank.
Ranking = Callable[[Sequence[float], float, int], float]


class Model(Protocol):
    """What has been learnt so far."""

    def probabilities(self, rows: Sequence[int]) -> Floats:
        """Of each topic, for messages of the stream, shape (len(rows), topics)."""
        ...

    def accuracy(self) -> float:
        """On messages outside the stream."""
        ...


@dataclass(frozen=True)
class Stream:
    """Messages in the order in which they come, and the sentences that are there before the first of them."""

    vectors: Floats
    topics: Sequence[str]
    seed_vectors: Floats
    # Trains on the seed and on these rows of the stream with their true topics.
    learn: Callable[[Sequence[int]], Model]


@dataclass(frozen=True)
class Pace:
    """What comes and what the trainer does between two trainings."""

    batch: int = 250
    # Decisions after each batch, and in each round after the last.
    decisions: int = 25
    afterwards: int = 50
    # Stop after so many.
    most: int = 1000


@dataclass(frozen=True)
class Point:
    """Accuracy after a number of decisions; `keys` also counts a key for each member taken out of a group."""

    decisions: int
    sentences: int
    keys: int
    accuracy: float


def by_gain(probabilities: Sequence[float], similarity: float, size: int) -> float:
    """The inbox's order. A message of this stream has no customer who complained, so no reason but doubt."""
    return expected_gain(probabilities, similarity, size, frozenset({Reason.UNSURE}))


def by_margin(probabilities: Sequence[float], similarity: float, size: int) -> float:
    """The two likeliest topics nearest to each other first."""
    return probabilities[1] - probabilities[0]


def by_entropy(probabilities: Sequence[float], similarity: float, size: int) -> float:
    """The most evenly spread probabilities first."""
    return -sum(p * float(np.log(p)) for p in probabilities if p > 0)


def by_nothing(probabilities: Sequence[float], similarity: float, size: int) -> float:
    """Any order: that of a number made of the probabilities' last digits, the same every time."""
    return (probabilities[0] * 1e5) % 1


def picked_by(
    ranking: Ranking, stream: Stream, pace: Pace, *, grouped: bool, told: Callable[[Point], None] = lambda _: None
) -> list[Point]:
    """The curve of a trainer who decides about what `ranking` puts first; trained after each round.

    A decision gives the message in the group's middle its true topic, and those of the group that share it. The others
    stay open. Groups are formed anew after each training.
    """
    labelled: list[int] = []
    open_rows: list[int] = []
    points: list[Point] = []
    model = stream.learn(labelled)
    decisions = keys = arrived = 0
    while decisions < pace.most:
        coming = range(arrived, min(arrived + pace.batch, len(stream.topics)))
        arrived += len(coming)
        open_rows += coming
        if not open_rows:
            break
        known = np.vstack([stream.seed_vectors, stream.vectors[labelled]])
        best = _ranked(_looked_at(stream, open_rows, model, known, grouped=grouped), ranking)
        here = pace.decisions if coming else pace.afterwards
        for shown, *others in best[: min(here, pace.most - decisions)]:
            same = [row for row in others if stream.topics[row] == stream.topics[shown]]
            labelled += [shown, *same]
            decisions += 1
            keys += 1 + len(others) - len(same)
        taken = set(labelled)
        open_rows = [row for row in open_rows if row not in taken]
        model = stream.learn(labelled)
        points.append(Point(decisions, len(labelled), keys, model.accuracy()))
        told(points[-1])
    return points


def picked_at_random(stream: Stream, pace: Pace, at: Sequence[int], seed: int) -> list[Point]:
    """The curve, at these numbers of labels, of a trainer who labels any open message, one after the other."""
    random = np.random.default_rng(seed)
    labelled: list[int] = []
    open_rows: list[int] = []
    arrived = 0
    while arrived < len(stream.topics) or open_rows:
        coming = range(arrived, min(arrived + pace.batch, len(stream.topics)))
        arrived += len(coming)
        open_rows += coming
        random.shuffle(open_rows)
        here = pace.decisions if coming else len(open_rows)
        labelled += open_rows[:here]
        open_rows = open_rows[here:]
    return [Point(count, count, count, stream.learn(labelled[:count]).accuracy()) for count in at]


def labels_needed(points: Sequence[Point], accuracy: float, count: Callable[[Point], int]) -> float | None:
    """Labels, as `count` counts them, at which the curve first reaches an accuracy, between its points on a line."""
    before: Point | None = None
    for point in points:
        if point.accuracy >= accuracy:
            if before is None or point.accuracy == before.accuracy:
                return float(count(point))
            share = (accuracy - before.accuracy) / (point.accuracy - before.accuracy)
            return count(before) + share * (count(point) - count(before))
        before = point
    return None


def mean_curve(curves: Sequence[Sequence[Point]]) -> list[Point]:
    """The means of curves, round by round; one that has labelled its whole stream before the others stays there."""
    rounds = range(max(map(len, curves)))
    return [_mean_point([curve[min(number, len(curve) - 1)] for curve in curves]) for number in rounds]


def _mean_point(points: Sequence[Point]) -> Point:
    # In the last rounds fewer messages may be left than a round has decisions: the most that any needed count.
    return Point(
        max(point.decisions for point in points),
        round(float(np.mean([point.sentences for point in points]))),
        round(float(np.mean([point.keys for point in points]))),
        float(np.mean([point.accuracy for point in points])),
    )


@dataclass(frozen=True)
class _Group:
    """What the ranking knows of a group; its rows of the stream begin with the message in the middle."""

    rows: list[int]
    probabilities: list[float]
    similarity: float


def _looked_at(stream: Stream, rows: Sequence[int], model: Model, known: Floats, *, grouped: bool) -> list[_Group]:
    """The messages of these rows in groups, as the model and the sentences known so far see them."""
    vectors = stream.vectors[list(rows)]
    probabilities = model.probabilities(rows)
    likeliest = [str(topic) for topic in probabilities.argmax(axis=1)]
    found = []
    for group in groups_of(vectors, likeliest) if grouped else ([position] for position in range(len(rows))):
        shown = group[middle(vectors[group])]
        members = [rows[shown], *(rows[position] for position in group if position != shown)]
        ordered = sorted(probabilities[shown].tolist(), reverse=True)
        found.append(_Group(members, ordered, float((known @ vectors[shown]).max())))
    return found


def _ranked(groups: Sequence[_Group], ranking: Ranking) -> list[list[int]]:
    """The groups' rows, best first."""
    best = sorted(groups, key=lambda group: -ranking(group.probabilities, group.similarity, len(group.rows)))
    return [group.rows for group in best]
