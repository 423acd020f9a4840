"""The trained assistant for tests: the model of today's training data in the home, trained now if there is none."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from tests.running import model_for_tests

if TYPE_CHECKING:
    from bot.nlu.turn import Turn


class Assistant:
    """Answers texts as the first turn of a conversation, with the real model and the real actions."""

    def __init__(self) -> None:
        # Imported here: Rasa takes seconds, and this module is imported by the default tier too.
        from actions.in_process import InProcessActions
        from bot.nlu.local import LocalAssistant

        self.local = LocalAssistant(model_for_tests(), InProcessActions())

    def converse(self, *texts: str) -> list[tuple[str, list[str], str]]:
        """(outcome, clauses, reply) of each turn of one conversation."""
        turns = asyncio.run(self.local.converse(texts))
        return [(said.outcome or "", said.clauses, said.text) for said in (turn.replies[0] for turn in turns)]

    def turn(self, text: str, payload: str | None = None) -> Turn:
        """The whole turn; `payload` is the button behind the text."""
        return asyncio.run(self.local.first_turn(text, payload))

    def ask(self, text: str) -> tuple[str, list[str], str]:
        """(outcome, clauses, reply)"""
        said = self.turn(text).replies[0]
        return said.outcome or "", said.clauses, said.text


@cache
def assistant() -> Assistant:
    """One a test run."""
    return Assistant()
