"""The training data and the held-out messages, normalised and encoded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot.nlu.embedding_cache import default_cache_path, encode_cached
from bot.nlu.encoder import Vectors, default_encoder
from bot.services.knowledge import ROOT
from bot.text.normalise import normalise


@dataclass(frozen=True)
class Sentences:
    """Texts with their intents, normal forms and sentence vectors."""

    texts: list[str]
    intents: list[str]
    normal: list[str]
    vectors: Vectors

    @classmethod
    def of(cls, pairs: list[tuple[str, str]]) -> Sentences:
        texts = [text for text, _ in pairs]
        vectors = encode_cached(default_encoder(), texts, default_cache_path())
        return cls(texts, [intent for _, intent in pairs], [normalise(text) for text in texts], vectors)


def training_sentences() -> Sentences:
    """All of data/nlu."""
    pairs = []
    for file in sorted((ROOT / "data/nlu").glob("*.yml")):
        for entry in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.strip().removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
            pairs += [(line, str(entry["intent"])) for line in lines]
    return Sentences.of(pairs)


def held_out_sentences(file: Path = ROOT / "tests/data/heldout.jsonl") -> Sentences:
    """Messages of another writer that training never sees."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return Sentences.of([(row["text"], row["intent"]) for row in rows])
