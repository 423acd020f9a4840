"""Reading the training data: sentences with their lines, evaluation messages, what each intent is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import CatalogueError
from bot.helpdesk.scoring import Predicted
from bot.services.training_data import answers_by_intent, read_evaluation_messages, read_training_sentences

_FILE = """version: "3.1"

# a note
nlu:
- intent: salam
  examples: |
    - halo

    - hai kak: apa kabar
- synonym: web
  examples: |
    - situs
- intent: pamit
  examples: |

    -   dadah
"""


def write(root: Path, text: str, name: str = "a.yml") -> Path:
    """A file of training data below `root`."""
    file = root / "data/nlu" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_sentences_carry_their_lines(tmp_path: Path) -> None:
    lines = write(tmp_path, _FILE).read_text(encoding="utf-8").split("\n")
    found = read_training_sentences(tmp_path)
    assert [(s.text, s.intent, s.place) for s in found] == [
        ("halo", "salam", "data/nlu/a.yml:7"),
        ("hai kak: apa kabar", "salam", "data/nlu/a.yml:9"),
        ("dadah", "pamit", "data/nlu/a.yml:16"),
    ]
    assert all(s.text in lines[s.line - 1] for s in found)


def test_files_come_in_order_from_folders_as_well(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml", "deep/c.yml"):
        write(tmp_path, f"nlu:\n- intent: x\n  examples: |\n    - {name}\n", name)
    write(tmp_path, "no training data", "note.txt")
    assert [s.text for s in read_training_sentences(tmp_path)] == ["a.yaml", "b.yml", "deep/c.yml"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nlu:\n- intent: x\n  examples: |\n    - a\n    b\n", "data/nlu/a.yml:5: a sentence does not begin"),
        ("nlu:\n- intent: x\n  examples:\n  - text: a\n", "examples of x are not a block"),
        ("nlu:\n- intent: x\n", "examples of x are not a block"),
        ("version: '3.1'\n", "has no list `nlu`"),
        ("nlu: [", "data/nlu/a.yml cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path, text)
    with pytest.raises(CatalogueError, match=problem):
        read_training_sentences(tmp_path)


def test_evaluation_messages_carry_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"text": "a\u2028b"}\n\n{"text": "c", "outcome": ["answer"]}\n', encoding="utf-8")
    assert [(m.text, m.line) for m in read_evaluation_messages(file)] == [("a\u2028b", 1), ("c", 3)]


@pytest.mark.parametrize("line", ["{", "[]", '{"outcome": []}', "7"])
def test_a_line_that_is_no_message_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(f'{{"text": "a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"set\.jsonl:2: not a JSON object"):
        read_evaluation_messages(file)
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_evaluation_messages(tmp_path / "none.jsonl")


def test_each_intent_has_its_answer() -> None:
    answers = answers_by_intent()
    assert answers["tunda_bayar"] == Predicted("answer", ("H13",))
    assert answers["info_layanan"] == Predicted("answer", ("K1",))
    assert answers["di_luar_teknis"] == Predicted("refuse", ("H4",))
    assert answers["tidak_jelas"] == answers["nlu_fallback"] == Predicted("clarify", ())
