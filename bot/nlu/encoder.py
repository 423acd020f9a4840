"""The sentence encoder behind an interface of ours, so that it can be replaced."""

import re
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.settings import Settings

Vectors = npt.NDArray[np.float32]

# No encoder sees more than this: customers' questions are far shorter, and its cost grows with length.
MAX_CHARACTERS = 600
# Its vector shows which model is at work: another model puts it elsewhere, another machine nearly to the same place.
PROBE = "Apakah paket hosting saya bisa diperpanjang bulan depan?"
_ALIKE = 0.95
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class SentenceEncoder(Protocol):
    """Turns texts into unit vectors."""

    name: str

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1; the same text gives the same vector."""
        ...


def safe_text(text: str) -> str:
    """What of `text` an encoder in native code may see: never empty, bounded, without control characters."""
    return _UNSAFE.sub(" ", text[:MAX_CHARACTERS]).strip() or "?"


def are_alike(one: Vectors, other: Vectors) -> bool:
    """Whether two unit vectors of the same text may come from the same model."""
    return one.shape == other.shape and float(one @ other) >= _ALIKE


@cache
def default_encoder() -> SentenceEncoder:
    """The encoder that the settings name, made once per process: an endpoint, else the bundled one."""
    settings = Settings.from_env()
    if settings.encoder_url:
        from bot.nlu.endpoint_encoder import EndpointEncoder

        return EndpointEncoder(settings)
    from bot.nlu.onnx_encoder import OnnxE5Encoder

    return OnnxE5Encoder()
