"""Near-copies of sentences, found by the share of common character n-grams of their normal forms."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.normalise import normalise, words

_NGRAM = 4
# Above this two sentences differ by a word or a spelling only (tried on pairs of our own data).
NEAR_COPY = 0.6
# Very short texts ("halo", "pagi kak") are everybody's: from this many characters on a likeness says something.
MIN_CHARACTERS = 13


@dataclass(frozen=True)
class NearCopy:
    """Two sentences that say the same in almost the same letters; similarity 1.0 is the same normal form, or nearly."""

    left: int
    right: int
    similarity: float


def same_words_key(text: str) -> str:
    """Equal for texts that differ in case, punctuation or blanks only; a text without words is its own key."""
    return " ".join(words(text)).casefold() or text.strip()


def is_telling(text: str) -> bool:
    """Whether `text` is long enough for a likeness to be no chance."""
    return len(normalise(text)) >= MIN_CHARACTERS


def shingles(text: str) -> frozenset[str]:
    """The character n-grams of the normal form of `text`; short texts are one n-gram."""
    line = f" {normalise(text)} "
    return frozenset(line[i : i + _NGRAM] for i in range(max(1, len(line) - _NGRAM + 1)))


def near_copies(left: Sequence[str], right: Sequence[str], threshold: float = NEAR_COPY) -> Iterator[NearCopy]:
    """Pairs (index in `left`, index in `right`), in order, whose Jaccard similarity is at least `threshold` > 0."""
    left_sets, right_sets = [shingles(text) for text in left], [shingles(text) for text in right]
    frequency = Counter(gram for grams in (*left_sets, *right_sets) for gram in grams)
    index: defaultdict[str, list[int]] = defaultdict(list)
    for position, grams in enumerate(right_sets):
        for gram in _rarest(grams, frequency, threshold):
            index[gram].append(position)
    for position, grams in enumerate(left_sets):
        least, most = threshold * len(grams) - 1e-9, len(grams) / threshold + 1e-9
        candidates = {c for gram in _rarest(grams, frequency, threshold) for c in index.get(gram, ())}
        for candidate in sorted(candidates):
            if not least <= len(right_sets[candidate]) <= most:
                continue
            common = len(grams & right_sets[candidate])
            similarity = common / (len(grams) + len(right_sets[candidate]) - common)
            if similarity >= threshold:
                yield NearCopy(position, candidate, similarity)


def _rarest(grams: frozenset[str], frequency: Counter[str], threshold: float) -> list[str]:
    """So many of the rarest n-grams that a set similar enough must share one of them with these."""
    must_share = max(1, math.ceil(threshold * len(grams) - 1e-9))
    in_order = sorted(grams, key=lambda gram: (frequency[gram], gram))
    return in_order[: len(grams) - must_share + 1]
