"""`helpdesk data check` and the learning curve, on a small made-up set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.data import as_json, check, describe
from bot.commands.learning_curve import SHARES, describe_curves, learning_curves
from bot.errors import CatalogueError
from bot.helpdesk.scoring import Labelled
from bot.reports.learning_curve import draw_curves
from bot.services.knowledge import ROOT

_SENTENCES = {
    "cara_bayar": ["bisa bayar pakai qris", "bayar lewat transfer bank", "cara bayar tagihan", "bayar pakai kartu"],
    "kasus_layanan": ["situs saya mati", "web tidak bisa dibuka", "hosting saya down", "situs saya error 500"],
    "salam": ["halo kakak", "selamat pagi", "halo admin", "permisi kakak"],
}


@pytest.fixture(name="root")
def _root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with few sentences; the embedding cache lies beside it."""
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path / "home"))
    root = tmp_path / "project"
    (root / "data/nlu").mkdir(parents=True)
    for name in ("domain.yml", "data/catalogue.yml", "data/policy"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    for intent, sentences in _SENTENCES.items():
        write(root, intent, sentences)
    return root


def write(root: Path, intent: str, sentences: list[str]) -> None:
    body = "".join(f"    - {sentence}\n" for sentence in sentences)
    (root / f"data/nlu/{intent}.yml").write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{body}", encoding="utf-8")


@pytest.fixture(name="evaluation")
def _evaluation(tmp_path: Path) -> Path:
    file = tmp_path / "set.jsonl"
    file.write_text('{"text": "apakah domain bisa dipindahkan"}\n', encoding="utf-8")
    return file


def test_sound_data_with_advice(root: Path, evaluation: Path) -> None:
    report = check(root, [evaluation], cross_validate=False)
    assert report.is_sound
    assert (report.sentences, report.intents, report.cross_validation) == (12, 3, None)
    assert ("cara_bayar", 4) in {(topic.intent, topic.sentences) for topic in report.thin_topics}
    assert describe(report).endswith("\nsound")


def test_a_sentence_in_two_intents_is_named_with_both_places(root: Path, evaluation: Path) -> None:
    write(root, "pamit", ["sampai jumpa", "Halo Admin!"])
    report = check(root, [evaluation], cross_validate=False)
    assert not report.is_sound
    text = describe(report)
    assert "data/nlu/pamit.yml:5 (pamit)  Halo Admin!" in text
    assert "data/nlu/salam.yml:6 (salam)  halo admin" in text
    assert text.endswith("NOT SOUND: mend what is marked MEND")


def test_twice_in_one_intent_is_advice(root: Path, evaluation: Path) -> None:
    write(root, "salam", ["halo kakak", "halo, kakak"])
    report = check(root, [evaluation], cross_validate=False)
    assert report.is_sound
    assert "the same sentence twice in one intent: 1" in describe(report)


def test_a_leak_is_named_with_both_places(root: Path, evaluation: Path) -> None:
    write(root, "migrasi", ["Domain apakah bisa dipindahkan", "apakah domain bisa dipindahkan?"])
    report = check(root, [evaluation], cross_validate=False)
    assert not report.is_sound
    assert "  exact  data/nlu/migrasi.yml:5 (migrasi)" in describe(report)
    assert f"{evaluation}:1" in describe(report)


@pytest.mark.slow
def test_the_report_with_cross_validation_is_json(root: Path, evaluation: Path) -> None:
    report = check(root, [evaluation])
    plain = json.loads(json.dumps(as_json(report)))
    assert plain["sound"] is True
    assert set(plain["cross_validation"]) == {"intent", "outcome", "full", "weakest", "suspects", "worst"}
    assert "cross-validated: intent " in describe(report)


def test_cross_validation_needs_something_to_compare(root: Path, evaluation: Path) -> None:
    for intent in ("cara_bayar", "kasus_layanan"):
        (root / f"data/nlu/{intent}.yml").unlink()
    with pytest.raises(CatalogueError, match="two intents"):
        check(root, [evaluation])


def test_an_unreadable_evaluation_file_stops_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = str(tmp_path / "none.jsonl")
    assert main(["data", "check", "--no-cross-validation", "--against", missing]) == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err


@pytest.mark.slow
def test_the_learning_curve_has_its_points_and_its_picture(root: Path, tmp_path: Path) -> None:
    labelled = [Labelled("bayar qris", ("answer",), ("K5",)), Labelled("halo", ("smalltalk",), ())]
    curves = learning_curves(root, labelled, "set.jsonl")
    assert [len(points) for points in curves.values()] == [len(SHARES)] * 2
    assert [points[-1].sentences for points in curves.values()] == [12, 9]
    assert "tested on set.jsonl:" in describe_curves(curves)
    picture = tmp_path / "deep/curve.png"
    draw_curves(curves, picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
