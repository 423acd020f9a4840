"""Sentences with their intents, normal forms and vectors: what the intent model is trained on and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.embedding_cache import default_cache_path, encode_cached
from bot.nlu.encoder import SentenceEncoder, Vectors, default_encoder
from bot.nlu.words import normal_forms


@dataclass(frozen=True)
class Sentences:
    """Columns of equal length."""

    texts: list[str]
    intents: list[str]
    normal: list[str]
    vectors: Vectors

    @classmethod
    def of(
        cls, pairs: Sequence[tuple[str, str]], encoder: SentenceEncoder | None = None, cache: Path | None = None
    ) -> Sentences:
        """From (text, intent); only texts that the cache does not know are encoded."""
        texts = [text for text, _ in pairs]
        vectors = encode_cached(encoder or default_encoder(), texts, cache or default_cache_path())
        return cls(texts, [intent for _, intent in pairs], normal_forms(texts), vectors)

    def take(self, rows: Sequence[int]) -> Sentences:
        """Some rows, in the order given."""
        return Sentences(
            [self.texts[i] for i in rows],
            [self.intents[i] for i in rows],
            [self.normal[i] for i in rows],
            self.vectors[list(rows)],
        )
