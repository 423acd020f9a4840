"""Which sentences both subjects learn, and in which order they are asked. Nothing here is random."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from bot.helpdesk.training_sentences import TrainingSentence

T = TypeVar("T")

ADDED = 10
# Our own calibration holds out a quarter of the rarest intent, so an intent needs a handful of sentences.
_LEAST_PER_INTENT = 6


@dataclass(frozen=True)
class Questions:
    """Messages that are counted, each asked once, and others that are asked before and not counted."""

    messages: Sequence[str]
    warm_up: Sequence[str]


def sample(
    sentences: Sequence[TrainingSentence], size: int | None
) -> tuple[list[TrainingSentence], list[TrainingSentence]]:
    """(about `size` sentences, ten others that are added later); a `size` of None takes all but those ten.

    Every intent keeps its share of the data, but has 6 sentences at least where it has so many.
    """
    added = evenly_spaced(sentences, ADDED)
    places = {sentence.place for sentence in added}
    rest = sorted((s for s in sentences if s.place not in places), key=lambda s: s.intent)
    if size is None:
        return rest, added
    chosen: list[TrainingSentence] = []
    for _, group in groupby(rest, key=lambda s: s.intent):
        of_intent = list(group)
        wanted = max(_LEAST_PER_INTENT, round(size * len(of_intent) / len(rest)))
        chosen += evenly_spaced(of_intent, wanted)
    return chosen, added


def evenly_spaced(items: Sequence[T], count: int) -> list[T]:
    """`count` of the items at equal distances, or all where there are no more."""
    if count >= len(items):
        return list(items)
    return [items[(2 * n + 1) * len(items) // (2 * count)] for n in range(count)]


def alternating(subjects: Sequence[str], messages: Sequence[T], block: int = 20) -> Iterator[tuple[str, T]]:
    """Every message once for every subject, in blocks; who is first changes with each block.

    So whatever else the machine does meets all subjects alike.
    """
    for number, start in enumerate(range(0, len(messages), block)):
        turn = number % len(subjects)
        for subject in (*subjects[turn:], *subjects[:turn]):
            for message in messages[start : start + block]:
                yield subject, message


def with_progress(items: Iterable[T], say: Callable[[str], None], every: int = 200) -> Iterator[T]:
    """The items, with a line after so many of them."""
    for number, item in enumerate(items, start=1):
        yield item
        if number % every == 0:
            say(f"  {number} asked")
