"""The queue as customers see it: places, estimates, and the notices that go with them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.errors import UnauthorizedError
from bot.helpdesk.conversation import ChatMessage, Conversation, Owner
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.office_hours import OfficeHours
from bot.helpdesk.queue import PastWait, QueuePlace, Standing, estimate, queued_buttons, queued_text
from bot.helpdesk.staff import Presence
from bot.services.notices import tell
from bot.services.ports import Clock, Notifier, Store, UnitOfWork

_WAITS_OF = timedelta(days=14)
_WAITS = 50


class CustomerQueue:
    """Places in the queue; `patience` is how long (seconds) until a customer is told that nobody came."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, hours: OfficeHours, *, patience: float) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._hours = hours
        self._patience = timedelta(seconds=patience)

    def next_notice(self) -> datetime:
        """When somebody who begins to wait now is told that nobody came."""
        return self._clock.now() + self._patience

    async def enter(self, work: UnitOfWork, conversation_id: str, *, reason: str, seq: int) -> ChatMessage:
        """Record the request of a conversation that the queue owns now; gives the notice about its place."""
        now = self._clock.now()
        handoff = Handoff(
            id=str(uuid.uuid4()),
            conversation_id=conversation_id,
            reason=reason,
            requested_seq=seq,
            created_at=now,
            place=len(await work.handoffs.queued()) + 1,
            notice_at=self.next_notice(),
        )
        await work.handoffs.add(handoff)
        place = await self._place(work, conversation_id)
        if place is None:
            raise RuntimeError(f"conversation {conversation_id} is not in the queue")
        text = queued_text(place, self._hours.next_opening(now))
        return await tell(work, conversation_id, text, now, queued_buttons(place))

    async def standing(self, work: UnitOfWork, conversation: Conversation) -> Standing:
        """Who speaks with the customer of `conversation`."""
        name = await work.agents.name_of(conversation.agent_id) if conversation.agent_id else None
        in_queue = conversation.owner is Owner.QUEUE
        return Standing(
            owner=conversation.owner,
            agent_name=name,
            closed=conversation.closed_at is not None,
            queue=await self._place(work, conversation.id) if in_queue else None,
            agent_read_seq=conversation.agent_read_seq,
        )

    async def standing_of(self, conversation_id: str) -> Standing:
        """The same, read anew. Raises UnauthorizedError for an unknown conversation."""
        async with self._store.read() as work:
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                raise UnauthorizedError("no such conversation")
            return await self.standing(work, conversation)

    async def place_of(self, work: UnitOfWork, conversation_id: str) -> QueuePlace | None:
        """The customer's place, or None who does not wait."""
        return await self._place(work, conversation_id)

    async def publish(self) -> None:
        """Tell everybody who waits where they are now; for after a change of the queue."""
        async with self._store.read() as work:
            queued = await work.handoffs.queued()
            waits, online = await self._waits(work), await _somebody_is_online(work)
        for number, handoff in enumerate(queued, start=1):
            await self._notifier.queue_changed(handoff.conversation_id, self._view(handoff, number, waits, online))

    async def _place(self, work: UnitOfWork, conversation_id: str) -> QueuePlace | None:
        for number, handoff in enumerate(await work.handoffs.queued(), start=1):
            if handoff.conversation_id == conversation_id:
                return self._view(handoff, number, await self._waits(work), await _somebody_is_online(work))
        return None

    def _view(self, handoff: Handoff, number: int, waits: Sequence[PastWait], online: bool) -> QueuePlace:
        is_open = self._hours.is_open(self._clock.now())
        minutes = estimate(number, waits) if is_open and online else None
        return QueuePlace(number, minutes, online, is_open, handoff.mode)

    async def _waits(self, work: UnitOfWork) -> Sequence[PastWait]:
        return await work.handoffs.recent_waits(self._clock.now() - _WAITS_OF, _WAITS)


async def _somebody_is_online(work: UnitOfWork) -> bool:
    return any(agent.presence is Presence.ONLINE for agent in await work.agents.all())
