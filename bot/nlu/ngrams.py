"""tf-idf n-grams of normalised texts, fast for single texts too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

Floats = npt.NDArray[np.float32]

_WEIGHTING: dict[str, Any] = {"sublinear_tf": True}


@dataclass(frozen=True)
class NgramConfig:
    """Which n-grams, and the weight of the word n-grams beside the character n-grams."""

    characters: tuple[int, int] = (2, 5)
    words: tuple[int, int] = (1, 2)
    word_weight: float = 1.0


class NgramVectoriser:
    """tf-idf of character n-grams within words and of word n-grams; each block of unit length."""

    def __init__(self, config: NgramConfig) -> None:
        self._config = config
        common: dict[str, Any] = {**_WEIGHTING, "lowercase": False, "dtype": np.float32}
        self._characters = TfidfVectorizer(analyzer="char_wb", ngram_range=config.characters, **common)
        word = r"(?u)\S+"
        self._words = TfidfVectorizer(analyzer="word", token_pattern=word, ngram_range=config.words, **common)
        self._blocks: list[_Block] = []

    def fit(self, texts: Sequence[str]) -> NgramVectoriser:
        return self.fit_transform(texts)[0]

    def fit_transform(self, texts: Sequence[str]) -> tuple[NgramVectoriser, sparse.csr_matrix]:
        """Itself fitted to `texts`, and their features as `transform` gives them."""
        features = self._joined(self._fit_characters(texts), self._words.fit_transform(texts))
        return self._prepared(), features

    def _fit_characters(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """What `self._characters.fit_transform` does, in a fifth of the time: n-grams lie within words, and most
        words come again and again, so each word is taken apart only once."""
        words = CountVectorizer(analyzer=str.split, dtype=np.float32)
        words_of_texts = words.fit_transform(texts)
        ngrams = CountVectorizer(
            analyzer="char_wb", ngram_range=self._config.characters, lowercase=False, dtype=np.float32
        )
        counts = words_of_texts @ ngrams.fit_transform(words.get_feature_names_out())
        counts.sort_indices()
        weighting = TfidfTransformer(**_WEIGHTING)
        features = weighting.fit_transform(counts)
        self._characters.vocabulary_ = ngrams.vocabulary_
        self._characters.idf_ = weighting.idf_
        return features

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Features of shape (len(texts), size)."""
        return self._joined(self._characters.transform(texts), self._words.transform(texts))

    def _joined(self, characters: sparse.csr_matrix, words: sparse.csr_matrix) -> sparse.csr_matrix:
        return sparse.hstack([characters, words * self._config.word_weight], format="csr", dtype=np.float32)

    def features(self, text: str) -> tuple[npt.NDArray[np.int64], Floats]:
        """(columns, values) of the n-grams of one text, as in `transform` but without its cost for a single row."""
        found = [block.features(text) for block in self._blocks]
        return np.concatenate([columns for columns, _ in found]), np.concatenate([values for _, values in found])

    def state(self) -> tuple[dict[str, list[str]], dict[str, Floats]]:
        """(vocabularies in column order, inverse document frequencies)."""
        blocks = {"characters": self._characters, "words": self._words}
        vocabularies = {name: sorted(b.vocabulary_, key=b.vocabulary_.__getitem__) for name, b in blocks.items()}
        return vocabularies, {f"idf_{name}": b.idf_.astype(np.float32) for name, b in blocks.items()}

    def restore(self, vocabularies: dict[str, list[str]], arrays: dict[str, Floats]) -> NgramVectoriser:
        for name, block in (("characters", self._characters), ("words", self._words)):
            block.vocabulary_ = {term: column for column, term in enumerate(vocabularies[name])}
            block.idf_ = arrays[f"idf_{name}"]
        return self._prepared()

    def _prepared(self) -> NgramVectoriser:
        offset = len(self._characters.vocabulary_)
        self._blocks = [
            _WordBlock(self._characters, 1.0, 0, self._words.vocabulary_),
            _Block(self._words, self._config.word_weight, offset),
        ]
        return self


class _Block:
    """One fitted vectoriser, read out for single texts."""

    def __init__(self, fitted: TfidfVectorizer, weight: float, offset: int) -> None:
        self._ngrams: Callable[[str], list[str]] = fitted.build_analyzer()
        self._columns: dict[str, int] = fitted.vocabulary_
        self._idf = fitted.idf_.astype(np.float32)
        self._weight = weight
        self._offset = offset

    def features(self, text: str) -> tuple[npt.NDArray[np.int64], Floats]:
        counts = Counter(self.columns_of(text))
        columns = np.fromiter(counts, np.int64, len(counts))
        values = (1.0 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self._idf[columns]
        length = float(np.linalg.norm(values)) or 1.0
        return columns + self._offset, np.asarray(values * (self._weight / length), dtype=np.float32)

    def columns_of(self, text: str) -> Iterable[int]:
        """The column of each n-gram of `text` that was trained."""
        return (column for column in map(self._columns.get, self._ngrams(text)) if column is not None)


class _WordBlock(_Block):
    """One whose n-grams lie within words; those of a trained word are looked up once."""

    def __init__(self, fitted: TfidfVectorizer, weight: float, offset: int, words: Container[str]) -> None:
        super().__init__(fitted, weight, offset)
        # Of other words, which may be anything that customers write, nothing is kept.
        self._words = words
        self._known: dict[str, list[int]] = {}

    def columns_of(self, text: str) -> Iterable[int]:
        return chain.from_iterable(map(self._columns_of_word, text.split()))

    def _columns_of_word(self, word: str) -> list[int]:
        if (known := self._known.get(word)) is not None:
            return known
        columns = list(super().columns_of(word))
        if word in self._words:
            self._known[word] = columns
        return columns
