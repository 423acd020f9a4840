"""The trained assistant within a command's own process."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.kept_tests import Actual
from bot.training import newest_model, unusable_model_line


class ModelError(HelpdeskError):
    """There is no model, or it cannot be loaded."""

    code = "model_unusable"


@dataclass(frozen=True)
class Answered:
    """The first turn for a text: the fields that `helpdesk ask --jsonl` prints."""

    text: str
    outcome: str
    clauses: list[str]
    intent: str | None
    confidence: float
    reply: str

    def as_dict(self) -> dict[str, Any]:
        """In the order of the contract."""
        return dict(self.__dict__)


def answer_each(texts: Iterable[str], home: Path) -> Iterator[Answered]:
    """Answer each text as the first turn of a fresh conversation. Raises ModelError."""
    with loaded(newest_model(home)) as (assistant, loop):
        for text in texts:
            yield _answered(text, loop.run_until_complete(assistant.first_turn(text)))


def converse_each(conversations: Iterable[Sequence[str]], assistant: Any, loop: Any) -> Iterator[list[Answered]]:
    """The turns of each conversation; a text such as `/salam` is a button."""
    for texts in conversations:
        conversation = assistant.new_conversation()
        turns = []
        for number, text in enumerate(texts):
            payload = text if text.startswith("/") else None
            turn = loop.run_until_complete(assistant.next_turn(conversation, number, text, payload))
            turns.append(_answered(text, turn))
        yield turns


def actual_turns(said: Sequence[tuple[str, str | None]], assistant: Any, loop: Any) -> list[Actual]:
    """What each message, with the button behind it if there is one, of one fresh conversation comes to.

    The outcome is empty where the bot says nothing.
    """
    from bot.nlu.turn import NoReplyError

    conversation = assistant.new_conversation()
    turns = []
    for number, (text, payload) in enumerate(said):
        try:
            turn = loop.run_until_complete(assistant.next_turn(conversation, number, text, payload))
        except NoReplyError:
            turns.append(Actual("", (), ""))
            continue
        first = turn.replies[0]
        turns.append(Actual(first.outcome or "", tuple(first.clauses), turn.intent or ""))
    return turns


@contextmanager
def loaded(model: Path | None) -> Iterator[tuple[Any, Any]]:
    """The assistant of `model`, with the event loop that it runs in. Raises ModelError."""
    # Imported here: Rasa takes seconds, and other commands do without it.
    _be_quiet()
    import asyncio

    from actions.in_process import InProcessActions
    from bot.nlu.local import LocalAssistant

    if model is None:
        raise ModelError(unusable_model_line(None))
    try:
        assistant = LocalAssistant(model, InProcessActions())
    except Exception as error:  # whatever Rasa raises, the file cannot be used
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise ModelError(f"{unusable_model_line(model)} Reason: {reason}") from error
    loop = asyncio.new_event_loop()
    try:
        yield assistant, loop
    finally:
        loop.close()


def _answered(text: str, turn: Any) -> Answered:
    first = turn.replies[0]
    return Answered(
        text=text,
        outcome=first.outcome or "",
        clauses=first.clauses,
        intent=turn.intent,
        confidence=round(turn.confidence, 4),
        reply="\n\n".join(reply.text for reply in turn.replies),
    )


def _be_quiet() -> None:
    """Keep the libraries' warnings away from people's screens; errors go to standard error."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, force=True)
    # Filters are reset by some of the libraries while they are imported.
    warnings.showwarning = lambda *_, **__: None
