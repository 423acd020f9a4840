"""Use cases of a customer's conversation: open, send, read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import NotFoundError, UnauthorizedError
from bot.helpdesk.conversation import ChatMessage, Conversation, Owner, Sender, pressed_button
from bot.helpdesk.message_text import checked_client_message_id, checked_text
from bot.services.ports import Clock, Notifier, Store


@dataclass(frozen=True)
class Sent:
    """A stored customer message; `duplicate` when its client message id was stored before."""

    message: ChatMessage
    duplicate: bool


@dataclass(frozen=True)
class Page:
    """Messages after a sequence number, in order, and who answers the customer."""

    messages: list[ChatMessage]
    owner: Owner


class CustomerConversations:
    """What a customer can do with a conversation that is theirs (the caller has checked the token)."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        notifier: Notifier,
        *,
        wake: Callable[[str], None],
        message_max_length: int,
    ) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._wake = wake
        self._message_max_length = message_max_length

    async def open(self) -> Conversation:
        """Start an empty conversation, owned by the bot."""
        conversation = Conversation(id=str(uuid.uuid4()), created_at=self._clock.now())
        async with self._store.begin() as work:
            await work.conversations.add(conversation)
            await work.commit()
        return conversation

    async def send(self, conversation_id: str, *, client_message_id: object, text: object) -> Sent:
        """Store a customer message and have it answered; a repeated client message id changes nothing.

        Raises InvalidMessageError or MessageTooLongError before anything is stored, and UnauthorizedError for an
        unknown conversation.
        """
        client_id = checked_client_message_id(client_message_id)
        body = checked_text(text, max_length=self._message_max_length)
        async with self._store.begin() as work:
            # Taking the number first makes concurrent sends of this conversation wait for each other.
            try:
                seq = await work.conversations.next_seq(conversation_id)
            except NotFoundError as error:
                raise UnauthorizedError("no such conversation") from error
            earlier = await work.messages.by_client_id(conversation_id, client_id)
            if earlier is not None:
                return Sent(earlier, duplicate=True)  # the taken number is rolled back
            newest = await work.messages.newest_from_bot(conversation_id)
            button = pressed_button(body, newest.buttons) if newest else None
            message = ChatMessage(
                conversation_id=conversation_id,
                seq=seq,
                sender=Sender.CUSTOMER,
                text=button.title if button else body,
                payload=button.payload if button else None,
                client_message_id=client_id,
                created_at=self._clock.now(),
            )
            await work.messages.add(message)
            await work.conversations.note_customer_message(conversation_id, seq)
            await work.commit()
        self._wake(conversation_id)
        await self._notifier.message_stored(message)
        return Sent(message, duplicate=False)

    async def read(self, conversation_id: str, *, after: int, limit: int | None = None) -> Page:
        """Messages newer than `after`, at most `limit`. Raises UnauthorizedError for an unknown conversation."""
        async with self._store.read() as work:
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                raise UnauthorizedError("no such conversation")
            return Page(await work.messages.after(conversation_id, after, limit), conversation.owner)
