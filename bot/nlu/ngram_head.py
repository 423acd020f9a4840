"""The head over n-grams: a linear support vector machine, one intent against the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.ngrams import Floats, NgramConfig, NgramVectoriser

Rows = npt.NDArray[np.int64]

# Five thousand times scikit-learn's: half of the time, and as many guesses are right. From 3 on they no longer are.
_TOLERANCE = 0.5


@dataclass(frozen=True)
class NgramHead:
    """Margins of intents for normalised texts."""

    vectoriser: NgramVectoriser
    # One row a feature: a message touches a few hundred of them, so rows must lie together in memory.
    weights: Floats
    bias: Floats

    def margins(self, texts: Sequence[str]) -> Floats:
        """Shape (len(texts), classes); above 0 where the intent is likelier than all others together."""
        margins = np.tile(self.bias, (len(texts), 1))
        for row, text in enumerate(texts):
            columns, values = self.vectoriser.features(text)
            margins[row] += values @ self.weights[columns]
        return np.asarray(margins, dtype=np.float32)


@dataclass(frozen=True)
class Division:
    """Which rows a second fit learns from and which it is asked about, for the calibration; both empty: no such fit."""

    learnt: Rows
    held_out: Rows

    @classmethod
    def of(cls, target: Rows, folds: int, seed: int) -> Division:
        """One of `folds` is learnt from and another asked; none with too few examples of a class to hold any out."""
        folds = min(folds, int(np.bincount(target).min()))
        if folds < 2:
            return cls(np.empty(0, np.int64), np.empty(0, np.int64))
        splits = StratifiedKFold(folds, shuffle=True, random_state=seed).split(target, target)
        (_, held_out), (_, learnt) = islice(splits, 2)
        return cls(learnt, held_out)

    def __bool__(self) -> bool:
        return len(self.learnt) > 0


@dataclass(frozen=True)
class NgramFit:
    """The head of all rows, and what a head of the learnt rows says of those held out, shape (held out, classes)."""

    head: NgramHead
    held_out: Floats


@dataclass(frozen=True)
class NgramTask:
    """All that a fit depends on: normalised texts with the numbers of their classes, and the settings."""

    texts: Sequence[str]
    target: Rows
    division: Division
    config: NgramConfig
    regularisation: float
    seed: int

    def digest(self) -> str:
        """The same for the same fit."""
        digest = hashlib.sha256(repr((self.config, self.regularisation, self.seed)).encode())
        for rows in (self.target, self.division.learnt, self.division.held_out):
            digest.update(repr(rows.shape).encode() + np.ascontiguousarray(rows, np.int64).tobytes())
        for text in self.texts:
            digest.update(repr(text).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()

    def fit(self, pool: Executor) -> NgramFit:
        """Fits run in `pool`, the longest first: each keeps one core busy."""
        # Both share the n-grams of all texts, which know nothing of the classes.
        vectoriser, features = NgramVectoriser(self.config).fit_transform(self.texts)
        of_all = pool.submit(self._fit_rows, features, slice(None))
        held_out = np.empty((0, int(self.target.max()) + 1), np.float32)
        if self.division:
            weights, bias = pool.submit(self._fit_rows, features, self.division.learnt).result()
            held_out = np.asarray(features[self.division.held_out] @ weights, dtype=np.float32) + bias
        return NgramFit(NgramHead(vectoriser, *of_all.result()), held_out)

    def _fit_rows(self, features: sparse.csr_matrix, rows: Rows | slice) -> tuple[Floats, Floats]:
        """(weights of shape (features, classes), bias)."""
        target, classes = self.target[rows], int(self.target.max()) + 1
        machine = LinearSVC(C=self.regularisation, tol=_TOLERANCE, random_state=self.seed)
        machine.fit(features[rows], target)
        weights = np.zeros((features.shape[1], classes), dtype=np.float32)
        bias = np.full(classes, -2.0, dtype=np.float32)
        if len(machine.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights[:, machine.classes_] = np.vstack([-machine.coef_[0], machine.coef_[0]]).T
            bias[machine.classes_] = [-machine.intercept_[0], machine.intercept_[0]]
        else:
            weights[:, machine.classes_] = machine.coef_.T
            bias[machine.classes_] = machine.intercept_
        return weights, bias
