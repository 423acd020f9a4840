"""data/tests/kept.jsonl: kept messages, one a line, in the shape that `helpdesk evaluate` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.errors import CatalogueError, TrainingDataBrokenError
from bot.helpdesk.kept_tests import KeptMessage
from bot.helpdesk.scoring import Labelled

MESSAGE_FILE = "data/tests/kept.jsonl"


@dataclass(frozen=True)
class _Line:
    raw: str
    message: KeptMessage | None


def messages_of(content: str) -> list[KeptMessage]:
    """In the order of the file. Raises TrainingDataBrokenError naming the line that cannot be read."""
    return [line.message for line in _lines(content) if line.message]


def with_message(content: str, message: KeptMessage) -> str:
    """`content` with `message` behind all others, or in place of the one of the same text. Other lines stay."""
    lines = _lines(content)
    if not any(line.message and line.message.text == message.text for line in lines):
        lines.append(_Line("", message))
    return "".join(
        f"{_row(message) if line.message and line.message.text == message.text else line.raw}\n" for line in lines
    )


def without_message(content: str, message_id: str) -> str:
    """`content` without the message of this id; as it is where there is none."""
    return "".join(f"{line.raw}\n" for line in _lines(content) if line.message is None or line.message.id != message_id)


def _row(message: KeptMessage) -> str:
    row = {"text": message.text, "outcome": list(message.outcomes), "clauses": list(message.clauses)}
    return json.dumps(row, ensure_ascii=False)


def _lines(content: str) -> list[_Line]:
    """Not splitlines: messages may hold other line separators."""
    lines = [line.removesuffix("\r") for line in content.split("\n")]
    if lines and not lines[-1]:
        lines.pop()
    return [_Line(line, _parsed(line, number)) for number, line in enumerate(lines, start=1)]


def _parsed(line: str, number: int) -> KeptMessage | None:
    if not line.strip():
        return None
    try:
        labelled = Labelled.parse(json.loads(line), number)
    except (ValueError, RecursionError) as error:
        raise TrainingDataBrokenError(file=MESSAGE_FILE, line=number, problem="Baris ini bukan JSON.") from error
    except CatalogueError as error:
        raise TrainingDataBrokenError(
            file=MESSAGE_FILE, line=number, problem="Baris ini tidak berisi text, outcome, dan clauses."
        ) from error
    return KeptMessage(labelled.text, labelled.outcomes, labelled.clauses)
