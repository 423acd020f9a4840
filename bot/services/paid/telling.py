"""Cards in the log, and news of requests after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.paid.board import ListedPaidRequest
from bot.helpdesk.paid.cards import CardMessage
from bot.services.ports import Notifier, UnitOfWork


async def tell_card(work: UnitOfWork, conversation_id: str, said: CardMessage, at: datetime) -> ChatMessage:
    """Store a system message with a card; the caller publishes it after the commit."""
    message = ChatMessage(
        conversation_id=conversation_id,
        seq=await work.conversations.next_seq(conversation_id),
        sender=Sender.SYSTEM,
        text=said.text,
        created_at=at,
        buttons=said.buttons,
        card=said.card,
    )
    await work.messages.add(message)
    return message


async def news_of(work: UnitOfWork, request_ids: Iterable[str]) -> list[ListedPaidRequest]:
    """The requests as lists show them, read in the transaction that has changed them."""
    found = [await work.paid_requests.listed(request_id) for request_id in dict.fromkeys(request_ids)]
    return [listed for listed in found if listed is not None]


async def publish(notifier: Notifier, messages: Sequence[ChatMessage], news: Sequence[ListedPaidRequest]) -> None:
    """Tell clients what is committed."""
    for message in messages:
        await notifier.message_stored(message)
    for listed in news:
        await notifier.paid_changed(listed)
    for conversation_id in dict.fromkeys(message.conversation_id for message in messages):
        await notifier.conversation_changed(conversation_id)
