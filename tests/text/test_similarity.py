"""Near-copies of sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.similarity import is_telling, near_copies, same_words_key, shingles

_SENTENCES = st.lists(st.text("abu ", max_size=12) | st.sampled_from(["bayar hosting", "bayar hostingnya", "🙏"]))


@given(_SENTENCES, _SENTENCES, st.sampled_from([0.3, 0.6, 0.7, 1.0]))
def test_no_pair_is_missed_and_none_is_invented(left: list[str], right: list[str], threshold: float) -> None:
    wanted = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            a, b = shingles(one), shingles(other)
            if (similarity := len(a & b) / len(a | b)) >= threshold:
                wanted.append((i, j, similarity))
    assert [(c.left, c.right, c.similarity) for c in near_copies(left, right, threshold)] == wanted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bisa bayar, Kak?", "bisa bayar kak", True),
        ("bisa  bayar", "bisa bayar", True),
        ("gak bisa", "tidak bisa", False),
        ("???", "...", False),
        ("🙏", "🙏 ", True),
    ],
)
def test_the_same_words_are_the_same_sentence(one: str, other: str, same: bool) -> None:
    assert (same_words_key(one) == same_words_key(other)) is same


def test_everybodys_words_tell_nothing() -> None:
    assert not is_telling("halo kak!!")
    assert is_telling("makasih kak sudah dibantu")
