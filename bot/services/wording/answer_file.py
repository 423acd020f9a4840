"""The fixed answers of domain.yml, and one's text put in place of another: all else stays byte for byte."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import TrainingDataBrokenError
from bot.helpdesk.conversation import Button

ANSWER_FILE = "domain.yml"
_SENTENCE_END = re.compile(r"(?<=[.!?…”\"]) (?=[A-Z0-9“\"(])")
_SHORT = 120


@dataclass(frozen=True)
class Variant:
    """One way to say an answer; `clauses` are those that it carries."""

    text: str
    buttons: tuple[Button, ...]
    outcome: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class FixedAnswer:
    """A response of domain.yml, such as utter_salam; the bot picks one of the variants."""

    name: str
    variants: tuple[Variant, ...]

    @property
    def intent(self) -> str:
        """What it answers."""
        return self.name.removeprefix("utter_")

    @property
    def revision(self) -> str:
        """Another one for another text, button or clause."""
        shown = [[v.text, [[b.title, b.payload] for b in v.buttons], v.outcome, v.clauses] for v in self.variants]
        return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:12]

    @property
    def clauses(self) -> tuple[str, ...]:
        """Of all variants."""
        return tuple(dict.fromkeys(clause for variant in self.variants for clause in variant.clauses))


def answers_of(content: str) -> list[FixedAnswer]:
    """In the order of the file. Raises TrainingDataBrokenError."""
    return _answers(_load(content, kind="safe"))


def with_text(content: str, name: str, number: int, text: str) -> str:
    """`content` with another text of variant `number` (from 0) of answer `name`, and nothing else changed.

    Raises TrainingDataBrokenError where the file is written so that this cannot be done.
    """
    data = _load(content, kind="rt")
    place = data["responses"][name][number]
    if not isinstance(place, CommentedMap):
        raise _broken(None, "Jawaban ini ditulis dengan cara yang tidak dapat diubah dari sini.")
    line, column = place.lc.key("text")
    lines = content.split("\n")
    head = lines[line][: lines[line].index("text:", column)] if "text:" in lines[line] else ""
    end = _end_of_value(lines, line, column)
    ending = "\r" if lines[line].endswith("\r") else ""
    was_plain = end == line + 1 and not re.search(r"text:\s*[|>]", lines[line])
    new = [f"{part}{ending}" for part in _written(text, head, column, plain=was_plain)]
    changed = "\n".join([*lines[:line], *new, *lines[end:]])
    expected = _load(content, kind="safe")
    expected["responses"][name][number]["text"] = text
    if not _is(changed, expected):
        raise _broken(line + 1, "Jawaban ini ditulis dengan cara yang tidak dapat diubah dari sini.")
    return changed


def _end_of_value(lines: list[str], start: int, column: int) -> int:
    """Behind the lines of the value that begins in line `start`: deeper ones, without the blank ones at the end."""
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" ")) > column):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return end


def _written(text: str, head: str, column: int, *, plain: bool) -> list[str]:
    """Folded, one sentence a line; on the key's own line where the text before was and this one can be."""
    if plain and "\n" not in text and len(text) <= _SHORT and _is_plain(text):
        return [f"{head}text: {text}"]
    indent = " " * (column + 2)
    paragraphs = [[indent + sentence for sentence in _SENTENCE_END.split(part)] for part in text.split("\n")]
    lines = [f"{head}text: >-", *paragraphs[0]]
    for paragraph in paragraphs[1:]:
        # Folding takes one line break away.
        lines += [""] if paragraph == [indent] else ["", *paragraph]
    return lines


def _is_plain(text: str) -> bool:
    try:
        return bool(YAML(typ="safe").load(f"text: {text}") == {"text": text})
    except YAMLError:
        return False


def _is(content: str, expected: object) -> bool:
    try:
        return bool(_load(content, kind="safe") == expected)
    except TrainingDataBrokenError:
        return False


def _load(content: str, *, kind: str) -> Any:
    try:
        data = YAML(typ=kind).load(content)
    except MarkedYAMLError as error:
        raise _broken(
            error.problem_mark.line + 1 if error.problem_mark else None, "YAML pada baris ini salah."
        ) from error
    except YAMLError as error:
        raise _broken(None, "Isi berkas ini bukan YAML.") from error
    if not isinstance(data, dict) or not isinstance(data.get("responses"), dict):
        raise _broken(None, "Berkas ini tidak memuat daftar `responses`.")
    return data


def _answers(data: Mapping[str, Any]) -> list[FixedAnswer]:
    try:
        return [
            FixedAnswer(str(name), tuple(_variant(row) for row in rows)) for name, rows in data["responses"].items()
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise _broken(None, "Sebuah jawaban tidak punya text, atau metadata dengan outcome dan clauses.") from error


def _variant(row: Mapping[str, Any]) -> Variant:
    about = row["metadata"]
    buttons = tuple(Button(str(button["title"]), str(button["payload"])) for button in row.get("buttons") or [])
    return Variant(str(row["text"]), buttons, str(about["outcome"]), tuple(map(str, about["clauses"])))


def _broken(line: int | None, problem: str) -> TrainingDataBrokenError:
    return TrainingDataBrokenError(file=ANSWER_FILE, line=line, problem=problem)
