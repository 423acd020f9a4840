"""A small neural head over sentence vectors: one hidden layer, trained in seconds with numpy alone.

Standardised input, dropout, smoothed labels (Szegedy et al. 2016) and Adam (Kingma and Ba 2015) with a rate that
rises for a moment and then falls to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_ARRAYS = ("mean", "scale", "hidden", "hidden_bias", "output", "output_bias")
_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8
_WARM_UP = 100
# A tenth of the usual size (He et al. 2015): large numbers at random stay in the result and are noise to new messages.
_BEGINNING = 0.14
# A handful of examples needs more rounds.
_LEAST_STEPS = 300
# Of the largest deviation of a dimension.
_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True)
class VectorHeadConfig:
    """Sizes and rates; chosen on the development parts of public data (docs/benchmarks.md)."""

    hidden: int = 256
    epochs: int = 8
    batch: int = 256
    rate: float = 3e-3
    dropout: float = 0.5
    smoothing: float = 0.1
    decay: float = 1e-4


class VectorHead:
    """Log probabilities of classes for sentence vectors."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._mean, self._scale, self._hidden, self._hidden_bias, self._output, self._output_bias = (
            arrays[name] for name in _ARRAYS
        )

    @classmethod
    def train(
        cls, vectors: Floats, target: npt.NDArray[np.int64], classes: int, config: VectorHeadConfig, seed: int
    ) -> VectorHead:
        """Fit to `vectors`, shape (n, dimension), and class numbers `target`; the same every time for the same seed."""
        mean = vectors.mean(axis=0)
        deviation = vectors.std(axis=0)
        # A dimension that never varied in training says nothing.
        varies = deviation > _LEAST_DEVIATION * deviation.max()
        scale = np.where(varies, 1 / np.where(varies, deviation, 1), 0).astype(np.float32)
        parameters = _Training((vectors - mean) * scale, target, classes, config, seed).run()
        return cls(parameters | {"mean": mean, "scale": scale})

    def standardised(self, vectors: Floats) -> Floats:
        """The vectors with the training data's mean 0 and deviation 1 in each dimension."""
        return np.asarray((vectors - self._mean) * self._scale, dtype=np.float32)

    def log_probabilities(self, vectors: Floats) -> Floats:
        """Shape (n, classes)."""
        hidden = np.maximum(self.standardised(vectors) @ self._hidden + self._hidden_bias, 0)
        scores = hidden @ self._output + self._output_bias
        scores -= scores.max(axis=1, keepdims=True)
        return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)), dtype=np.float32)

    def arrays(self) -> dict[str, Floats]:
        """All that the head consists of, for `VectorHead(arrays)`."""
        return {name: getattr(self, f"_{name}") for name in _ARRAYS}


class _Training:
    def __init__(
        self, inputs: Floats, target: npt.NDArray[np.int64], classes: int, config: VectorHeadConfig, seed: int
    ) -> None:
        self._inputs = np.asarray(inputs, dtype=np.float32)
        self._config = config
        self._random = np.random.default_rng(seed)
        self._wanted = np.full((len(target), classes), config.smoothing / classes, dtype=np.float32)
        self._wanted[np.arange(len(target)), target] += 1 - config.smoothing
        width = inputs.shape[1]
        self._parameters: dict[str, Floats] = {
            "hidden": self._small((width, config.hidden)),
            "hidden_bias": np.zeros(config.hidden, dtype=np.float32),
            "output": self._small((config.hidden, classes)),
            "output_bias": np.zeros(classes, dtype=np.float32),
        }
        self._first = {name: np.zeros_like(value) for name, value in self._parameters.items()}
        self._second = {name: np.zeros_like(value) for name, value in self._parameters.items()}
        self._change = {name: np.empty_like(value) for name, value in self._parameters.items()}

    def _small(self, shape: tuple[int, int]) -> Floats:
        """Random numbers of a matrix to begin with."""
        size = np.float32(_BEGINNING / np.sqrt(shape[0]))
        return np.asarray(self._random.standard_normal(shape, dtype=np.float32) * size, dtype=np.float32)

    def run(self) -> dict[str, Floats]:
        count, batch = len(self._inputs), self._config.batch
        a_round = -(-count // batch)
        rounds = max(self._config.epochs, -(-_LEAST_STEPS // a_round))
        steps, step = rounds * a_round, 0
        for _ in range(rounds):
            order = self._random.permutation(count)
            for start in range(0, count, batch):
                rows = order[start : start + batch]
                step += 1
                rate = self._config.rate * min(1.0, step / _WARM_UP) * (1 - step / (steps + 1))
                self._adam(self._gradients(self._inputs[rows], self._wanted[rows]), step, rate)
        return self._parameters

    def _gradients(self, inputs: Floats, wanted: Floats) -> dict[str, Floats]:
        parameters = self._parameters
        hidden = inputs @ parameters["hidden"]
        hidden += parameters["hidden_bias"]
        gate = (hidden > 0) * self._mask(hidden.shape)
        hidden *= gate
        scores = hidden @ parameters["output"] + parameters["output_bias"]
        scores -= scores.max(axis=1, keepdims=True)
        guessed = np.exp(scores)
        guessed /= guessed.sum(axis=1, keepdims=True)
        error = (guessed - wanted) / np.float32(len(inputs))
        hidden_error = (error @ parameters["output"].T) * gate
        return {
            "hidden": inputs.T @ hidden_error,
            "hidden_bias": hidden_error.sum(axis=0),
            "output": hidden.T @ error,
            "output_bias": error.sum(axis=0),
        }

    def _mask(self, shape: tuple[int, ...]) -> Floats:
        """Zero for a share of the numbers at random, the others scaled so that the sum stays on average."""
        share = self._config.dropout
        kept = self._random.random(shape, dtype=np.float32) >= share
        return np.asarray(kept * np.float32(1 / (1 - share)), dtype=np.float32)

    def _adam(self, gradients: Mapping[str, Floats], step: int, rate: float) -> None:
        # In place: at this size most of the time goes into memory.
        first_rate = np.float32(rate / (1 - _BETA1**step))
        second_share = np.float32(1 / (1 - _BETA2**step))
        for name, gradient in gradients.items():
            first, second, change = self._first[name], self._second[name], self._change[name]
            first *= np.float32(_BETA1)
            np.multiply(gradient, np.float32(1 - _BETA1), out=change)
            first += change
            second *= np.float32(_BETA2)
            np.multiply(gradient, gradient, out=change)
            change *= np.float32(1 - _BETA2)
            second += change
            np.multiply(second, second_share, out=change)
            np.sqrt(change, out=change)
            change += np.float32(_EPSILON)
            np.divide(first, change, out=change)
            change *= first_rate
            if change.ndim > 1:
                self._parameters[name] *= np.float32(1 - rate * self._config.decay)
            self._parameters[name] -= change
