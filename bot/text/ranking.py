"""Which of several subjects a text is about, by the words that are typical of each (tf-idf, cosine)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from bot.text.normalise import normalise
from bot.text.stems import stem


class TextRanking:
    """Subjects known by example texts; the features are stems, and pairs of words that follow each other."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        """`examples`: pairs of a subject and a text about it."""
        counted = [(subject, _features(text)) for subject, text in examples]
        frequency = Counter(feature for _, features in counted for feature in features)
        self._weight = {f: math.log((1 + len(counted)) / (1 + n)) + 1 for f, n in frequency.items()}
        sums: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for subject, features in counted:
            for feature, value in self._unit(features).items():
                sums[subject][feature] += value
        self._subjects_of: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for subject, vector in sums.items():
            length = math.hypot(*vector.values()) or 1.0
            for feature, value in vector.items():
                self._subjects_of[feature].append((subject, value / length))

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Subjects that share something with `text`, the likest first, with a likeness up to 1."""
        scores: defaultdict[str, float] = defaultdict(float)
        for feature, value in self._unit(_features(text)).items():
            for subject, weight in self._subjects_of.get(feature, ()):
                scores[subject] += value * weight
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

    def _unit(self, features: Counter[str]) -> dict[str, float]:
        known = {f: (1 + math.log(n)) * self._weight[f] for f, n in features.items() if f in self._weight}
        length = math.hypot(*known.values()) or 1.0
        return {feature: value / length for feature, value in known.items()}


def _features(text: str) -> Counter[str]:
    words = [stem(word) for word in normalise(text).split()]
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])
