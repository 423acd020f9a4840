"""MASSIVE id-ID as a stream of messages with the shipped intent model."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.simulated_trainer.trainer import Floats, Stream
from bot.nlu.encoder import SentenceEncoder
from bot.nlu.intent_model import IntentModel
from bot.nlu.sentences import Sentences

SEED_A_TOPIC = 5
LENGTH = 2000


@dataclass(frozen=True)
class Learnt:
    """The shipped intent model, trained on a part of the stream."""

    model: IntentModel
    stream: Sentences
    asked: Sentences

    def probabilities(self, rows: Sequence[int]) -> Floats:
        part = self.stream.take(rows)
        return self.model.probabilities(part.normal, part.vectors)

    def accuracy(self) -> float:
        probabilities = self.model.probabilities(self.asked.normal, self.asked.vectors)
        guessed = np.array(self.model.labels)[probabilities.argmax(axis=1)]
        return float((guessed == np.array(self.asked.intents)).mean())


def read_stream(file: Path, part: str, encoder: SentenceEncoder, shift: float = 0.0) -> tuple[Stream, int, int]:
    """(the stream, sentences of the seed, messages of `part` that accuracies are measured on); no other part is used.

    The file's order is taken for time: of each topic the first five are the seed. Of the rest, which has topics in long
    runs, the stream takes 2,000 at equal distances in the same order, so that it reaches from the first to the last;
    with a `shift` each lies that share of a distance later, which makes another stream.
    """
    rows = _rows(file)
    seed, rest = seed_and_rest([pair for partition, pair in rows if partition == "train"])
    coming = evenly(rest, LENGTH, shift)
    outside = [pair for partition, pair in rows if partition == part]
    learnt, stream, asked = (Sentences.of(pairs, encoder) for pairs in (seed, coming, outside))

    def learn(chosen: Sequence[int]) -> Learnt:
        added = stream.take(chosen)
        model = IntentModel.train(
            [*learnt.normal, *added.normal],
            np.vstack([learnt.vectors, added.vectors]),
            [*learnt.intents, *added.intents],
        )
        return Learnt(model, stream, asked)

    return Stream(stream.vectors, stream.intents, learnt.vectors, learn), len(seed), len(asked.texts)


def seed_and_rest(
    pairs: Sequence[tuple[str, str]], each: int = SEED_A_TOPIC
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The first of each topic, and all others; both in the order given."""
    seen: Counter[str] = Counter()
    seed: list[tuple[str, str]] = []
    rest: list[tuple[str, str]] = []
    for text, topic in pairs:
        seen[topic] += 1
        (seed if seen[topic] <= each else rest).append((text, topic))
    return seed, rest


def evenly(pairs: Sequence[tuple[str, str]], count: int, shift: float = 0.0) -> list[tuple[str, str]]:
    """So many of them at equal distances, or all; begun a share of a distance later, below 1."""
    count = min(count, len(pairs))
    return [pairs[int((number + shift) * len(pairs) / count)] for number in range(count)]


def _rows(file: Path) -> list[tuple[str, tuple[str, str]]]:
    """(partition, (text, topic)) of every line."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["partition"], (row["utterance"], row["intent"])) for row in rows]
