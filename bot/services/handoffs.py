"""Use cases of the staff side: see who waits, answer, give back to the bot."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import NotFoundError
from bot.helpdesk.conversation import ChatMessage, Owner, Sender
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.message_text import checked_text
from bot.services.ports import Clock, Notifier, Store

_AGENT_MAX_LENGTH = 4000


@dataclass(frozen=True)
class WaitingCustomer:
    """An open request and the newest message of its conversation."""

    handoff: Handoff
    owner: Owner
    newest: ChatMessage | None


class StaffHandoffs:
    """What a support agent can do with waiting customers."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier

    async def waiting(self) -> list[WaitingCustomer]:
        """Open requests, longest waiting first."""
        async with self._store.read() as work:
            listed = []
            for handoff in await work.handoffs.all_open():
                conversation = await work.conversations.get(handoff.conversation_id)
                log = await work.messages.after(handoff.conversation_id, 0)
                owner = conversation.owner if conversation else Owner.QUEUE
                listed.append(WaitingCustomer(handoff, owner, log[-1] if log else None))
        return listed

    async def log(self, conversation_id: str) -> list[ChatMessage]:
        """The whole conversation. Raises NotFoundError."""
        async with self._store.read() as work:
            if await work.conversations.get(conversation_id) is None:
                raise NotFoundError("no such conversation")
            return await work.messages.after(conversation_id, 0)

    async def reply(self, conversation_id: str, text: str) -> ChatMessage:
        """Say `text` as staff; from now on the bot is silent in this conversation. Raises NotFoundError."""
        body = checked_text(text, max_length=_AGENT_MAX_LENGTH)
        async with self._store.begin() as work:
            seq = await work.conversations.next_seq(conversation_id)
            taken = False
            for old in (Owner.QUEUE, Owner.BOT):
                taken = taken or await work.conversations.change_owner(conversation_id, old=old, new=Owner.AGENT)
            message = ChatMessage(
                conversation_id=conversation_id,
                seq=seq,
                sender=Sender.AGENT,
                text=body,
                created_at=self._clock.now(),
            )
            await work.messages.add(message)
            await work.commit()
        await self._notifier.message_stored(message)
        if taken:
            await self._notifier.owner_changed(conversation_id, Owner.AGENT)
        return message

    async def close(self, conversation_id: str) -> None:
        """Give the conversation back to the bot and close the open request. Raises NotFoundError."""
        async with self._store.begin() as work:
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                raise NotFoundError("no such conversation")
            if (handoff := await work.handoffs.open_of(conversation_id)) is not None:
                await work.handoffs.close(handoff.id, self._clock.now())
            await work.conversations.change_owner(conversation_id, old=conversation.owner, new=Owner.BOT)
            await work.commit()
        await self._notifier.owner_changed(conversation_id, Owner.BOT)
