"""Search in clauses that no intent was trained for. Plain arrays in, plain values out; nothing of Rasa here.

Cosines of the encoder are all high, and what they tell apart first is style: a customer's question lies far from a
lawyer's sentence on the same subject. So three things are taken out before texts are compared: the middle of all
customers' sentences from a message, the middle of all clauses from a clause, and, by whitening, the directions in
which sentences of one topic differ among themselves. What is left is judged against a sample of training sentences,
beside rare words that clause and message share and beside what the trained topics make of the message
(docs/adr/0012).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

from bot.text.stems import stems, stems_of_normal

Floats = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Floats]

# Share of the mean variance that is added to every direction before whitening.
_SHRINKAGE = 1.0
_SAMPLE = 500


@dataclass(frozen=True)
class Weights:
    """How much each sign counts; `python -m benchmarks.new_clauses` fits them on training sentences."""

    similarity: float = 0.798
    shared_words: float = 0.197
    unsettled: float = 0.533
    bias: float = -2.869


@dataclass(frozen=True)
class Match:
    """The best clause for a message. `score` is between 0 and 1; it ranks, it is no probability of being right."""

    clause: str
    score: float


@dataclass(frozen=True)
class Signs:
    """Why a message may be about a clause, each with a row a message.

    `similarity` in standard deviations above the training sentences' mean, `shared_words` the summed weight of shared
    stems (natural logarithm of their rarity), `unsettled` the logarithm of what the best trained topic leaves over.
    """

    similarity: Floats
    shared_words: Floats
    unsettled: Floats

    def scores(self, weights: Weights) -> Floats:
        """Between 0 and 1, one a message."""
        total = (
            weights.similarity * self.similarity
            + weights.shared_words * self.shared_words
            + weights.unsettled * self.unsettled
            + weights.bias
        )
        return np.asarray(1.0 / (1.0 + np.exp(-total)), dtype=np.float32)


class SearchSpace:
    """What training sentences tell of how customers write: state that a trained component keeps."""

    def __init__(self, mean: Floats, whitening: Floats, sample: Floats, stem_counts: Mapping[str, int], total: int):
        self._mean = mean
        self._whitening = whitening
        self._sample = sample
        self._counts = dict(stem_counts)
        self._total = total

    @classmethod
    def learn(cls, normal: Sequence[str], vectors: Floats, topics: Sequence[str]) -> SearchSpace:
        """From normal forms, sentence vectors of shape (n, dimension) and topics of the training sentences."""
        mean = vectors.mean(axis=0, dtype=np.float64)
        names = np.array(topics)
        covariance = np.zeros((vectors.shape[1], vectors.shape[1]))
        # Topic by topic, so that only sums are in double precision, which takes twice the time and memory.
        for topic in sorted(set(topics)):
            own = vectors[names == topic]
            own = own - own.mean(axis=0)
            covariance += own.T @ own / len(vectors)
        # Identical sentences have no variance at all; any small number keeps the division defined.
        floor = _SHRINKAGE * np.trace(covariance) / len(covariance) + 1e-6
        variances, directions = np.linalg.eigh(covariance + floor * np.eye(len(covariance)))
        whitening = directions / np.sqrt(variances)
        sample = _unit((vectors[:: max(1, len(vectors) // _SAMPLE)] - mean) @ whitening)
        counts = Counter(stem for line in normal for stem in stems_of_normal(line))
        return cls(_single(mean), _single(whitening), _single(sample), counts, len(normal))

    def index(self, new: Mapping[str, str], known: Sequence[str], encode: Encode) -> ClauseIndex:
        """Makes the clauses `new` (id → wording) searchable; `known` are texts of clauses that topics settle.

        `encode` is the encoder of the training sentences.
        """
        vectors = encode([*new.values(), *known])
        middle = vectors[len(new) :].mean(axis=0) if known else self._mean
        placed = _unit((vectors[: len(new)] - middle) @ self._whitening)
        return ClauseIndex(self, dict(zip(new, placed)), {clause: stems(wording) for clause, wording in new.items()})

    def place(self, vectors: Floats) -> Floats:
        """Sentence vectors of messages, (n, dimension), where they can be compared with clauses; of length 1."""
        return _unit((vectors - self._mean) @ self._whitening)

    def likeness_of_sample(self, placed: Floats) -> tuple[float, float]:
        """Mean and standard deviation of the sample's likeness to one clause."""
        likeness = self._sample @ placed
        return float(likeness.mean()), float(likeness.std()) or 1.0

    def rarity(self, found: frozenset[str]) -> float:
        """The weight of `found` stems; one that no training sentence has weighs most."""
        return math.fsum(math.log((self._total + 1) / (self._counts.get(stem, 0) + 1)) for stem in found)

    def save(self, directory: Path) -> None:
        """Write `clause_search.json` and `clause_search.safetensors`."""
        meta = {"stems": self._counts, "total": self._total}
        (directory / "clause_search.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        arrays = {"mean": self._mean, "whitening": self._whitening, "sample": self._sample}
        save_file(arrays, str(directory / "clause_search.safetensors"))

    @classmethod
    def load(cls, directory: Path) -> SearchSpace:
        """Read what `save` wrote."""
        meta = json.loads((directory / "clause_search.json").read_text(encoding="utf-8"))
        arrays = load_file(str(directory / "clause_search.safetensors"))
        return cls(arrays["mean"], arrays["whitening"], arrays["sample"], meta["stems"], meta["total"])


class ClauseIndex:
    """Clauses ready to be searched."""

    def __init__(self, space: SearchSpace, placed: Mapping[str, Floats], words: Mapping[str, frozenset[str]]) -> None:
        self._space = space
        self._placed = placed
        self._words = words
        self._usual = {clause: space.likeness_of_sample(vector) for clause, vector in placed.items()}

    def signs(self, clause: str, normal: Sequence[str], vectors: Floats, settled: Sequence[float]) -> Signs:
        """The signs that messages are about `clause`; `settled`: the probability of each one's best trained topic."""
        mean, deviation = self._usual[clause]
        likeness = self._space.place(vectors) @ self._placed[clause]
        shared = [self._space.rarity(stems_of_normal(line) & self._words[clause]) for line in normal]
        left_over = np.log(1.0 - np.asarray(settled, dtype=np.float64) + 1e-3)
        return Signs(_single((likeness - mean) / deviation), _single(np.array(shared)), _single(left_over))

    def best(self, normal: str, vector: Floats, settled: float, weights: Weights) -> Match | None:
        """The likeliest clause for one message, with a `vector` of shape (1, dimension); None without clauses."""
        found = [
            Match(clause, float(self.signs(clause, [normal], vector, [settled]).scores(weights)[0]))
            for clause in self._placed
        ]
        return max(found, key=lambda match: match.score, default=None)


def _unit(rows: npt.NDArray[Any]) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return _single(rows / np.maximum(lengths, 1e-9))


def _single(values: npt.NDArray[Any]) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float32)
