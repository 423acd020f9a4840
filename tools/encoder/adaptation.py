"""The changes that tools/adapt_encoder.py learned, in the encoder's folder as a small file, and their use.

A matrix W becomes W + up · down (LoRA, Hu et al., ICLR 2022); biases and the numbers of layer normalisations get what
is added to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file, save_file

from tools.encoder.weights import Weights

# 16-bit floats by the tensor's name in `Weights`: `l0.q.w.down` (rank, inputs), `l0.q.w.up` (outputs, rank), and
# `l0.q.b`, `l0.aln.w` ... as they are added.
Changes = Mapping[str, npt.NDArray[np.float16]]

ADAPTATION = Path(__file__).parents[1] / "encoder_adaptation.safetensors"
DOWN, UP = ".down", ".up"


def read_changes(path: Path = ADAPTATION) -> Changes:
    """What `write_changes` wrote."""
    changes: Changes = load_file(path)
    return changes


def write_changes(changes: Changes, path: Path = ADAPTATION) -> None:
    """Write a safetensors file."""
    save_file({name: np.ascontiguousarray(value) for name, value in changes.items()}, path)


def adapted(weights: Weights, changes: Changes) -> Weights:
    """The weights with the changes; changed matrices become floats."""
    tensors = dict(weights.tensors)
    for name, change in changes.items():
        if name.endswith(UP):
            continue
        if name.endswith(DOWN):
            matrix = name.removesuffix(DOWN)
            down, up = change.astype(np.float32), changes[matrix + UP].astype(np.float32)
            tensors[matrix] = weights.matrix(matrix, down.shape[1]) + up @ down
        else:
            tensors[name] = weights.vector(name) + change.astype(np.float32)
    return replace(weights, tensors=tensors)
