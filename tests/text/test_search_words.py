"""The words of a search: nothing that is typed reaches a database as anything but letters and digits."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.search_words import MAX_WORDS, search_words
from tests.text.strategies import texts

# What means something to FTS5, to tsquery, to SQL or to C.
HOSTILE = [*"\"'*^:&|!()-+\\%_;{\0", "<->", "--", "\ud800"]
pieces = st.one_of(st.sampled_from([*HOSTILE, "kata", "AND", " "]), st.text(max_size=3))
queries = st.one_of(texts, st.lists(pieces).map("".join))


@given(queries)
def test_words_are_few_short_different_and_only_letters_and_digits(query: str) -> None:
    words = search_words(query)
    assert len(words) <= MAX_WORDS
    assert len(set(words)) == len(words)
    for word in words:
        assert 1 <= len(word) <= 40
        assert all(unicodedata.category(c)[0] == "L" or c.isdecimal() for c in word)


@given(queries)
def test_the_words_of_words_are_the_same(query: str) -> None:
    words = search_words(query)
    assert search_words(" ".join(words)) == words


@given(st.lists(st.sampled_from(["domain", "kafe", "inv2026", "é"]), max_size=5), st.sampled_from(HOSTILE))
def test_whatever_stands_between_words_parts_them(words: list[str], sign: str) -> None:
    assert search_words(sign.join(words)) == search_words(" ".join(words))
    assert search_words(sign + f"{sign} ".join(words) + sign) == search_words(" ".join(words))


@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_case_and_the_form_of_accents_do_not_matter(query: str) -> None:
    words = search_words(query)
    assert search_words(unicodedata.normalize("NFD", query)) == words
    assert search_words(unicodedata.normalize("NFC", query)) == words
    assert search_words(query.lower()) == words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Tokobatik.ID", ["tokobatik", "id"]),
        ("CAFÉ cafe\u0301 Café", ["cafe"]),
        ("İzmir", ["izmir"]),
        ("Straße", ["straße"]),
        ("Nguyễn Ơ", ["nguyen", "ơ"]),
        ("한국 Ёлка", ["한국", "ёлка"]),
        ("٣ kali", ["٣", "kali"]),
        ("½ x² ①", ["x"]),
        ("👍🏽 oke", ["oke"]),
        ("a OR b NOT c", ["a", "or", "b", "not", "c"]),
        ("\u200b\u00a0", []),
    ],
)
def test_some_words(query: str, words: list[str]) -> None:
    assert search_words(query) == words


def test_very_long_queries_are_cut() -> None:
    assert search_words("x" * 10**6) == ["x" * 40]
    assert search_words("\0" * 10**6 + "kata") == []
    assert search_words(" ".join(map(str, range(10**5)))) == [str(n) for n in range(MAX_WORDS)]
