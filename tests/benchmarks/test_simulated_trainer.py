"""The machinery of the simulated trainer, with a small world and a small model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.simulated_trainer.massive import evenly, seed_and_rest
from benchmarks.simulated_trainer.trainer import (
    Floats,
    Pace,
    Point,
    Stream,
    by_gain,
    by_margin,
    labels_needed,
    mean_curve,
    picked_at_random,
    picked_by,
)

_PACE = Pace(batch=40, decisions=10, afterwards=20, most=200)


@dataclass(frozen=True)
class Nearest:
    """Knows as much of a topic as it has sentences of it."""

    known: Floats
    topics: list[int]
    vectors: Floats
    truth: list[int]

    def _of(self, vectors: Floats) -> Floats:
        scores = np.full((len(vectors), 4), -1.0, dtype=np.float32)
        cosines = vectors @ self.known.T
        for topic in range(4):
            mine = [row for row, other in enumerate(self.topics) if other == topic]
            if mine:
                scores[:, topic] = cosines[:, mine].max(axis=1)
        weights = np.exp(10 * scores)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)

    def probabilities(self, rows: Sequence[int]) -> Floats:
        return self._of(self.vectors[list(rows)])

    def accuracy(self) -> float:
        return float((self._of(self.vectors).argmax(axis=1) == np.array(self.truth)).mean())


def small_world(learnt: list[list[int]] | None = None) -> Stream:
    """200 messages of four topics, most of them of the first; what is learnt is written to `learnt`."""
    random = np.random.default_rng(5)
    centres = random.standard_normal((4, 12))
    truth = [0 if number % 10 < 7 else 1 + number % 3 for number in range(204)]
    truth[:4] = range(4)
    vectors = centres[truth] + 0.45 * random.standard_normal((204, 12))
    unit = np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
    seed, stream, topics = unit[:4], unit[4:], truth[4:]

    def learn(rows: Sequence[int]) -> Nearest:
        if learnt is not None:
            learnt.append(list(rows))
        known = np.vstack([seed, stream[list(rows)]])
        return Nearest(known, [*range(4), *(topics[row] for row in rows)], stream, topics)

    return Stream(stream, [str(topic) for topic in topics], seed, learn)


def test_the_trainer_labels_every_message_once_and_counts_what_it_does() -> None:
    learnt: list[list[int]] = []
    points = picked_by(by_gain, small_world(learnt), _PACE, grouped=True)
    assert sorted(learnt[-1]) == list(range(200))
    assert points[-1].sentences == 200
    assert points[-1].decisions < 200
    for point in points:
        assert point.decisions <= point.sentences
        assert point.decisions <= point.keys


def test_only_messages_that_have_come_are_labelled() -> None:
    learnt: list[list[int]] = []
    points = picked_by(by_margin, small_world(learnt), _PACE, grouped=False)
    for number, rows in enumerate(learnt[1:6], start=1):
        assert max(rows) < 40 * number
        assert len(rows) == 10 * number
    assert [point.keys for point in points] == [point.sentences for point in points]


def test_the_same_run_gives_the_same_curve() -> None:
    first, second = (picked_by(by_gain, small_world(), _PACE, grouped=True) for _ in range(2))
    assert first == second


def test_random_labels_are_of_messages_that_have_come_and_differ_by_seed() -> None:
    learnt: list[list[int]] = []
    stream = small_world(learnt)
    picked_at_random(stream, _PACE, [50, 200], 1)
    picked_at_random(stream, _PACE, [50], 2)
    early, everything, other = learnt
    assert max(early[:10]) < 40
    assert max(early[10:20]) < 80
    assert sorted(everything) == list(range(200))
    assert early != other


def test_labels_needed_lie_on_the_line_between_two_points() -> None:
    points = [Point(100, 150, 120, 0.5), Point(200, 250, 240, 0.7)]
    assert labels_needed(points, 0.6, lambda p: p.decisions) == 150
    assert labels_needed(points, 0.6, lambda p: p.keys) == 180
    assert labels_needed(points, 0.4, lambda p: p.decisions) == 100
    assert labels_needed(points, 0.8, lambda p: p.decisions) is None


def test_the_seed_is_the_first_of_each_topic_and_the_stream_reaches_to_the_end() -> None:
    pairs = [(f"{topic}{number}", topic) for number in range(50) for topic in "ab"]
    seed, rest = seed_and_rest(pairs, 5)
    assert seed == pairs[:10]
    stream = evenly(rest, 30)
    assert len(stream) == 30
    assert stream == sorted(stream, key=rest.index)
    assert rest.index(stream[0]) == 0
    assert rest.index(stream[-1]) >= 86
    shifted = evenly(rest, 30, 0.5)
    assert len(shifted) == 30
    assert shifted == sorted(shifted, key=rest.index)
    assert not set(shifted) & set(stream)


def test_a_mean_curve_goes_as_far_as_the_longest() -> None:
    short = [Point(10, 12, 14, 0.5), Point(15, 20, 21, 0.6)]
    long = [Point(10, 16, 16, 0.7), Point(20, 30, 31, 0.8), Point(28, 40, 45, 0.9)]
    expected = [Point(10, 14, 15, 0.6), Point(20, 25, 26, 0.7), Point(28, 30, 33, 0.75)]
    found = mean_curve([short, long])
    assert [(p.decisions, p.sentences, p.keys, round(p.accuracy, 9)) for p in found] == [
        (p.decisions, p.sentences, p.keys, p.accuracy) for p in expected
    ]
    assert mean_curve([short]) == short
