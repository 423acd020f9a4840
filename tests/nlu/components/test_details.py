"""Messages that name a thing: a detail of what was said before, or a request of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.details import IndonesianDetailsClassifier
from tests.nlu.components.pipeline import Pipeline, create

pytestmark = pytest.mark.rasa


def _read(folder: Path, text: str, guess: str, confidence: float) -> Message:
    intent = {"name": guess, "confidence": confidence}
    message = Message({TEXT: text, INTENT: intent, INTENT_RANKING_KEY: [intent]})
    [read] = create(IndonesianDetailsClassifier, folder, unclear=["salam"]).process([message])
    return read


@pytest.mark.parametrize(
    ("text", "guess", "confidence"),
    [
        # Nothing but the thing, whatever it resembles.
        ("tokobudi.com", "kasus_layanan", 1.0),
        # Words that may mean anything.
        ("yg tokobudi.com kak", "info_layanan", 0.4),
        # A topic that says nothing of what is wanted.
        ("pagi, tokobudi.com", "salam", 1.0),
    ],
)
def test_a_thing_is_a_detail(tmp_path: Path, text: str, guess: str, confidence: float) -> None:
    read = _read(tmp_path, text, guess, confidence)
    assert read.get(INTENT)["name"] == "beri_rincian"
    assert [r["name"] for r in read.get(INTENT_RANKING_KEY)] == ["beri_rincian", guess]


@pytest.mark.parametrize("text", ["tokobudi.com mati dari subuh", "tokobudi.com?", "web saya mati"])
def test_what_is_surely_wanted_stands(tmp_path: Path, text: str) -> None:
    read = _read(tmp_path, text, "kasus_layanan", 0.9)
    assert read.get(INTENT) == {"name": "kasus_layanan", "confidence": 0.9}
    assert read.get(INTENT_RANKING_KEY) == [read.get(INTENT)]


def test_without_a_guess_a_thing_is_a_detail(tmp_path: Path) -> None:
    [read] = create(IndonesianDetailsClassifier, tmp_path).process([Message({TEXT: "domainnya tokobudi.com"})])
    assert read.get(INTENT) == {"name": "beri_rincian", "confidence": 1.0}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kedaimelati.com error 500 terus", "kasus_layanan"),
        ("INV-2024-0031", "beri_rincian"),
    ],
)
def test_the_whole_pipeline_tells_them_apart(pipeline: Pipeline, text: str, intent: str) -> None:
    assert pipeline.intent(text) == intent
