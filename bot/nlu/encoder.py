"""The sentence encoder behind an interface of ours, so that it can be replaced."""

import re
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

# No encoder sees more than this: customers' questions are far shorter, and its cost grows with length.
MAX_CHARACTERS = 600
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class SentenceEncoder(Protocol):
    """Turns texts into unit vectors."""

    name: str
    dimension: int

    def encode(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1; the same text gives the same vector."""
        ...


def safe_text(text: str) -> str:
    """What of `text` an encoder in native code may see: never empty, bounded, without control characters."""
    return _UNSAFE.sub(" ", text[:MAX_CHARACTERS]).strip() or "?"


@cache
def default_encoder() -> SentenceEncoder:
    """The bundled encoder, loaded once per process."""
    from bot.nlu.onnx_encoder import OnnxE5Encoder

    return OnnxE5Encoder()
