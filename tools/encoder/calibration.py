"""Scales of activations, found by running the network in floats on sentences.

In 8 bits all activations of a matrix product share one scale, so a channel that is tens of times as large as the
others leaves them few steps. Dividing that channel by a number and multiplying its row of the matrix by the same
changes nothing but this: SmoothQuant (Xiao et al., ICML 2023, equation 4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
import onnxruntime

from tools.encoder.products import Integers, Product, integers, smoothed
from tools.encoder.weights import Floats

# The lowest and the highest value of each channel, by the product's name.
Ranges = dict[str, tuple[Floats, Floats]]

# How much of a channel's size goes from the activations to the matrix. Near .7 the vectors lie nearest to those in
# floats (docs/adr/0010).
_MIGRATION = 0.7
_LEAST = 1e-5


def ranges(model: onnx.ModelProto, names: Sequence[str], texts: Sequence[Sequence[int]]) -> Ranges:
    """The ranges of the inputs of the products `names` over the tokens of all `texts`; `model` has them as outputs."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # The order of additions, and so the last bits, would depend on the number of cores.
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    outputs = [f"{name}_input" for name in names]
    found: Ranges = {}
    for tokens in texts:
        results = session.run(outputs, {"tokens": np.array([tokens], dtype=np.int64)})
        for name, result in zip(names, results):
            low, high = result.min(axis=(0, 1)), result.max(axis=(0, 1))
            if name in found:
                low, high = np.minimum(low, found[name][0]), np.maximum(high, found[name][1])
            found[name] = low, high
    return found


def divisors(low: Floats, high: Floats, matrix: Floats) -> Floats:
    """For each channel what its activations are divided by; `matrix` has a row a channel."""
    largest = np.maximum(np.maximum(-low, high), _LEAST)
    rows = np.maximum(np.abs(matrix).max(axis=1), _LEAST)
    # Powers of two: dividing by them is exact, and the last bits of `low` and `high`, which differ between machines,
    # decide nothing.
    return np.exp2(np.rint(np.log2(largest**_MIGRATION / rows ** (1 - _MIGRATION)))).astype(np.float32)


def calibrated(
    products: Mapping[str, Product], found: Mapping[str, tuple[Floats, Floats]]
) -> tuple[dict[str, Product], dict[str, Integers]]:
    """The products with divided activations, and the same in 8 bits for the ranges `found`."""
    made = smoothed(products, {name: divisors(*found[name], product.matrix) for name, product in products.items()})
    whole = {}
    for name, product in made.items():
        low, high = (limits / product.divisors for limits in found[name])
        whole[name] = integers(product, float(low.min()), float(high.max()))
    return made, whole
