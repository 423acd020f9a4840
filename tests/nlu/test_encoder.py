"""The bundled sentence encoder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.encoder import MAX_CHARACTERS, default_encoder


def _encode(*texts: str) -> np.ndarray:
    return default_encoder().encode(list(texts))


def test_vectors_have_length_one() -> None:
    vectors = _encode("hosting saya mati", "halo")
    assert vectors.shape == (2, default_encoder().dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_no_texts_give_no_vectors() -> None:
    assert _encode().shape == (0, default_encoder().dimension)


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    together = _encode("halo", "kapan hosting saya aktif lagi setelah dibayar lewat transfer bank kemarin sore")
    assert (together[0] == _encode("halo")[0]).all()


def test_similar_questions_are_nearer_than_others() -> None:
    first, second, other = _encode("bisa dicicil bayarnya?", "boleh bayar bertahap?", "resep rendang padang")
    assert first @ second > first @ other


def test_text_over_the_limit_is_not_read() -> None:
    text = "kapan aktif lagi? " * 60
    assert len(text) > MAX_CHARACTERS
    assert (_encode(text) == _encode(text[:MAX_CHARACTERS])).all()


@pytest.mark.parametrize("text", ["", "  ", "\x00", "\x00\x01\x02", "\ud83d", "\uffff", "\x7f"])
def test_text_without_anything_to_read_still_has_a_vector(text: str) -> None:
    assert np.isfinite(_encode(text)).all()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=120))
def test_any_text_has_a_finite_unit_vector(text: str) -> None:
    vector = _encode(text)[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-2)


def test_many_texts_shared_among_cores_get_the_vectors_that_each_gets_alone() -> None:
    texts = [f"tagihan nomor {n} kapan jatuh tempo?" for n in range(70)]
    together = _encode(*texts)
    assert all((together[n] == _encode(texts[n])[0]).all() for n in range(0, 70, 7))
