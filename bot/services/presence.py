"""Support agents come and go; whoever goes leaves nobody behind."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.errors import HelpdeskError
from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.staff import Presence, Staff
from bot.services.agents_at_work import agents_at_work
from bot.services.desk_handoffs import DeskHandoffs
from bot.services.ports import Clock, Notifier, Store
from bot.services.queueing import CustomerQueue

logger = logging.getLogger(__name__)


class AgentPresence:
    """Presence of agents; one not heard of for `grace` seconds counts as offline."""

    def __init__(  # noqa: PLR0913 - every part is a port that tests replace
        self,
        store: Store,
        clock: Clock,
        notifier: Notifier,
        handoffs: DeskHandoffs,
        queue: CustomerQueue,
        *,
        grace: float,
        max_chats: int,
    ) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._handoffs = handoffs
        self._queue = queue
        self._grace = timedelta(seconds=grace)
        self._max_chats = max_chats
        self._since = clock.now()

    async def agents(self) -> list[AgentAtWork]:
        """Everybody who may talk with customers, each with the limit that holds for them."""
        async with self._store.read() as work:
            return await agents_at_work(work, self._max_chats)

    async def set(self, staff: Staff, presence: Presence) -> None:
        """Going offline returns the agent's chats to the front of the queue."""
        async with self._store.begin() as work:
            await work.agents.set_presence(staff.id, presence, self._clock.now())
            await work.commit()
        if presence is Presence.OFFLINE:
            await self.left(staff.id)
        else:
            await self._tell()

    async def left(self, staff_id: str) -> None:
        """An agent became offline: their chats go to the front of the queue, and all are told."""
        await self.return_chats(staff_id)
        await self._tell()

    async def heartbeat(self, staff: Staff) -> Presence:
        """The console is there; gives what the account counts as."""
        async with self._store.begin() as work:
            presence = await work.agents.heartbeat(staff.id, self._clock.now())
            await work.commit()
        return presence or Presence.OFFLINE

    async def sweep(self) -> None:
        """Agents whose console went away become offline; chats of agents who are not there go back to the queue.

        While no process of ours ran no console could be heard of: after a start all have the grace to come back.
        """
        unseen_since = self._clock.now() - self._grace
        async with self._store.read() as work:
            lapsed = await work.agents.lapsed(unseen_since) if unseen_since >= self._since else []
            left_behind = await work.agents.left_behind()
        gone = []
        for staff_id in lapsed:
            async with self._store.begin() as work:
                if await work.agents.lapse(staff_id, unseen_since):
                    gone.append(staff_id)
                await work.commit()
        for staff_id in {*gone, *left_behind}:
            await self.return_chats(staff_id)
        if gone:
            await self._tell()

    async def return_chats(self, staff_id: str) -> None:
        """All conversations of this agent, to the front of the queue."""
        async with self._store.read() as work:
            chats = await work.agents.chats_of(staff_id)
        for conversation_id in chats:
            try:
                await self._handoffs.give_back_of_absent(conversation_id, staff_id)
            except HelpdeskError as error:  # the next sweep sees to it
                logger.warning("Could not return %s to the queue: %s", conversation_id, error)

    async def _tell(self) -> None:
        await self._notifier.presence_changed(await self.agents())
        await self._queue.publish()
