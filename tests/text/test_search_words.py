"""The words of a search, and which subject a text is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.ranking import TextRanking
from bot.text.search_words import MAX_WORDS, search_words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Domain TokoBatik.id", ["domain", "tokobatik", "id"]),
        ("INV-2026/001", ["inv", "2026", "001"]),
        ("kafé cafe\u0301 ÇA", ["kafe", "cafe", "ca"]),
        ('"a" OR b* AND NOT (c) NEAR/2', ["a", "or", "b", "and", "not", "c", "near", "2"]),
        ("kak kak KAK", ["kak"]),
        ("a\x00b", ["a", "b"]),
        ("!?*\"'():&|", []),
        ("", []),
    ],
)
def test_only_letters_and_digits_are_left(query: str, words: list[str]) -> None:
    assert search_words(query) == words


@given(st.text(max_size=600))
def test_words_hold_nothing_that_a_database_could_take_for_an_operator(query: str) -> None:
    words = search_words(query)
    assert len(words) <= MAX_WORDS
    assert all(word and all(c.isalpha() or c.isdecimal() for c in word) for word in words)


def test_the_subject_with_the_typical_words_comes_first() -> None:
    ranking = TextRanking(
        [("bayar", "cara bayar invoice"), ("bayar", "bayar lewat transfer"), ("domain", "perpanjang domain saya")]
    )
    assert [subject for subject, _ in ranking.rank("gimana cara pembayaran transfer")] == ["bayar"]
    assert ranking.rank("perpanjang domain")[0][0] == "domain"
    assert all(0 < score <= 1.000001 for _, score in ranking.rank("bayar domain"))
    assert ranking.rank("xyz") == ranking.rank("") == []
