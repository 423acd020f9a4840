"""The cache of training embeddings."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.embedding_cache import default_cache_path, encode_cached
from bot.nlu.encoder import Vectors


class CountingEncoder:
    """A stand-in for the sentence encoder: the vector is made of the text's length; remembers what it was given."""

    def __init__(self, name: str = "counting", dimension: int = 3) -> None:
        self.name = name
        self.dimension = dimension
        self.seen: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.seen += texts
        return np.array([[len(text) + i for i in range(self.dimension)] for text in texts], dtype=np.float32)


def test_only_new_texts_are_encoded_and_order_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "cache.sqlite"
    encoder = CountingEncoder()
    first = encode_cached(encoder, ["a", "bbb", "a"], path)
    second = encode_cached(encoder, ["bbb", "cc", "a"], path)
    assert encoder.seen == ["a", "bbb", "cc"]
    assert first[:, 0].tolist() == [1, 3, 1]
    assert second[:, 0].tolist() == [3, 2, 1]


def test_no_texts_give_no_vectors(tmp_path: Path) -> None:
    assert encode_cached(CountingEncoder(), [], tmp_path / "cache.sqlite").shape == (0, 3)


def test_another_encoder_has_its_own_vectors(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    encode_cached(CountingEncoder("one"), ["a"], path)
    other = CountingEncoder("two")
    encode_cached(other, ["a"], path)
    assert other.seen == ["a"]


def test_more_texts_than_one_lookup_takes(tmp_path: Path) -> None:
    texts = ["x" * n for n in range(1_203)]
    vectors = encode_cached(CountingEncoder(), texts, tmp_path / "cache.sqlite")
    again = CountingEncoder()
    assert (encode_cached(again, texts, tmp_path / "cache.sqlite") == vectors).all()
    assert vectors[:, 0].tolist() == list(range(1_203))
    assert again.seen == []


def test_texts_that_utf_8_cannot_hold_are_told_apart(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    encode_cached(encoder, ["a\ud83d", "a?"], tmp_path / "cache.sqlite")
    assert encoder.seen == ["a\ud83d", "a?"]


def test_a_damaged_file_is_made_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(b"no database at all" * 100)
    assert encode_cached(CountingEncoder(), ["ab"], path)[:, 0].tolist() == [2]
    assert "made anew" in caplog.text


def test_a_damaged_vector_is_encoded_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    encode_cached(CountingEncoder(), ["ab"], path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE embedding SET vector = x'0000'")
    connection.close()
    encoder = CountingEncoder()
    for _ in range(2):
        assert encode_cached(encoder, ["ab"], path)[:, 0].tolist() == [2]
    assert encoder.seen == ["ab"]


def test_the_cache_lies_under_the_home_of_the_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path))
    assert default_cache_path() == tmp_path / "cache" / "embeddings.sqlite"
