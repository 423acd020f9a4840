"""The Rasa server that is to answer now, where several take turns."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.brain.rasa_client import RasaBrain
from bot.errors import BrainUnavailableError
from bot.helpdesk.clarifying import Candidate
from bot.services.ports import BrainTurn
from bot.services.ports.trainer_inbox import Review

logger = logging.getLogger(__name__)
_LOOK_EVERY = 0.3

# The name of the server that answers customers, as the database says; None where nothing was published yet.
Current = Callable[[], Awaitable[str | None]]


class LiveBrain:
    """`bot.services.ports.Brain` of the server that `current` names.

    A message that finds it gone looks again at once, so that a change of servers costs no message its turn.
    """

    def __init__(self, brains: Mapping[str, RasaBrain], current: Current) -> None:
        self._brains = brains
        self._current = current
        self._name = next(iter(brains))
        self._following: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to follow what `current` says."""
        self._following = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Follows no longer."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)

    async def answer(self, *, conversation_id: str, message_id: str, text: str, payload: str | None) -> BrainTurn:
        async def ask(brain: RasaBrain) -> BrainTurn:
            return await brain.answer(
                conversation_id=conversation_id, message_id=message_id, text=text, payload=payload
            )

        asked = self._name
        try:
            return await ask(self._brains[asked])
        except BrainUnavailableError:
            await self._look()
            if self._name == asked:
                raise
            return await ask(self._brains[self._name])

    async def understand(self, text: str) -> Sequence[Candidate]:
        return await self._brains[self._name].understand(text)

    async def review(self, texts: Sequence[str]) -> Review:
        """As `bot.services.ports.trainer_inbox.Reviewer`."""
        return await self._brains[self._name].review(texts)

    async def pause(self, conversation_id: str) -> None:
        await self._brains[self._name].pause(conversation_id)

    async def ready(self) -> bool:
        """Whether the server that is to answer is up with a model loaded."""
        return await self._brains[self._name].ready()

    async def _follow(self) -> None:
        while True:
            await self._look()
            await asyncio.sleep(_LOOK_EVERY)

    async def _look(self) -> None:
        try:
            name = await self._current()
        except Exception as error:  # the database may be away: the server that answered last goes on
            logger.warning("Which Rasa server answers cannot be read: %s", type(error).__name__)
            return
        if name is not None and name != self._name and name in self._brains:
            logger.info("Messages go to %s from now on", name)
            self._name = name
