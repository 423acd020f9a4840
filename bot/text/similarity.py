"""Near-copies of sentences, found by the share of common character n-grams of their normal forms."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.normalise import normalise

_NGRAM = 4
# Above this two sentences differ by a word or a spelling only (tried on pairs of our own data).
NEAR_COPY = 0.6


@dataclass(frozen=True)
class NearCopy:
    """Two sentences that say the same in almost the same letters; similarity 1.0 is an exact copy."""

    left: int
    right: int
    similarity: float


def shingles(text: str) -> frozenset[str]:
    """The character n-grams of the normal form of `text`; short texts are one n-gram."""
    line = f" {normalise(text)} "
    return frozenset(line[i : i + _NGRAM] for i in range(max(1, len(line) - _NGRAM + 1)))


def near_copies(left: Sequence[str], right: Sequence[str], threshold: float = NEAR_COPY) -> Iterator[NearCopy]:
    """Pairs (index in `left`, index in `right`) whose Jaccard similarity is at least `threshold`."""
    right_sets = [shingles(text) for text in right]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for position, grams in enumerate(right_sets):
        for gram in grams:
            index[gram].append(position)
    for position, text in enumerate(left):
        grams = shingles(text)
        shared = Counter(candidate for gram in grams for candidate in index.get(gram, ()))
        for candidate, common in shared.items():
            similarity = common / (len(grams) + len(right_sets[candidate]) - common)
            if similarity >= threshold:
                yield NearCopy(position, candidate, similarity)
