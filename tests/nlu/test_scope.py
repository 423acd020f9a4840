"""The scope score: higher is more in scope."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.scope import Centroids

_VECTORS = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0.9, 0.2]], dtype=np.float32)
_CENTROIDS = Centroids.of(_VECTORS, np.array([0, 0, 1, 1]), 2, lambda means: means)
_SURE, _TORN = [4.0, -4.0], [0.1, 0.0]


def _score(margins: list[float], vector: list[float]) -> float:
    return float(_CENTROIDS.scope(np.array([margins], dtype=np.float32), np.array([vector], dtype=np.float32))[0])


def test_a_sure_guess_scores_above_a_torn_one() -> None:
    assert _score(_SURE, [1, 0, 0]) > _score(_TORN, [1, 0, 0])


def test_a_message_near_the_intents_sentences_scores_above_one_far_away() -> None:
    assert _score(_SURE, [1, 0, 0]) > _score(_SURE, [0, 0, 1]) > _score(_SURE, [-1, 0, 0])


def test_the_length_of_a_vector_does_not_count() -> None:
    assert _score(_SURE, [1, 0, 0]) == pytest.approx(_score(_SURE, [7, 0, 0]))


def test_a_vector_of_zeros_has_a_finite_score() -> None:
    assert np.isfinite(_score(_TORN, [0, 0, 0]))


def test_several_messages_score_as_each_alone() -> None:
    margins = np.array([_SURE, _TORN], dtype=np.float32)
    together = _CENTROIDS.scope(margins, _VECTORS[[0, 2]])
    assert together.tolist() == pytest.approx([_score(_SURE, [1, 0, 0]), _score(_TORN, [0, 1, 0])])


def test_the_centroids_are_those_of_standardised_vectors() -> None:
    random = np.random.default_rng(3)
    vectors = random.normal(size=(40, 5)).astype(np.float32)
    target = np.arange(40) % 3
    mean, scale = vectors.mean(axis=0), 1 / vectors.std(axis=0)
    found = Centroids.of(vectors, target, 3, lambda rows: (rows - mean) * scale).array
    for number in range(3):
        expected = ((vectors[target == number] - mean) * scale).sum(axis=0)
        assert found[number] == pytest.approx(expected / np.linalg.norm(expected), abs=1e-5)
