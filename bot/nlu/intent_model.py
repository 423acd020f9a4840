"""The intent model: a linear head over n-grams and a neural head over sentence vectors, added and calibrated.

Plain arrays in, plain arrays out; nothing of Rasa here, so that benchmarks train exactly what is shipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.nlu.calibration import Calibration, fit_calibration, softmax
from bot.nlu.ngrams import Floats, NgramConfig, NgramVectoriser
from bot.nlu.scope import Centroids
from bot.nlu.vector_head import VectorHead, VectorHeadConfig

Rows = npt.NDArray[np.int64]

_META, _ARRAYS = "intents.json", "intents.safetensors"
# A thousand times scikit-learn's: a third less time on our own data, and as many guesses are right.
_TOLERANCE = 1e-1


@dataclass(frozen=True)
class IntentModelConfig:
    """Sizes and rates; chosen on development parts and by cross-validation (docs/benchmarks.md)."""

    ngrams: NgramConfig = field(default_factory=NgramConfig)
    vectors: VectorHeadConfig = field(default_factory=VectorHeadConfig)
    # C of the linear support vector machine.
    regularisation: float = 1.0
    # For the calibration one of so many folds is learnt from and another asked; 1 = no calibration but the usual one.
    # With thirds weight and temperature come out as with halves, in half the time.
    calibration_folds: int = 3
    seed: int = 13


@dataclass(frozen=True)
class _Heads:
    vectoriser: NgramVectoriser
    # One row a feature: a message touches a few hundred of them, so rows must lie together in memory.
    weights: Floats
    bias: Floats
    vector_head: VectorHead

    def scores(self, texts: Sequence[str], vectors: Floats) -> tuple[Floats, Floats]:
        """(log probabilities of the vector head, margins of the n-gram head), both (len(texts), classes)."""
        margins = np.tile(self.bias, (len(texts), 1))
        for row, text in enumerate(texts):
            columns, values = self.vectoriser.features(text)
            margins[row] += values @ self.weights[columns]
        return self.vector_head.log_probabilities(vectors), np.asarray(margins, dtype=np.float32)

    def scores_of_many(self, features: sparse.csr_matrix, vectors: Floats) -> tuple[Floats, Floats]:
        """The same for many texts, whose n-gram features are there already."""
        margins = np.asarray(features @ self.weights, dtype=np.float32) + self.bias
        return self.vector_head.log_probabilities(vectors), margins


class IntentModel:
    """Probabilities over intents for normalised texts and their sentence vectors."""

    def __init__(
        self,
        config: IntentModelConfig,
        labels: Sequence[str],
        heads: _Heads,
        calibration: Calibration,
        centroids: Centroids,
    ) -> None:
        self.config = config
        self.labels = list(labels)
        self.calibration = calibration
        self._heads = heads
        self._centroids = centroids

    @classmethod
    def train(
        cls, texts: Sequence[str], vectors: Floats, labels: Sequence[str], config: IntentModelConfig | None = None
    ) -> IntentModel:
        """Fit on all examples; the calibration comes from held-out ones. Needs two labels or more."""
        config = config or IntentModelConfig()
        names = sorted(set(labels))
        number = {name: column for column, name in enumerate(names)}
        target = np.array([number[label] for label in labels])
        sets = [np.arange(len(texts))]
        folds = min(config.calibration_folds, int(np.bincount(target).min()))
        if folds >= 2:  # else too few examples of a label to hold any out
            splits = StratifiedKFold(folds, shuffle=True, random_state=config.seed).split(vectors, target)
            (_, held_out), (_, learnt) = islice(splits, 2)
            sets.append(learnt)
        # All sets share the n-grams of all texts, which know nothing of the labels.
        vectoriser, features = NgramVectoriser(config.ngrams).fit_transform(texts)
        parts = _fit(features, vectors, target, config, sets)
        heads = [_Heads(vectoriser, *part) for part in parts]
        calibration = Calibration()
        if folds >= 2:
            scores = heads[1].scores_of_many(features[held_out], vectors[held_out])
            calibration = fit_calibration(*scores, target[held_out])
        standardised = heads[0].vector_head.standardised(vectors)
        return cls(config, names, heads[0], calibration, Centroids.of(standardised, target, len(names)))

    def margins(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Scores of both heads together before the temperature, shape (len(texts), len(labels))."""
        return self.calibration.margins(*self._heads.scores(texts, vectors))

    def probabilities(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Calibrated probabilities, shape (len(texts), len(labels)), rows sum to 1."""
        return softmax(self.margins(texts, vectors) * self.calibration.temperature)

    def predict(self, texts: Sequence[str], vectors: Floats) -> tuple[Floats, Floats]:
        """(probabilities as above, scope scores of shape (len(texts),)): see `bot.nlu.scope`."""
        margins = self.margins(texts, vectors)
        standardised = self._heads.vector_head.standardised(vectors)
        return softmax(margins * self.calibration.temperature), self._centroids.scope(margins, standardised)

    def save(self, directory: Path) -> None:
        """Write `intents.json` and `intents.safetensors`; no pickle."""
        vocabularies, arrays = self._heads.vectoriser.state()
        meta = {
            "config": asdict(self.config),
            "labels": self.labels,
            "vocabularies": vocabularies,
            "calibration": asdict(self.calibration),
        }
        (directory / _META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        arrays |= {f"vector_{name}": array for name, array in self._heads.vector_head.arrays().items()}
        arrays |= {"weights": self._heads.weights, "bias": self._heads.bias, "centroids": self._centroids.array}
        save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, str(directory / _ARRAYS))

    @classmethod
    def load(cls, directory: Path) -> IntentModel:
        """Read what `save` wrote."""
        meta = json.loads((directory / _META).read_text(encoding="utf-8"))
        arrays = load_file(str(directory / _ARRAYS))
        config = _config(meta["config"])
        vectoriser = NgramVectoriser(config.ngrams).restore(meta["vocabularies"], arrays)
        prefix = "vector_"
        head = VectorHead({name[len(prefix) :]: array for name, array in arrays.items() if name.startswith(prefix)})
        heads = _Heads(vectoriser, arrays["weights"], arrays["bias"], head)
        return cls(config, meta["labels"], heads, Calibration(**meta["calibration"]), Centroids(arrays["centroids"]))


def _config(stored: dict[str, Any]) -> IntentModelConfig:
    ngrams: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored["ngrams"].items()}
    parts = {"ngrams": NgramConfig(**ngrams), "vectors": VectorHeadConfig(**stored["vectors"])}
    return IntentModelConfig(**{**stored, **parts})


def _fit(
    features: sparse.csr_matrix, vectors: Floats, target: Rows, config: IntentModelConfig, sets: Sequence[Rows]
) -> list[tuple[Floats, Floats, VectorHead]]:
    """Weights, bias and vector head of each set of rows.

    Each fit keeps one core busy, so they run side by side. More threads for the sums of one would only wait for each
    other, and how sums are shared out must not decide the last digit.
    """
    classes = int(target.max()) + 1

    def linear(rows: Rows) -> tuple[Floats, Floats]:
        return _fit_linear(features[rows], target[rows], classes, config)

    def neural(rows: Rows) -> VectorHead:
        return VectorHead.train(vectors[rows], target[rows], classes, config.vectors, config.seed)

    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as pool:
        # All rows first: they take longest.
        started = [(pool.submit(linear, rows), pool.submit(neural, rows)) for rows in sets]
        return [(*weights.result(), head.result()) for weights, head in started]


def _fit_linear(
    features: sparse.csr_matrix, target: npt.NDArray[np.int64], classes: int, config: IntentModelConfig
) -> tuple[Floats, Floats]:
    """(weights of shape (features, classes), bias)."""
    head = LinearSVC(C=config.regularisation, tol=_TOLERANCE, random_state=config.seed).fit(features, target)
    weights = np.zeros((features.shape[1], classes), dtype=np.float32)
    bias = np.full(classes, -2.0, dtype=np.float32)
    if len(head.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights[:, head.classes_] = np.vstack([-head.coef_[0], head.coef_[0]]).T
        bias[head.classes_] = [-head.intercept_[0], head.intercept_[0]]
    else:
        weights[:, head.classes_] = head.coef_.T
        bias[head.classes_] = head.intercept_
    return weights, bias
