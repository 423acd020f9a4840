"""Where the words of a text stand, beside spaCy's own tokens."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis.strategies import from_regex

from bot.nlu.words import WordSplitter, normal_forms
from tests.text.strategies import texts

_SPLITTER = WordSplitter()
_BLANK = spacy.blank("id").tokenizer


@given(texts.filter(str.strip))
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    kept = {position for word in _SPLITTER.words(text) for position in range(word.start, word.end)}
    assert all(text[position].isspace() for position in set(range(len(text))) - kept)


@pytest.mark.parametrize("unit", ["(", "'", "😀", "a)", "http://"])
def test_a_run_of_signs_costs_spacy_no_more_than_its_length(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # spaCy splits a piece in time that grows with its square: no piece may be long.
    seen: list[int] = []
    split = _SPLITTER._spacy

    class Counting:
        vocab = split.vocab

        def __call__(self, piece: str) -> object:
            seen.append(len(piece))
            return split(piece)

    monkeypatch.setattr(_SPLITTER, "_spacy", Counting())
    _SPLITTER.words(unit * 4_000)
    assert max(seen) <= 60
    assert sum(seen) <= len(unit) * 4_000


def test_words_seen_once_are_not_kept_forever() -> None:
    before = len(_SPLITTER._spacy.vocab.strings)
    for number in range(500):
        _SPLITTER.words(f"kata{number}acak tulisan{number}lain")
    assert len(_SPLITTER._spacy.vocab.strings) == before


@settings(deadline=None)
@given(texts)
def test_pieces_are_split_as_by_spacys_blank_indonesian(text: str) -> None:
    for piece in text.encode("utf-8", "replace").decode().split():
        expected = [(token.idx, token.idx + len(token)) for token in _BLANK(piece)]
        assert _SPLITTER._split_piece(piece) == expected


@settings(deadline=None, max_examples=500)
@given(from_regex(r"(Rp|USD|IDR|RMB|SGD)?[A-Za-z]{0,54}[,?!]{0,3}", fullmatch=True).filter(bool))
def test_letters_with_signs_behind_them_are_split_as_by_spacy(piece: str) -> None:
    assert _SPLITTER._split_piece(piece) == [(t.idx, t.idx + len(t)) for t in _BLANK(piece)]


def test_the_special_cases_of_letters_are_split_as_by_spacy() -> None:
    words = [word for word in _BLANK.rules if re.fullmatch(r"[A-Za-z]+[,?!]{0,3}", word)]
    assert words
    words += ["Rp", "RpA", "Rpnya", "rpa", "USD", "USDa", "IDRx", "RMBa", "SGDollar", "SGDa", "RP", "Usd", "aRp"]
    for piece in (word + signs for word in words for signs in ("", ",", "?!", "!!!")):
        assert _SPLITTER._split_piece(piece) == [(t.idx, t.idx + len(t)) for t in _BLANK(piece)], piece


def test_words_with_hyphens_stay_whole_wherever_spacys_do() -> None:
    words = sorted(word for word in _BLANK.rules if "-" in word)
    assert len(words) > 10_000
    some = words[::150]
    pieces = [*some, *(f"({word})." for word in some), *(word.upper() for word in some), *(f"{w}nya" for w in some)]
    pieces += [joint.join(pair) for pair in pairwise(some) for joint in ("", "-", "/", ",")]
    for piece in pieces:
        expected = [(token.idx, token.idx + len(token)) for token in _BLANK(piece)]
        assert _SPLITTER._split_piece(piece) == expected, piece


def test_normal_forms_are_those_of_the_words() -> None:
    assert normal_forms(["Hostingnya gak bs, kak!", " ", ""]) == ["hosting tidak bisa , kakak !", " ", ""]
