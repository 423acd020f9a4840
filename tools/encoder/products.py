"""The matrix products of the network, and their 8-bit form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tools.encoder.weights import Floats, Weights

# One bit less than there is: processors without VNNI overflow otherwise, and give other vectors than those with it.
_LARGEST = 64


@dataclass(frozen=True)
class Product:
    """Activations times a matrix (a row a channel) plus a bias, where there is one.

    The matrix is for activations divided by `divisors`; `divided` says that the network still has to do that.
    """

    matrix: Floats
    bias: Floats | None
    divisors: Floats
    divided: bool = False


@dataclass(frozen=True)
class Integers:
    """A product in 8 bits: an activation is `scale` times (its number minus `zero`), a weight its column's scale."""

    scale: float
    zero: int
    matrix: npt.NDArray[np.int8]
    matrix_scale: Floats


def products_of(weights: Weights) -> dict[str, Product]:
    """qkv, mixed, inner and outer of each layer, the first being 1; the biases of mixed and outer are added later."""
    products = {}
    for index in range(weights.layers):
        parts = {
            "qkv": _product(weights, weights.hidden, *(f"l{index}.{part}" for part in "qkv")),
            "mixed": _product(weights, weights.hidden, f"l{index}.ao"),
            "inner": _product(weights, weights.hidden, f"l{index}.fi"),
            "outer": _product(weights, weights.inner, f"l{index}.fo"),
        }
        for name in ("mixed", "outer"):
            parts[name] = replace(parts[name], bias=None)
        products.update({f"{name}{index + 1}": product for name, product in parts.items()})
    return products


def _product(weights: Weights, width: int, *names: str) -> Product:
    matrix = np.concatenate([weights.matrix(f"{name}.w", width) for name in names]).T
    bias = np.concatenate([weights.vector(f"{name}.b") for name in names])
    return Product(matrix, bias, np.ones(width, np.float32))


def smoothed(products: Mapping[str, Product], divisors: Mapping[str, Floats]) -> dict[str, Product]:
    """The same products with divided activations."""
    made = {
        name: replace(product, matrix=product.matrix * divisors[name][:, None], divisors=divisors[name], divided=True)
        for name, product in products.items()
    }
    for name in [name for name in made if name.startswith("mixed")]:
        # Its activations are sums of the values v, so the columns of v are divided instead, at no cost.
        source = name.replace("mixed", "qkv")
        columns = np.concatenate([np.ones(2 * len(divisors[name]), np.float32), divisors[name]])
        joined = made[source]
        bias = None if joined.bias is None else joined.bias / columns
        made[source] = replace(joined, matrix=joined.matrix / columns, bias=bias)
        made[name] = replace(made[name], divided=False)
    return made


def integers(product: Product, low: float, high: float) -> Integers:
    """`product` in 8 bits for divided activations from `low` to `high`; those beyond become the nearest number."""
    low, high = min(low, 0.0), max(high, 0.0)
    # A fixed number of digits: the last bits differ between machines.
    scale = float(f"{(high - low) / 255:.3g}")
    matrix_scale = np.abs(product.matrix).max(axis=0) / _LARGEST
    matrix_scale[matrix_scale == 0] = 1
    matrix = np.rint(product.matrix / matrix_scale).astype(np.int8)
    return Integers(scale, min(round(-low / scale), 255), matrix, matrix_scale)
