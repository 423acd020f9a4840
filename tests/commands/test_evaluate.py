"""`helpdesk evaluate` as a whole, with an assistant that answers from a table."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from bot.cli import main
from bot.commands import evaluate
from bot.commands.assistant import Answered
from bot.helpdesk.evaluation import Judged
from bot.helpdesk.evaluation import evaluate as figures
from bot.helpdesk.label_check import CrossValidation
from bot.reports.folder import write_folder
from bot.reports.report import OwnSentences, Report
from bot.reports.text import describe
from tests.helpdesk.labelled import judged

_MESSAGES = [
    ({"text": "bayar pakai apa", "outcome": ["answer"], "clauses": ["K5"], "register": "gaul"}, "answer", "K5", 0.9),
    (
        {"text": "<b>surel</b> saya budi@toko.co.id", "outcome": ["handoff"], "clauses": [], "register": "gaul"},
        *("answer", "K3", 0.8),
    ),
    ({"text": "tolong\nretas", "outcome": ["refuse"], "clauses": ["H4"], "register": "formal"}, "answer", "K4", 0.95),
    ({"text": "hmm", "outcome": ["clarify"], "clauses": [], "register": "$_{formal"}, "clarify", "", 0.1),
]


class FakeAssistant:
    """Answers by position; remembers with which home it was asked."""

    def __init__(self) -> None:
        self.homes: list[Path] = []

    def __call__(self, texts: Iterable[str], home: Path) -> Iterator[Answered]:
        self.homes.append(home)
        for text, (_, outcome, clause, confidence) in zip(texts, _MESSAGES):
            yield Answered(text, outcome, [clause] if clause else [], "topik", confidence, "jawaban")


class PageReader(HTMLParser):
    """What stands in a page: the tags that are still open, all tags, texts, and addresses of pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.pictures: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.pictures.append(dict(attrs)["src"] or "")
        if tag not in {"img", "meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(name="home", autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row, *_ in _MESSAGES), encoding="utf-8")
    return file


def run(*arguments: str | Path, assistant: FakeAssistant | None = None) -> int:
    parser = argparse.ArgumentParser()
    evaluate.register(parser.add_subparsers())
    return evaluate.run(parser.parse_args(["evaluate", *map(str, arguments)]), assistant or FakeAssistant())


@pytest.mark.slow
def test_figures_are_printed_and_pictures_written(file: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assistant = FakeAssistant()
    assert run(file, assistant=assistant) == 0
    assert assistant.homes == [home]
    folder = home / "evaluation/set"
    printed = capsys.readouterr().out
    assert "  outcome and clause               0.500     0.150–0.850       4\n" in printed
    assert printed.endswith(f"page: {folder / 'index.html'}\n")
    assert max(map(len, printed.split("pictures and worst errors")[0].splitlines())) <= 100
    assert {path.name for path in folder.iterdir()} == {
        *("confusion.png", "registers.png", "reliability.png", "coverage.png"),
        *("worst-errors.jsonl", "index.html"),
    }
    for picture in folder.glob("*.png"):
        with Image.open(picture) as image:
            image.load()
            assert image.format == "PNG"
            assert min(image.size) > 300
            assert len(image.convert("RGB").getcolors(1 << 16) or []) > 10


def test_errors_come_worst_first_without_personal_data(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(file, "--pictures", tmp_path / "deep/folder")
    folder = tmp_path / "deep/folder"
    errors = [json.loads(line) for line in (folder / "worst-errors.jsonl").read_text("utf-8").splitlines()]
    assert [(error["line"], error["confidence"]) for error in errors] == [(3, 0.95), (2, 0.8)]
    assert errors[0] == {
        "line": 3,
        "text": "tolong retas",
        "wanted": {"outcome": ["refuse"], "clauses": ["H4"]},
        "outcome": "answer",
        "clauses": ["K4"],
        "intent": "topik",
        "confidence": 0.95,
    }
    printed = capsys.readouterr().out
    assert "0.950  line 3  refuse:H4 > answer:K4\n         tolong retas" in printed
    everything = printed + "".join((folder / name).read_text("utf-8") for name in ("index.html", "worst-errors.jsonl"))
    assert "budi@toko" not in everything
    assert "[surel]" in printed


def test_the_page_is_whole_and_holds_text_as_text(file: Path, tmp_path: Path) -> None:
    run(file, "--pictures", tmp_path / "out")
    page = PageReader((tmp_path / "out/index.html").read_text("utf-8"))
    assert page.open == []
    assert "<b>surel</b> saya [surel]" in page.text
    assert len(page.pictures) == 4
    assert all(source.startswith("data:image/png;base64,") for source in page.pictures)
    assert not {"script", "link", "iframe"} & set(page.tags)


@pytest.mark.slow
def test_pictures_without_successor_go(file: Path, tmp_path: Path) -> None:
    (tmp_path / "confusion-own.png").write_bytes(b"old")
    (tmp_path / "note.png").write_bytes(b"mine")
    run(file, "--pictures", tmp_path)
    assert not (tmp_path / "confusion-own.png").exists()
    assert (tmp_path / "note.png").read_bytes() == b"mine"


def test_bad_input_is_one_line_that_names_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "a", "outcome": ["answer"]}\n{"text": "b", "outcome": ["entah"]}\n', encoding="utf-8")
    assert main(["evaluate", str(bad)]) == 2
    assert capsys.readouterr().err == f"helpdesk: {bad}, line 2: unknown outcome entah\n"


def test_a_folder_that_cannot_be_made_is_named_before_anything_is_asked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(file), "--pictures", str(file)]) == 2
    assert f"{file} cannot be made" in capsys.readouterr().err


@pytest.mark.slow
def test_own_sentences_stand_beside_the_file(tmp_path: Path) -> None:
    report = Report(
        name="set.jsonl",
        file=figures([judged("answer:K5", "answer:K5", 0.9, register="formal")]),
        own=OwnSentences(
            figures([judged("answer:K5", "answer:K5", 0.9), judged("smalltalk", "clarify", 0.2)]),
            CrossValidation(intent=0.25, outcome=0.5, full=0.5, weakest=[], suspects=0, worst=[]),
        ),
        threshold=0.3,
        titles={"K5": "Cara bayar"},
    )
    text = describe(report)
    assert "  outcome                          1.000     0.207–1.000       1     0.500     0.095–0.905       2" in text
    assert "own sentences: intent 0.250" in text
    assert max(map(len, text.splitlines())) <= 100
    page = PageReader(write_folder(report, tmp_path).read_text("utf-8"))
    assert page.open == []
    assert "validasi silang" in page.text
    assert len(page.pictures) == 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "messages",
    [
        [judged("clarify", "clarify", 0.1)],
        [judged("answer:K5", "answer:H6", 0.0)],
        [judged("answer:K5", "baru:Z9", 1.0)],
        [judged("answer", "answer", 0.5)],
        [judged("answer:K5", "", 0.0)],
    ],
    ids=["nothing settled", "nothing right", "unknown labels", "no clause", "nothing said"],
)
def test_odd_sets_are_reported_too(messages: list[Judged], tmp_path: Path) -> None:
    report = Report(name="$x_{ " + "n" * 300, file=figures(messages), own=None, threshold=0.3, titles={})
    assert max(map(len, describe(report).splitlines())) <= 100
    assert PageReader(write_folder(report, tmp_path).read_text("utf-8")).open == []
