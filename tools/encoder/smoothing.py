"""Scales that make activations easy to quantise: SmoothQuant (Xiao et al., ICML 2023, equation 4).

In 8 bits all activations of a matrix product share one scale, so a channel that is tens of times as large as the
others leaves them few steps. Dividing that channel by a number and multiplying its row of the matrix by the same
changes nothing but this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime

Floats = npt.NDArray[np.float32]

# How much of a channel's size goes from the activations to the matrix. Between .65 and .75 the vectors lie nearest to
# those in floats (docs/adr/0010).
_MIGRATION = 0.7
_LEAST = 1e-5


def largest_inputs(model: onnx.ModelProto, names: Sequence[str], texts: Sequence[Sequence[int]]) -> dict[str, Floats]:
    """The largest absolute value of each channel of the results `names` over the tokens of all `texts`."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    largest: dict[str, Floats] = {}
    for tokens in texts:
        results = session.run(list(names), {"tokens": np.array([tokens], dtype=np.int64)})
        for name, result in zip(names, results):
            here = np.abs(result).max(axis=(0, 1))
            largest[name] = np.maximum(largest.get(name, 0), here).astype(np.float32)
    return largest


def smoothing(largest: Floats, matrix: Floats) -> Floats:
    """For each channel what its activations are divided by; `matrix` has a row a channel."""
    rows = np.abs(matrix).max(axis=1)
    scales = np.maximum(largest, _LEAST) ** _MIGRATION / np.maximum(rows, _LEAST) ** (1 - _MIGRATION)
    # A fixed number of digits: the last bits of a power differ between machines.
    return np.float32([float(f"{scale:.4g}") for scale in scales])


def smoothings(largest: Mapping[str, Floats], matrices: Mapping[str, Floats]) -> dict[str, Floats]:
    """`smoothing` of each matrix product by its name."""
    return {name: smoothing(largest[name], matrix) for name, matrix in matrices.items()}
