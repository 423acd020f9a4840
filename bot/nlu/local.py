"""A trained assistant within this process: each message as the first turn of a fresh conversation."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.utils.log_utils import configure_structlog

from bot.nlu.pausing import pause
from bot.nlu.turn import Turn, run_turn


class LocalAssistant:
    """Loads a model once; `actions` stands in for the action server (an object with Rasa's `request`)."""

    def __init__(self, model: Path, actions: Any) -> None:
        configure_structlog(logging.ERROR)
        self._agent = Agent.load(str(model), action_endpoint=actions)
        self._numbers = itertools.count(1)

    async def converse(self, texts: Sequence[str]) -> list[Turn]:
        """The turns of one fresh conversation. Raises NoReplyError when nothing was said."""
        conversation = self.new_conversation()
        return [await self.next_turn(conversation, n, text) for n, text in enumerate(texts)]

    def new_conversation(self) -> str:
        """The id of a conversation that has no turn yet."""
        return f"ask-{next(self._numbers)}"

    async def next_turn(self, conversation: str, number: int, text: str, payload: str | None = None) -> Turn:
        """Message `number` of a conversation. Raises NoReplyError when nothing was said."""
        return await run_turn(
            self._agent, conversation_id=conversation, message_id=f"{number}", text=text, payload=payload
        )

    async def person_speaks(self, conversation: str) -> None:
        """A support agent takes over; the next turn gives the conversation back."""
        await pause(self._agent, conversation)

    async def first_turn(self, text: str, payload: str | None = None) -> Turn:
        """The turn that answers `text` (or the button `payload`) with nothing said before.

        Raises NoReplyError when nothing was said.
        """
        conversation = f"ask-{next(self._numbers)}"
        # A new store each time: memory stays flat over any number of messages.
        self._agent.tracker_store = InMemoryTrackerStore(self._agent.domain)
        return await run_turn(
            self._agent, conversation_id=conversation, message_id=conversation, text=text, payload=payload
        )
