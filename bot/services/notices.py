"""Notices in the log: what the helpdesk itself tells the customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.helpdesk.conversation import Button, ChatMessage, Sender
from bot.services.ports import UnitOfWork


async def tell(
    work: UnitOfWork, conversation_id: str, text: str, at: datetime, buttons: Sequence[Button] = ()
) -> ChatMessage:
    """Store a system message; the caller publishes it after the commit."""
    message = ChatMessage(
        conversation_id=conversation_id,
        seq=await work.conversations.next_seq(conversation_id),
        sender=Sender.SYSTEM,
        text=text,
        created_at=at,
        buttons=tuple(buttons),
    )
    await work.messages.add(message)
    return message
