"""The neural head over sentence vectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from bot.nlu.vector_head import Floats, VectorHead, VectorHeadConfig

_CONFIG = VectorHeadConfig(hidden=64, epochs=60, dropout=0.1, smoothing=0.02)


def _rings(count: int, seed: int) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Two classes that no line can part: inside and outside of a circle."""
    points = np.random.default_rng(seed).normal(size=(count, 2)).astype(np.float32)
    return points, (np.linalg.norm(points, axis=1) > 1.2).astype(np.int64)


@pytest.fixture(scope="module", name="head")
def _head() -> VectorHead:
    points, target = _rings(2000, seed=1)
    return VectorHead.train(points, target, 2, _CONFIG, seed=7)


def test_it_learns_what_no_linear_model_can(head: VectorHead) -> None:
    points, target = _rings(500, seed=2)
    assert (head.log_probabilities(points).argmax(axis=1) == target).mean() > 0.9


def test_probabilities_sum_to_one_however_far_the_point(head: VectorHead) -> None:
    points = np.array([[0, 0], [1e4, -1e4], [-3, 2]], dtype=np.float32)
    assert np.exp(head.log_probabilities(points)).sum(axis=1) == pytest.approx(1.0, abs=1e-4)


def test_the_same_seed_gives_the_same_head_and_another_seed_another() -> None:
    points, target = _rings(300, seed=3)
    same, again, other = (VectorHead.train(points, target, 2, _CONFIG, seed) for seed in (1, 1, 2))
    assert (same.log_probabilities(points) == again.log_probabilities(points)).all()
    assert (same.log_probabilities(points) != other.log_probabilities(points)).any()


def test_a_dimension_that_never_varied_counts_for_nothing() -> None:
    points, target = _rings(300, seed=4)
    constant = np.full((len(points), 1), 0.25, dtype=np.float32)
    head = VectorHead.train(np.hstack([points, constant]), target, 2, _CONFIG, seed=1)
    moved = np.hstack([points, constant + 5])
    assert (head.log_probabilities(moved) == head.log_probabilities(np.hstack([points, constant]))).all()


def test_a_head_is_restored_from_its_arrays(head: VectorHead) -> None:
    points, _ = _rings(20, seed=5)
    assert (VectorHead(head.arrays()).log_probabilities(points) == head.log_probabilities(points)).all()
