"""Out-of-fold guesses and growing training sets, with a stand-in for the encoder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zlib import crc32

import numpy as np

from bot.nlu.cross_validation import fold_numbers, guesses_by_share, out_of_fold
from bot.nlu.encoder import Vectors
from bot.nlu.sentences import Sentences

_WORDS = {
    "bayar": ["bayar", "tagihan", "transfer"],
    "mati": ["mati", "error", "down"],
    "salam": ["halo", "pagi", "hai"],
}
_PAIRS = [(f"{word} kak {n}", intent) for intent, words in _WORDS.items() for word in words for n in range(5)]


class WordsEncoder:
    """A bag of words as vector; remembers what it was given."""

    name = "words"
    dimension = 64

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.seen += texts
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                vectors[row, crc32(word.encode()) % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def encoded(tmp_path: Path, pairs: list[tuple[str, str]]) -> Sentences:
    return Sentences.of(pairs, WordsEncoder(), tmp_path / "cache.sqlite")


def test_sentences_are_encoded_once(tmp_path: Path) -> None:
    encoder, cache = WordsEncoder(), tmp_path / "cache.sqlite"
    first = Sentences.of(_PAIRS, encoder, cache)
    again = Sentences.of(_PAIRS, encoder, cache)
    assert len(encoder.seen) == len(_PAIRS)
    assert (first.vectors == again.vectors).all()


def test_rows_are_taken_together(tmp_path: Path) -> None:
    all_of_them = encoded(tmp_path, _PAIRS)
    some = all_of_them.take([7, 2])
    assert list(zip(some.texts, some.intents)) == [_PAIRS[7], _PAIRS[2]]
    assert (some.vectors == all_of_them.vectors[[7, 2]]).all()


def test_every_fold_has_its_share_of_every_intent() -> None:
    intents = ["a"] * 10 + ["b"] * 7
    numbers = fold_numbers(intents, 5).tolist()
    assert Counter(zip(intents, numbers)) == {
        **{("a", fold): 2 for fold in range(5)},
        **{("b", fold): 2 if fold < 2 else 1 for fold in range(5)},
    }
    assert numbers == fold_numbers(intents, 5).tolist()


def test_a_wrong_label_is_found_by_those_who_did_not_see_it(tmp_path: Path) -> None:
    told: list[str] = []
    guesses = out_of_fold(encoded(tmp_path, [*_PAIRS, ("transfer tagihan bayar kak", "salam")]), told.append)
    assert len(told) == 5
    intent, probability, own = guesses[-1]
    assert intent == "bayar"
    assert probability > 0.5 > own
    right = [guess[0] == wanted for guess, (_, wanted) in zip(guesses, _PAIRS)]
    assert sum(right) / len(right) > 0.9
    assert all(0 <= own <= best <= 1 for _, best, own in guesses)


def test_an_intent_with_one_sentence_is_never_guessed_for_it(tmp_path: Path) -> None:
    *_, (intent, _, own) = out_of_fold(encoded(tmp_path, [*_PAIRS, ("pamit dulu", "pamit")]), lambda _: None)
    assert intent != "pamit"
    assert own < 0.5


def test_training_sets_grow_by_share_of_every_intent(tmp_path: Path) -> None:
    train = encoded(tmp_path, _PAIRS)
    test = encoded(tmp_path, [("tagihan transfer", ""), ("situs down error", ""), ("halo pagi", "")])
    found = list(guesses_by_share(train, test, (0.1, 0.5, 1.0)))
    assert [(share, count) for share, count, _ in found] == [(0.1, 6), (0.5, 24), (1.0, 45)]
    assert found[-1][2] == ["bayar", "mati", "salam"]
