"""Use cases of a customer's conversation: open, send, read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import InvalidMessageError, NotFoundError, UnauthorizedError
from bot.helpdesk.choices import choice_of, may_press_card
from bot.helpdesk.conversation import Button, ChatMessage, Conversation, Sender, pressed_button
from bot.helpdesk.message_text import checked_client_message_id, checked_text
from bot.helpdesk.ownership import Actor, Cause, Event, State
from bot.helpdesk.queue import Standing
from bot.services.moving import move
from bot.services.ports import Clock, Notifier, Store, UnitOfWork
from bot.services.queueing import CustomerQueue


@dataclass(frozen=True)
class Sent:
    """A stored customer message; `duplicate` when its client message id was stored before."""

    message: ChatMessage
    duplicate: bool


@dataclass(frozen=True)
class Page:
    """Messages after a sequence number, in order, and who speaks with the customer."""

    messages: list[ChatMessage]
    standing: Standing


class CustomerConversations:
    """What a customer can do with a conversation that is theirs (the caller has checked the token)."""

    def __init__(  # noqa: PLR0913 - every part is a port that tests replace
        self,
        store: Store,
        clock: Clock,
        notifier: Notifier,
        queue: CustomerQueue,
        *,
        wake: Callable[[str], None],
        message_max_length: int,
    ) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._queue = queue
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
            if earlier is not None and earlier.sender is not Sender.CUSTOMER:
                raise InvalidMessageError("client_message_id is taken", field="client_message_id")
            if earlier is not None:
                return Sent(earlier, duplicate=True)  # the taken number is rolled back
            button = await _pressed(work, conversation_id, body)
            now = self._clock.now()
            reopened = await _reopen(work, conversation_id, button, now)
            message = ChatMessage(
                conversation_id=conversation_id,
                seq=seq,
                sender=Sender.CUSTOMER,
                text=button.title if button else body,
                payload=button.payload if button else None,
                client_message_id=client_id,
                created_at=now,
            )
            await work.messages.add(message)
            await work.conversations.note_customer_message(conversation_id, seq)
            await work.commit()
        self._wake(conversation_id)
        await self._notifier.message_stored(message)
        if reopened:
            await self._notifier.owner_changed(conversation_id, await self._queue.standing_of(conversation_id))
        await self._notifier.conversation_changed(conversation_id)
        return Sent(message, duplicate=False)

    async def seen(self, conversation_id: str, *, delivered: object, read: object) -> None:
        """Note how far the customer's client has received and read; only forwards. Raises InvalidMessageError."""
        seqs = {"delivered": _seq("delivered", delivered), "read": _seq("read", read)}
        async with self._store.begin() as work:
            changed = await work.conversations.note_seen(conversation_id, **seqs)
            now = await work.conversations.get(conversation_id)
            await work.commit()
        if changed and now is not None:
            await self._notifier.read_changed(
                conversation_id,
                delivered=now.customer_delivered_seq,
                read=now.customer_read_seq,
                agent_read=now.agent_read_seq,
            )

    async def read(self, conversation_id: str, *, after: int, limit: int | None = None) -> Page:
        """Messages newer than `after`, at most `limit`. Raises UnauthorizedError for an unknown conversation."""
        async with self._store.read() as work:
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                raise UnauthorizedError("no such conversation")
            messages = await work.messages.after(conversation_id, after, limit)
            return Page(messages, await self._queue.standing(work, conversation))


async def _pressed(work: UnitOfWork, conversation_id: str, body: str) -> Button | None:
    """The button that the customer means: of what they were asked last, or of a card, however old it is."""
    asked = await work.messages.newest_with_buttons(conversation_id)
    if asked is not None and (button := pressed_button(body, asked.buttons)) is not None:
        return button
    on_card = may_press_card(body)
    card = await work.messages.newest_card_with(conversation_id, body) if on_card else None
    return pressed_button(body, card.buttons) if card else None


async def _reopen(work: UnitOfWork, conversation_id: str, button: Button | None, now: datetime) -> bool:
    """Whoever writes again after the end has the bot again; what is said of the end (a rating) opens nothing."""
    current = await work.ownership.get(conversation_id)
    if current is None or current.state is not State.CLOSED:
        return False
    choice = choice_of(button.payload) if button else None
    if choice is not None and choice.is_afterwards:
        return False
    await move(work, conversation_id, Event.REOPEN, Cause(Actor.CUSTOMER), now)
    return True


def _seq(name: str, value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise InvalidMessageError(f"{name} is not a sequence number", field=name)
    return value
