"""How much the two heads of the intent model count, and the temperature that makes their sum probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

Floats = npt.NDArray[np.float32]

_WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
_LEAST_TEMPERATURE, _MOST_TEMPERATURE = 0.1, 20.0


@dataclass(frozen=True)
class Calibration:
    """`ngram_weight` of the n-gram head's margins beside the vector head's log probabilities; factor on the sum.

    The defaults are for a handful of examples: what our own data give, roughly.
    """

    ngram_weight: float = 4.0
    temperature: float = 1.0

    def margins(self, log_probabilities: Floats, ngram_margins: Floats) -> Floats:
        """Both heads together."""
        return np.asarray(log_probabilities + self.ngram_weight * ngram_margins, dtype=np.float32)

    def trusting_ngrams(self, factor: float) -> Calibration:
        """With `factor` times the weight of the n-gram head.

        The margins of both heads together grow with the weight, but by less, since those of the vector head stay: the
        temperature falls by the root of `factor`.
        """
        return Calibration(self.ngram_weight * factor, self.temperature / factor**0.5)


def fit_calibration(log_probabilities: Floats, ngram_margins: Floats, target: npt.NDArray[np.int64]) -> Calibration:
    """The weight and temperature with the least log loss on scores of examples that training has not seen."""
    fitted = []
    for weight in _WEIGHTS:
        margins = Calibration(weight).margins(log_probabilities, ngram_margins)
        temperature = fit_temperature(margins, target)
        fitted.append((_log_loss(margins * temperature, target), Calibration(weight, temperature)))
    return min(fitted, key=lambda pair: pair[0])[1]


def fit_temperature(margins: Floats, target: npt.NDArray[np.int64]) -> float:
    """The factor on margins with the least log loss, between 0.1 and 20 (one dimension, convex)."""
    found = minimize_scalar(
        lambda logarithm: _log_loss(margins * np.float32(np.exp(logarithm)), target),
        bounds=(np.log(_LEAST_TEMPERATURE), np.log(_MOST_TEMPERATURE)),
        method="bounded",
        options={"xatol": 0.01},
    )
    return float(np.exp(found.x))


def softmax(scores: Floats) -> Floats:
    """Probabilities of each row of scores."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _log_loss(scores: Floats, target: npt.NDArray[np.int64]) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    own = shifted[np.arange(len(target)), target] - np.log(np.exp(shifted).sum(axis=1))
    return -float(own.mean())
