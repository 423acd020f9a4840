"""The training data and the held-out messages, normalised and encoded."""

from __future__ import annotations

import json
from pathlib import Path

from bot.nlu.sentences import Sentences
from bot.services.knowledge import ROOT
from bot.services.training_data import read_training_sentences


def training_sentences() -> Sentences:
    """All of data/nlu."""
    return Sentences.of([(sentence.text, sentence.intent) for sentence in read_training_sentences()])


def held_out_sentences(file: Path = ROOT / "tests/data/heldout.jsonl") -> Sentences:
    """Messages of another writer that training never sees."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return Sentences.of([(row["text"], row["intent"]) for row in rows])
