"""Looks after the queue again and again: absent agents, turns, customers to whom nobody comes, unasked ratings."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from bot.errors import HelpdeskError
from bot.helpdesk import handover_texts as texts
from bot.helpdesk.agents import next_in_turn
from bot.helpdesk.handoff import Handoff, HandoffMode
from bot.helpdesk.queue import BACK_TO_BOT, LEAVE_MESSAGE, MOST_NOTICES, WAIT, nobody_came_text
from bot.services.desk_handoffs import DeskHandoffs
from bot.services.notices import tell
from bot.services.ports import Clock, Notifier, Store
from bot.services.presence import AgentPresence
from bot.services.queueing import CustomerQueue

logger = logging.getLogger(__name__)

_EVERY = 2.0
_LIMIT = 100
# A conversation that rested longer is not asked about any more.
_RATING_UNTIL = timedelta(days=1)


class QueueSweep:
    """Runs in each web process; every step is compare-and-set, so that several processes do each thing once."""

    def __init__(  # noqa: PLR0913, PLR0917 - every part is a port that tests replace
        self,
        store: Store,
        clock: Clock,
        notifier: Notifier,
        queue: CustomerQueue,
        handoffs: DeskHandoffs,
        presence: AgentPresence,
        *,
        in_turn: bool,
        max_chats: int,
        rating_after: float,
    ) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._queue = queue
        self._handoffs = handoffs
        self._presence = presence
        self._in_turn = in_turn
        self._max_chats = max_chats
        self._rating_after = timedelta(seconds=rating_after)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._task = asyncio.create_task(self._forever(), name="queue-sweep")

    async def stop(self) -> None:
        """End; what is left undone is done by the next process."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def sweep(self) -> None:
        """Everything once. One step that fails keeps no other from being done."""
        steps = [self._presence.sweep, self.tell_who_waits_long, self.ask_who_is_done]
        for step in [*steps, *([self.assign_in_turn] if self._in_turn else [])]:
            try:
                await step()
            except Exception:
                logger.exception("A step of the queue's sweep failed; it is tried again")

    async def assign_in_turn(self) -> None:
        """Round robin: the front of the queue to whoever has room and got a chat longest ago."""
        async with self._store.read() as work:
            waiting = [h for h in await work.handoffs.queued() if h.mode is HandoffMode.LIVE]
        for handoff in waiting:
            async with self._store.read() as work:
                agent = next_in_turn(await work.agents.all(), self._max_chats)
            if agent is None:
                return
            with suppress(HelpdeskError):  # somebody was quicker
                await self._handoffs.assign(handoff.conversation_id, agent.id)

    async def tell_who_waits_long(self) -> None:
        """Nobody accepted within the set time: say so, and offer choices."""
        async with self._store.read() as work:
            due = await work.handoffs.due_notices(self._clock.now())
        for handoff in due[:_LIMIT]:
            await self._tell(handoff)

    async def _tell(self, handoff: Handoff) -> None:
        async with self._store.begin() as work:
            place = await self._queue.place_of(work, handoff.conversation_id)
            if not await work.handoffs.take_notice(handoff) or place is None or handoff.notices >= MOST_NOTICES:
                await work.commit()
                return
            buttons = (WAIT, LEAVE_MESSAGE, BACK_TO_BOT)
            text = nobody_came_text(place)
            notice = await tell(work, handoff.conversation_id, text, self._clock.now(), buttons)
            await work.commit()
        await self._notifier.message_stored(notice)

    async def ask_who_is_done(self) -> None:
        """Ask once whether the bot's answer settled it, when the customer has not written for a while."""
        now = self._clock.now()
        async with self._store.read() as work:
            idle = await work.ratings.idle_after_answer(now - _RATING_UNTIL, now - self._rating_after, _LIMIT)
        for conversation_id in idle:
            async with self._store.begin() as work:
                if not await work.ratings.ask(conversation_id, now, None):
                    continue
                notice = await tell(work, conversation_id, texts.SOLVED_QUESTION, now, texts.SOLVED_BUTTONS)
                await work.commit()
            await self._notifier.message_stored(notice)

    async def _forever(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            await self.sweep()
