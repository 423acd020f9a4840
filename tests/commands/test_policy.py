"""`helpdesk policy`: what the operator reads, and what is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli import main
from tests.policy_documents import NEW_RIGHT, document, inserted, known_wording, with_new_clauses


@pytest.fixture(name="home", autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write(tmp_path: Path, wording: Mapping[str, str]) -> str:
    file = tmp_path / "document.txt"
    file.write_text(document(wording), encoding="utf-8")
    return str(file)


def run(capsys: pytest.CaptureFixture[str], *arguments: str, expected: int = 0) -> str:
    assert main(["policy", *arguments]) == expected
    said = capsys.readouterr()
    return said.out if expected < 2 else said.err


def test_an_import_names_new_clauses_and_what_that_means(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "import", write(tmp_path, with_new_clauses()))
    assert json.loads((home / "policy.json").read_text(encoding="utf-8")) == with_new_clauses()
    assert [line.split(":")[0] for line in said.splitlines()] == ["NEW K10", "NEW H18", "29 clauses imported"]
    assert "pasal_baru" in said


def test_the_first_import_of_the_policy_of_today_says_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "import", write(tmp_path, known_wording())) == "27 clauses imported\n"


def test_new_clauses_are_marked_where_they_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", write(tmp_path, with_new_clauses()))
    lines = run(capsys, "show").splitlines()
    assert len(lines) == 29
    assert [line.split(" ")[0] for line in lines if " (NEW: " in line] == ["K10", "H18"]
    assert run(capsys, "show", "H18") == f"H18 (NEW: answered by search, not trained): {NEW_RIGHT}\n"
    assert run(capsys, "show", "H13").startswith("H13: ")
    assert "has no H19" in run(capsys, "show", "H19", expected=2)


def test_a_renumbered_document_is_called_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", write(tmp_path, known_wording()))
    said = run(capsys, "diff", write(tmp_path, inserted(16)), expected=1)
    assert "NEW" not in said
    assert "MOVED H18: this is H17 of the catalogue, not a new clause" in said
    assert "REPLACED H16" in said
    # The same is said when there is nothing to compare with any more.
    run(capsys, "import", write(tmp_path, inserted(16)))
    assert "MOVED H18" in run(capsys, "import", write(tmp_path, inserted(16)))
    shown = run(capsys, "show")
    assert "H18 (MOVED: H17 of the catalogue)" in shown
    assert "H16 (REPLACED" in shown


def test_a_changed_clause_is_shown_word_by_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", write(tmp_path, known_wording()))
    changed = write(tmp_path, {**known_wording(), "H13": f"{known_wording()['H13']} Titik."})
    said = run(capsys, "diff", changed, expected=1)
    assert "{+Titik.+}" in said
    assert "CHANGED H13: some of the wording" in said
    assert run(capsys, "diff", write(tmp_path, known_wording())) == "No difference.\n"


@pytest.mark.parametrize("content", ["", "{", '{"H1": 5}'])
def test_a_damaged_import_is_said_and_mended_by_importing_again(
    content: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "policy.json").write_text(content, encoding="utf-8")
    assert "import it again" in run(capsys, "show", expected=2)
    run(capsys, "import", write(tmp_path, known_wording()))
    assert len(run(capsys, "show").splitlines()) == 27


def test_without_an_import_there_is_nothing_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no policy is imported yet" in run(capsys, "show", expected=2)
