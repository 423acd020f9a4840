"""Light stems: forms of one word meet, other words stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.stems import stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pembayaran", "bayar"),
        ("penundaan", "tunda"),
        ("menunda", "tunda"),
        ("mengirim", "kirim"),
        ("memindahkan", "pindah"),
        ("pelanggaran", "langgar"),
        ("ditolak", "tolak"),
        ("layanan", "layani"),
        ("perubahan", "ubah"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.text("abeikmnprstu", min_size=1, max_size=14))
def test_something_is_left_of_every_word(word: str) -> None:
    assert stem(word) in word
    assert len(stem(word)) >= min(3, len(word))


def test_stems_are_those_of_normal_forms_and_leave_out_short_words() -> None:
    assert stems("Pembayarannya gmn di web?") == stems("pembayaran bagaimana di web")
    assert "di" not in stems("di web")


@given(st.text())
def test_any_text_has_stems_without_blanks(text: str) -> None:
    assert all(found and not found.isspace() for found in stems(text))
