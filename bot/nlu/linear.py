"""The intent model: sentence vector beside tf-idf n-grams, one linear head, calibrated by temperature.

Plain arrays in, plain arrays out; nothing of Rasa here, so that benchmarks train exactly what is shipped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float32]


# For a handful of examples: what our own data give, roughly.
_DEFAULT_TEMPERATURE = 5.0


@dataclass(frozen=True)
class LinearConfig:
    """Sizes and weights; chosen by leaving out one writer at a time (docs/benchmarks.md)."""

    character_ngrams: tuple[int, int] = (2, 5)
    word_ngrams: tuple[int, int] = (1, 2)
    # Weight of the unit sentence vector beside the unit n-gram vectors.
    vector_weight: float = 1.5
    word_weight: float = 0.5
    regularisation: float = 1.0
    calibration_folds: int = 4
    seed: int = 13


class NgramVectoriser:
    """tf-idf of character n-grams within words and of word n-grams; each block of unit length."""

    def __init__(self, config: LinearConfig) -> None:
        self._config = config
        common: dict[str, Any] = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
        self._characters = TfidfVectorizer(analyzer="char_wb", ngram_range=config.character_ngrams, **common)
        word = r"(?u)\S+"
        self._words = TfidfVectorizer(analyzer="word", token_pattern=word, ngram_range=config.word_ngrams, **common)
        self._blocks: list[_Block] = []

    def fit(self, texts: Sequence[str]) -> NgramVectoriser:
        self._characters.fit(texts)
        self._words.fit(texts)
        return self._prepared()

    def transform(self, texts: Sequence[str], vectors: Floats) -> sparse.csr_matrix:
        """Features of shape (len(texts), size)."""
        return sparse.hstack(
            [
                self._characters.transform(texts),
                self._words.transform(texts) * self._config.word_weight,
                sparse.csr_matrix(vectors * self._config.vector_weight),
            ],
            format="csr",
            dtype=np.float32,
        )

    def features(self, text: str) -> tuple[npt.NDArray[np.int64], Floats]:
        """(columns, values) of the n-grams of one text, as in `transform` but without its cost for a single row."""
        found = [block.features(text) for block in self._blocks]
        return np.concatenate([columns for columns, _ in found]), np.concatenate([values for _, values in found])

    def state(self) -> tuple[dict[str, list[str]], dict[str, Floats]]:
        """(vocabularies in column order, inverse document frequencies)."""
        blocks = {"characters": self._characters, "words": self._words}
        vocabularies = {name: sorted(b.vocabulary_, key=b.vocabulary_.__getitem__) for name, b in blocks.items()}
        return vocabularies, {f"idf_{name}": b.idf_.astype(np.float32) for name, b in blocks.items()}

    def restore(self, vocabularies: dict[str, list[str]], arrays: dict[str, Floats]) -> NgramVectoriser:
        for name, block in (("characters", self._characters), ("words", self._words)):
            block.vocabulary_ = {term: column for column, term in enumerate(vocabularies[name])}
            block.idf_ = arrays[f"idf_{name}"]
        return self._prepared()

    def _prepared(self) -> NgramVectoriser:
        offset = len(self._characters.vocabulary_)
        self._blocks = [_Block(self._characters, 1.0, 0), _Block(self._words, self._config.word_weight, offset)]
        return self


class _Block:
    """One fitted vectoriser, read out for single texts."""

    def __init__(self, fitted: TfidfVectorizer, weight: float, offset: int) -> None:
        self._ngrams: Callable[[str], list[str]] = fitted.build_analyzer()
        self._columns: dict[str, int] = fitted.vocabulary_
        self._idf = fitted.idf_.astype(np.float32)
        self._weight = weight
        self._offset = offset

    def features(self, text: str) -> tuple[npt.NDArray[np.int64], Floats]:
        counts = Counter(map(self._columns.get, self._ngrams(text)))
        counts.pop(None, None)
        columns = np.fromiter((column for column in counts if column is not None), np.int64, len(counts))
        values = (1.0 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._idf[columns]
        length = float(np.linalg.norm(values)) or 1.0
        return columns + self._offset, np.asarray(values * (self._weight / length), dtype=np.float32)


class LinearIntentModel:
    """Probabilities over intents for normalised texts and their sentence vectors."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that a stored model consists of
        self,
        config: LinearConfig,
        labels: Sequence[str],
        vectoriser: NgramVectoriser,
        weights: Floats,
        bias: Floats,
        temperature: float,
    ) -> None:
        self.config = config
        self.labels = list(labels)
        self._vectoriser = vectoriser
        # One row a feature: a message touches a few hundred of them, so rows must lie together in memory.
        self._weights = np.ascontiguousarray(weights)
        self._bias = bias
        self.temperature = temperature

    @classmethod
    def train(
        cls, texts: Sequence[str], vectors: Floats, labels: Sequence[str], config: LinearConfig | None = None
    ) -> LinearIntentModel:
        """Fit on all examples; the temperature comes from held-out margins. Needs two labels or more."""
        config = config or LinearConfig()
        names = sorted(set(labels))
        target = np.array([names.index(label) for label in labels])
        temperature = _held_out_temperature(texts, vectors, target, len(names), config)
        vectoriser = NgramVectoriser(config).fit(texts)
        weights, bias = _fit_head(vectoriser.transform(texts, vectors), target, len(names), config)
        return cls(config, names, vectoriser, weights.T, bias, temperature)

    def margins(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Decision values, shape (len(texts), len(labels))."""
        of_vectors = self._weights[-vectors.shape[1] :]
        margins = vectors @ of_vectors * self.config.vector_weight + self._bias
        for row, text in enumerate(texts):
            columns, values = self._vectoriser.features(text)
            margins[row] += values @ self._weights[columns]
        return np.asarray(margins, dtype=np.float32)

    def probabilities(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Calibrated probabilities, shape (len(texts), len(labels)), rows sum to 1."""
        return softmax(self.margins(texts, vectors) * self.temperature)

    def save(self, directory: Path) -> None:
        """Write `linear.json` and `linear.safetensors`; no pickle."""
        vocabularies, arrays = self._vectoriser.state()
        meta = {
            "config": asdict(self.config),
            "labels": self.labels,
            "vocabularies": vocabularies,
            "temperature": self.temperature,
        }
        (directory / "linear.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        save_file({**arrays, "weights": self._weights, "bias": self._bias}, str(directory / "linear.safetensors"))

    @classmethod
    def load(cls, directory: Path) -> LinearIntentModel:
        """Read what `save` wrote."""
        meta = json.loads((directory / "linear.json").read_text(encoding="utf-8"))
        arrays = load_file(str(directory / "linear.safetensors"))
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in meta["config"].items()}
        config = LinearConfig(**values)
        vectoriser = NgramVectoriser(config).restore(meta["vocabularies"], arrays)
        return cls(config, meta["labels"], vectoriser, arrays["weights"], arrays["bias"], meta["temperature"])


def _fit_head(
    features: sparse.csr_matrix, target: npt.NDArray[np.int64], classes: int, config: LinearConfig
) -> tuple[Floats, Floats]:
    head = LinearSVC(C=config.regularisation, random_state=config.seed).fit(features, target)
    weights = np.zeros((classes, features.shape[1]), dtype=np.float32)
    bias = np.full(classes, -2.0, dtype=np.float32)
    if len(head.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights[head.classes_] = np.vstack([-head.coef_[0], head.coef_[0]])
        bias[head.classes_] = [-head.intercept_[0], head.intercept_[0]]
    else:
        weights[head.classes_] = head.coef_
        bias[head.classes_] = head.intercept_
    return weights, bias


def _held_out_temperature(
    texts: Sequence[str], vectors: Floats, target: npt.NDArray[np.int64], classes: int, config: LinearConfig
) -> float:
    """The temperature of a head trained without one fold, on that fold.

    One fold is enough for one number, and each further one would cost as much as the training itself.
    """
    folds = min(config.calibration_folds, int(np.bincount(target).min()))
    if folds < 2:  # too few examples of a label to hold any out
        return _DEFAULT_TEMPERATURE
    splits = StratifiedKFold(folds, shuffle=True, random_state=config.seed).split(vectors, target)
    train, test = next(iter(splits))
    vectoriser = NgramVectoriser(config).fit([texts[i] for i in train])
    features = vectoriser.transform([texts[i] for i in train], vectors[train])
    weights, bias = _fit_head(features, target[train], classes, config)
    held_out = vectoriser.transform([texts[i] for i in test], vectors[test])
    return fit_temperature(np.asarray(held_out @ weights.T) + bias, target[test])


def fit_temperature(margins: Floats, target: npt.NDArray[np.int64]) -> float:
    """The factor on margins with the least log loss, by search over a grid (one dimension, convex)."""
    grid = np.geomspace(0.5, 20.0, 60)
    losses = [-np.log(softmax(margins * t)[np.arange(len(target)), target] + 1e-12).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])


def softmax(scores: Floats) -> Floats:
    """Probabilities of each row of scores."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
