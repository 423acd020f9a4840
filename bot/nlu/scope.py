"""The scope score: is a message of the kind that the model was trained on?

It adds two signs: how far the best intent stands out from the others (the logarithm of its share, at a high
temperature), and how near the message lies to that intent's training sentences (cosine to their centroid).
Higher is more in scope; its size has no unit, so a threshold is chosen on development data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]

_FLATTENING = 0.5


@dataclass(frozen=True)
class Centroids:
    """Unit centroids of each intent's standardised sentence vectors, shape (classes, dimension)."""

    array: Floats

    @classmethod
    def of(
        cls, vectors: Floats, target: npt.NDArray[np.int64], classes: int, standardised: Callable[[Floats], Floats]
    ) -> Centroids:
        """From sentence vectors (n, dimension) and class numbers; `standardised` is applied to their means, which is
        the same as to take the means of standardised vectors."""
        rows = np.arange(len(target))
        share = (1 / np.maximum(np.bincount(target, minlength=classes), 1)).astype(np.float32)[target]
        members = sparse.csr_matrix((share, (target, rows)), shape=(classes, len(target)))
        return cls(_unit(standardised(np.asarray(members @ vectors, dtype=np.float32))))

    def scope(self, margins: Floats, standardised: Floats) -> Floats:
        """Scores of shape (n,) for margins (n, classes) and standardised vectors (n, dimension)."""
        best = margins.argmax(axis=1)
        flat = (margins - margins.max(axis=1, keepdims=True)) * _FLATTENING
        standing_out = -np.log(np.exp(flat).sum(axis=1))
        nearness = (_unit(standardised) * self.array[best]).sum(axis=1)
        return np.asarray(standing_out + nearness, dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
