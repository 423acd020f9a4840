"""Sentence encoder behind an OpenAI-compatible embeddings endpoint (docs/adr/0011)."""

from __future__ import annotations

import asyncio
import threading
from functools import lru_cache

import numpy as np

from bot.errors import EncoderError
from bot.nlu.embeddings_api import EmbeddingsApi
from bot.nlu.encoder import PROBE, Vectors, are_alike, default_encoder, safe_text
from bot.settings import Settings

# With the probe 32 a request: what text-embeddings-inference takes unless told otherwise.
_BATCH = 31
# Nobody waits for a batch, and nobody asks again; servers that load a model at the first request take a minute.
_BATCH_PATIENCE = 120.0
# A message is parsed more than once: fetched before Rasa's turn, read in it, and again after a failed turn.
_REMEMBERED = 1000


class EndpointEncoder:
    """Thread-safe. Contacts the endpoint only for vectors and for the dimension, which the first answer tells."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.encoder_name
        self._prefix = settings.encoder_prefix
        self._patience = settings.encoder_timeout
        self._api = EmbeddingsApi(settings.encoder_url, settings.encoder_model, settings.encoder_key)
        self._one = lru_cache(maxsize=_REMEMBERED)(self._encode_one)
        self._probe: Vectors | None = None
        self._lock = threading.Lock()

    @property
    def dimension(self) -> int:
        """Asks the endpoint where nothing was asked before."""
        if self._probe is None:
            self._fetch([], _BATCH_PATIENCE)
        assert self._probe is not None  # noqa: S101  # for the type checker: the answer has set it
        return len(self._probe)

    def encode(self, texts: list[str]) -> Vectors:
        """As the protocol says. A single text has HELPDESK_ENCODER_TIMEOUT seconds, a batch of 31 two minutes.

        Raises EncoderError without an answer, with a wrong one, and when another model answers than before.
        """
        ready = [self._prefixed(text) for text in texts]
        if len(ready) == 1:
            return self._one(ready[0])
        batches = [
            self._fetch(ready[start : start + _BATCH], _BATCH_PATIENCE) for start in range(0, len(ready), _BATCH)
        ]
        return np.concatenate(batches) if batches else np.empty((0, self.dimension), dtype=np.float32)

    def _encode_one(self, text: str) -> Vectors:
        vectors = self._fetch([text], self._patience)
        vectors.setflags(write=False)  # remembered, so nobody may change it
        return vectors

    def _prefixed(self, text: str) -> str:
        return f"{self._prefix} {safe_text(text)}" if self._prefix else safe_text(text)

    def _fetch(self, texts: list[str], patience: float) -> Vectors:
        """Unit vectors of `texts`. The probe goes along: it shows that the same model answers as before."""
        vectors = self._api.embed([*texts, self._prefixed(PROBE)], patience)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        units = vectors.astype(np.float32)
        with self._lock:
            if self._probe is None:
                self._probe = units[-1]
        if not are_alike(self._probe, units[-1]):
            raise EncoderError(
                "The embeddings endpoint gives other vectors than when it was first asked: start the helpdesk again "
                "with the model that was served then, or train for the new one under a name of its own "
                "(HELPDESK_ENCODER_MODEL)."
            )
        return units[:-1]


async def fetch_ahead(text: str) -> None:
    """Lets an endpoint encode `text` without holding up the event loop, as it would from within Rasa's parsing.

    Does nothing for the bundled encoder. Raises EncoderError.
    """
    encoder = default_encoder()
    if text and isinstance(encoder, EndpointEncoder):
        await asyncio.to_thread(encoder.encode, [text])
