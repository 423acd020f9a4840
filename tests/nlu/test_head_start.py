"""The head start of a training: what is encoded while Rasa is being loaded."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from bot.errors import EncoderError
from bot.nlu import head_start
from bot.nlu.embedding_cache import default_cache_path, encode_ahead, encode_cached
from bot.nlu.encoder import Vectors
from bot.nlu.head_start import likely_sentences

_NLU = """version: "3.1"
nlu:
- intent: salam
  examples: |
    - halo kak
    - permisi: mau tanya
- intent: migrasi
  examples: |
    - bisa pindah ke sini?
"""


class _Encoder:
    """A stand-in that remembers what it was given, and may set an event with each batch."""

    name = "stand-in"
    dimension = 2

    def __init__(self, after_a_batch: threading.Event | None = None) -> None:
        self.seen: list[str] = []
        self._after_a_batch = after_a_batch

    def encode(self, texts: list[str]) -> Vectors:
        self.seen += texts
        if self._after_a_batch:
            self._after_a_batch.set()
        return np.ones((len(texts), self.dimension), dtype=np.float32)


@pytest.fixture(name="data")
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HELPDESK_ENCODER_URL", raising=False)
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "a.yml").write_text(_NLU, encoding="utf-8")
    rules = "rules:\n- rule: salam\n  steps:\n  - intent: salam\n  - action: utter_salam\n"
    (tmp_path / "data" / "rules.yml").write_text(rules, encoding="utf-8")
    return tmp_path / "data"


def _wait_for(name: str) -> None:
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(20)


def test_only_sentences_are_found(data: Path) -> None:
    expected = ["halo kak", "permisi: mau tanya", "bisa pindah ke sini?"]
    assert likely_sentences([str(data)]) == expected
    assert likely_sentences([str(data / "rules.yml"), str(data / "nlu" / "a.yml")]) == expected


def test_the_training_finds_the_vectors_in_the_cache(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = _Encoder()
    monkeypatch.setattr(head_start, "default_encoder", lambda: encoder)
    with head_start.head_start([str(data)]):
        _wait_for("head start")
        encode_cached(encoder, ["halo kak", "halo mas"], default_cache_path())
    assert encoder.seen == ["halo kak", "permisi: mau tanya", "bisa pindah ke sini?", "halo mas"]


def test_an_endpoint_is_left_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_ENCODER_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HELPDESK_ENCODER_MODEL", "m")
    with head_start.head_start([str(data)]):
        assert "head start" not in {thread.name for thread in threading.enumerate()}
    assert not default_cache_path().exists()


def test_faults_are_left_to_the_training(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> _Encoder:
        raise EncoderError("no model")

    monkeypatch.setattr(head_start, "default_encoder", broken)
    with head_start.head_start([str(data), "no/such/file.yml"]):
        _wait_for("head start")


def test_a_training_that_fails_waits_for_no_more_than_a_batch(tmp_path: Path) -> None:
    stop = threading.Event()
    encoder = _Encoder(after_a_batch=stop)
    texts = [str(number) for number in range(9_000)]
    encode_ahead(encoder, texts, tmp_path / "cache.sqlite", stop)
    first = len(encoder.seen)
    assert 0 < first < len(texts)
    # What it did is kept.
    encode_cached(encoder, texts, tmp_path / "cache.sqlite")
    assert len(encoder.seen) == len(texts)
