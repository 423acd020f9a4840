"""Which of many sentences nearly say what a text says, in milliseconds."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.text.similarity import NEAR_COPY, is_telling, shingles

# Character n-grams are numbered by a hash: two of them sharing a number makes a likeness hardly greater.
_NUMBERS = 1 << 20


class LikenessIndex:
    """The n-grams of `texts`, 4 bytes each; built once for a state of the data (a second for 20,000 sentences)."""

    def __init__(self, texts: Sequence[str]) -> None:
        rows = [_numbers(text) for text in texts]
        self._sizes = np.array([len(row) for row in rows], dtype=np.int32)
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)[:-1]]).astype(np.int64)
        self._grams = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)

    def near(self, text: str, threshold: float = NEAR_COPY) -> list[tuple[int, float]]:
        """(number of the sentence, likeness from `threshold` to 1), the likest first; nothing for very short texts."""
        if not len(self._sizes) or not is_telling(text):
            return []
        own = _numbers(text)
        has = np.zeros(_NUMBERS, dtype=bool)
        has[own] = True
        common = np.add.reduceat(has[self._grams], self._starts)
        likeness = common / (self._sizes + len(own) - common)
        found = np.flatnonzero(likeness >= threshold)
        return sorted(((int(n), round(float(likeness[n]), 3)) for n in found), key=lambda pair: (-pair[1], pair[0]))


def _numbers(text: str) -> npt.NDArray[np.int32]:
    hashed = {zlib.crc32(gram.encode("utf-8", "surrogatepass")) % _NUMBERS for gram in shingles(text)}
    return np.fromiter(sorted(hashed), dtype=np.int32, count=len(hashed))
