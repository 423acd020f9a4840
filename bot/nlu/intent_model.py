"""The intent model: a linear head over n-grams and a neural head over sentence vectors, added and calibrated.

Plain arrays in, plain arrays out; nothing of Rasa here, so that benchmarks train exactly what is shipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file
from threadpoolctl import threadpool_limits

from bot.nlu.calibration import Calibration, fit_calibration, softmax
from bot.nlu.ngram_head import Division, NgramFit, NgramHead, NgramTask, Rows
from bot.nlu.ngrams import Floats, NgramConfig, NgramVectoriser
from bot.nlu.scope import Centroids
from bot.nlu.vector_head import VectorHead, VectorHeadConfig

_META, _ARRAYS = "intents.json", "intents.safetensors"


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
    # The calibrated weight of the n-gram head counts so many times. An encoder that was adapted on the training
    # sentences makes the vector head look better on held-out ones than it is on new messages (docs/adr/0029).
    ngram_trust: float = 1.0
    seed: int = 13


@dataclass(frozen=True)
class _Heads:
    ngrams: NgramHead
    vectors: VectorHead


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
        cls,
        texts: Sequence[str],
        vectors: Floats,
        labels: Sequence[str],
        config: IntentModelConfig | None = None,
        begun: Callable[[NgramTask], NgramFit | None] = lambda task: None,
    ) -> IntentModel:
        """Fit on all examples; the calibration comes from held-out ones. Needs two labels or more.

        `begun` gives what has been fitted elsewhere already, to exactly this, or None.
        """
        config = config or IntentModelConfig()
        task = ngram_task(texts, labels, config)
        names, target, division = sorted(set(labels)), task.target, task.division

        def neural(rows: Rows | slice) -> VectorHead:
            return VectorHead.train(vectors[rows], target[rows], len(names), config.vectors, config.seed)

        # Each fit keeps one core busy, so they run side by side. More threads for the sums of one would only wait for
        # each other, and how sums are shared out must not decide the last digit.
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as pool:
            of_all = pool.submit(neural, slice(None))
            of_learnt = pool.submit(neural, division.learnt) if division else of_all
            ngrams = begun(task) or task.fit(pool)
            vector_head, learnt_head = of_all.result(), of_learnt.result()
        calibration = Calibration()
        if division:
            held_out = learnt_head.log_probabilities(vectors[division.held_out])
            calibration = fit_calibration(held_out, ngrams.held_out, target[division.held_out])
            calibration = calibration.trusting_ngrams(config.ngram_trust)
        centroids = Centroids.of(vectors, target, len(names), vector_head.standardised)
        return cls(config, names, _Heads(ngrams.head, vector_head), calibration, centroids)

    def margins(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Scores of both heads together before the temperature, shape (len(texts), len(labels))."""
        return self.calibration.margins(
            self._heads.vectors.log_probabilities(vectors), self._heads.ngrams.margins(texts)
        )

    def probabilities(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Calibrated probabilities, shape (len(texts), len(labels)), rows sum to 1."""
        return softmax(self.margins(texts, vectors) * self.calibration.temperature)

    def predict(self, texts: Sequence[str], vectors: Floats) -> tuple[Floats, Floats]:
        """(probabilities as above, scope scores of shape (len(texts),)): see `bot.nlu.scope`."""
        margins = self.margins(texts, vectors)
        standardised = self._heads.vectors.standardised(vectors)
        return softmax(margins * self.calibration.temperature), self._centroids.scope(margins, standardised)

    def save(self, directory: Path) -> None:
        """Write `intents.json` and `intents.safetensors`; no pickle."""
        vocabularies, arrays = self._heads.ngrams.vectoriser.state()
        meta = {
            "config": asdict(self.config),
            "labels": self.labels,
            "vocabularies": vocabularies,
            "calibration": asdict(self.calibration),
        }
        (directory / _META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        arrays |= {f"vector_{name}": array for name, array in self._heads.vectors.arrays().items()}
        arrays |= {"weights": self._heads.ngrams.weights, "bias": self._heads.ngrams.bias}
        arrays |= {"centroids": self._centroids.array}
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
        heads = _Heads(NgramHead(vectoriser, arrays["weights"], arrays["bias"]), head)
        calibration, centroids = Calibration(**meta["calibration"]), Centroids(arrays["centroids"])
        return cls(config, meta["labels"], heads, calibration, centroids)


def ngram_task(texts: Sequence[str], labels: Sequence[str], config: IntentModelConfig) -> NgramTask:
    """What the n-gram head of a model learns from normalised texts; classes are the labels in their order."""
    number = {name: column for column, name in enumerate(sorted(set(labels)))}
    target = np.array([number[label] for label in labels], dtype=np.int64)
    division = Division.of(target, config.calibration_folds, config.seed)
    return NgramTask(texts, target, division, config.ngrams, config.regularisation, config.seed)


def _config(stored: dict[str, Any]) -> IntentModelConfig:
    ngrams: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored["ngrams"].items()}
    parts = {"ngrams": NgramConfig(**ngrams), "vectors": VectorHeadConfig(**stored["vectors"])}
    return IntentModelConfig(**{**stored, **parts})
