"""Reading labelled messages, and the threshold that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import CatalogueError
from bot.services.labelled_messages import read_labelled
from bot.services.training_data import fallback_threshold


def test_messages_carry_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(
        '{"text": "a\u2028b", "outcome": ["answer", "handoff"], "clauses": ["K4"], "register": "gaul"}\n\n'
        '{"text": "c", "outcome": ["smalltalk"]}\n',
        encoding="utf-8",
    )
    first, second = read_labelled(file)
    assert (first.text, first.outcomes, first.clauses) == ("a\u2028b", ("answer", "handoff"), ("K4",))
    assert (first.register, first.line) == ("gaul", 1)
    assert (second.outcomes, second.clauses, second.register, second.line) == (("smalltalk",), (), "", 3)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: expected an object"),
        ('{"text": "a"}', "line 2: no outcome"),
        ('{"text": "a", "outcome": ["entah"]}', "line 2: unknown outcome entah"),
        ('{"text": "a", "outcome": "answer"}', "line 2: outcome is not a list"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_file(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(f'{{"text": "a", "outcome": ["answer"]}}\n{line}\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"set\.jsonl, {problem}"):
        read_labelled(file)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe{"])
def test_a_file_without_readable_messages_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "set.jsonl"
    file.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"set\.jsonl (holds no messages|cannot be read)"):
        read_labelled(file)


def test_the_shipped_threshold_is_that_of_the_fallback(tmp_path: Path) -> None:
    assert 0 < fallback_threshold() < 1
    (tmp_path / "config.yml").write_text("pipeline:\n- name: a.IndonesianFallback\n  threshold: 0.4\n")
    assert fallback_threshold(tmp_path) == 0.4
    (tmp_path / "config.yml").write_text("pipeline:\n- name: a.IndonesianTokenizer\n")
    with pytest.raises(CatalogueError, match="no IndonesianFallback"):
        fallback_threshold(tmp_path)
