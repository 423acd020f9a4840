"""What the kept tests came to when they were last run: a file in the home."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.helpdesk.kept_tests import Actual, KeptMessage, KeptTurn, is_right
from bot.services.kept_tests.reading import KeptTests


@dataclass(frozen=True)
class TurnResult:
    """What a turn came to, judged by what is expected of it today."""

    right: bool
    actual: Actual


@dataclass(frozen=True)
class KeptResults:
    """Of the tests that have not been changed since they were run, by id; `version` is that of the model, if known."""

    version: int | None
    at: datetime
    messages: Mapping[str, TurnResult]
    conversations: Mapping[str, tuple[TurnResult, ...]]


class ResultFile:
    """The newest results; `raw` is what `helpdesk tests --json` prints last."""

    def __init__(self, home: Path) -> None:
        self._path = home / "kept-tests.json"

    def keep(self, raw: Mapping[str, Any], version: int | None, now: datetime) -> None:
        """In place of the former ones, as a whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
        content = json.dumps({"version": version, "at": now.isoformat(), **raw}, ensure_ascii=False)
        temporary.write_text(content, encoding="utf-8")
        temporary.replace(self._path)

    def read(self, kept: KeptTests) -> KeptResults | None:
        """None where nothing was run yet, or it cannot be read: then the tests are to be run again."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return _results(data, kept)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


def _results(data: Mapping[str, Any], kept: KeptTests) -> KeptResults:
    messages = {row["id"]: row for row in data["messages"]}
    conversations = {row["id"]: row["turns"] for row in data["conversations"]}
    judged = {}
    for conversation in kept.conversations:
        turns = conversations.get(conversation.id, [])
        if [row["text"] for row in turns] == [turn.text for turn in conversation.turns]:
            judged[conversation.id] = tuple(_judged(turn, row) for turn, row in zip(conversation.turns, turns))
    return KeptResults(
        data["version"],
        datetime.fromisoformat(data["at"]),
        {message.id: _judged(message, messages[message.id]) for message in kept.messages if message.id in messages},
        judged,
    )


def _judged(expected: KeptMessage | KeptTurn, row: Mapping[str, Any]) -> TurnResult:
    found = row["actual"]
    actual = Actual(found["outcome"], tuple(found["clauses"]), found["intent"])
    return TurnResult(is_right(expected, actual), actual)
