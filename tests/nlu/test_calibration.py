"""Two heads made into probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.nlu.calibration import Calibration, fit_calibration, fit_temperature, softmax

_RANDOM = np.random.default_rng(3)
_TARGET = _RANDOM.integers(0, 4, size=3000)
_NOISE = _RANDOM.normal(size=(3000, 4)).astype(np.float32)
# Scores whose softmax tells the truth: labels are drawn from it.
_HONEST = (2 * _RANDOM.normal(size=(3000, 4))).astype(np.float32)
_DRAWN = np.array([_RANDOM.choice(4, p=row / row.sum()) for row in softmax(_HONEST).astype(np.float64)])


def test_a_head_that_only_guesses_gets_no_weight() -> None:
    telling = np.log(softmax(3 * np.eye(4, dtype=np.float32)[_TARGET] + _NOISE))
    assert fit_calibration(telling, _RANDOM.normal(size=(3000, 4)).astype(np.float32), _TARGET).ngram_weight == 0


def test_a_head_that_alone_knows_gets_a_high_weight() -> None:
    knowing = 2 * np.eye(4, dtype=np.float32)[_TARGET] - 1
    assert fit_calibration(np.log(softmax(_NOISE)), knowing, _TARGET).ngram_weight >= 3


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_the_temperature_undoes_a_factor(factor: float) -> None:
    assert fit_temperature(_HONEST * np.float32(factor), _DRAWN) == pytest.approx(1 / factor, rel=0.15)


def test_the_weight_decides_who_is_heard() -> None:
    first, second = np.array([[0.0, -1.0]], dtype=np.float32), np.array([[-1.0, 1.0]], dtype=np.float32)
    assert Calibration(0.1).margins(first, second).argmax() == 0
    assert Calibration(2.0).margins(first, second).argmax() == 1


def test_trust_in_ngrams_raises_their_weight_and_softens_the_sum() -> None:
    trusting = Calibration(3.0, 1.2).trusting_ngrams(4.0)
    assert (trusting.ngram_weight, trusting.temperature) == pytest.approx((12.0, 0.6))


@given(arrays(np.float32, (3, 5), elements=st.floats(-1e4, 1e4, width=32)))
def test_probabilities_sum_to_one_and_keep_the_order(scores: np.ndarray) -> None:
    probabilities = softmax(scores)
    assert probabilities.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    best = scores.argmax(axis=1)
    assert (probabilities[np.arange(3), best] == probabilities.max(axis=1)).all()
