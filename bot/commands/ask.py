"""`helpdesk ask`: answers messages from standard input, without any server."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TextIO

from bot.commands.assistant import answer_each
from bot.errors import InvalidMessageError
from bot.settings import Settings


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("ask", help="answer messages from standard input")
    parser.add_argument(
        "--jsonl", action="store_true", help="one JSON object per input line, in order, instead of plain replies"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Each line is a message of its own: plain text, or a JSON object with `text`."""
    texts = list(read_texts(sys.stdin))
    for answered in answer_each(texts, Settings.from_env().home):
        if arguments.jsonl:
            print(json.dumps(answered.as_dict(), ensure_ascii=False), flush=True)
        else:
            label = f"{answered.outcome} {','.join(answered.clauses)}".strip()
            print(f"> {answered.text}\n[{label}] {answered.reply}\n", flush=True)
    return 0


def read_texts(lines: TextIO) -> Iterator[str]:
    """The messages of a stream; blank lines are none. Raises InvalidMessageError naming a line that is no message."""
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        if not line.strip():
            continue
        if not line.lstrip().startswith("{"):
            yield line
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError):
            # A customer may begin with a brace; only an object with `text` is read as JSON.
            if _is_json(line):
                raise InvalidMessageError(f"line {number}: the object has no text") from None
            yield line
            continue
        if not isinstance(text, str):
            raise InvalidMessageError(f"line {number}: text is not a string")
        yield text


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
