"""What customers choose with the helpdesk's own buttons; done once, in the transaction that stores the reply."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk import choices as say
from bot.helpdesk.choices import Choice
from bot.helpdesk.conversation import Reply
from bot.helpdesk.handoff import HandoffMode
from bot.services.desk_handoffs import leave_queue
from bot.services.ports import Clock, UnitOfWork
from bot.services.queueing import CustomerQueue
from bot.services.saying_afterwards import note_afterwards


@dataclass(frozen=True)
class Chosen:
    """What the customer is told, and whether the owner or the queue is another one now."""

    reply: Reply
    moved: bool = False


class CustomerChoices:
    """Carries out choices about the queue, and what is said afterwards."""

    def __init__(self, clock: Clock, queue: CustomerQueue) -> None:
        self._clock = clock
        self._queue = queue

    async def carry_out(self, work: UnitOfWork, conversation_id: str, choice: Choice) -> Chosen:
        """Do it within `work`; what is no longer possible changes nothing and is answered all the same."""
        if choice.is_afterwards:
            await note_afterwards(work, conversation_id, choice, self._clock.now())
            if choice.about == "rating":
                return Chosen(say.RATED)
            return Chosen(say.SOLVED if choice.value == "yes" else say.NOT_SOLVED)
        return await self._about_the_queue(work, conversation_id, choice.value)

    async def _about_the_queue(self, work: UnitOfWork, conversation_id: str, value: str) -> Chosen:
        request = await work.handoffs.open_of(conversation_id)
        if request is None or await self._queue.place_of(work, conversation_id) is None:
            return Chosen(say.WAITS_NO_MORE)
        if value == "bot":
            moved = await leave_queue(work, conversation_id, self._clock.now())
            return Chosen(say.BOT_AGAIN, moved=moved)
        if value == "message":
            await work.handoffs.set_mode(request.id, HandoffMode.MESSAGE)
            return Chosen(say.WRITE_MESSAGE, moved=True)
        await work.handoffs.set_mode(request.id, HandoffMode.LIVE)
        await work.handoffs.set_notice(request.id, self._queue.next_notice())
        return Chosen(say.WAITS_ON, moved=True)
