"""Keeps what customers say of a conversation that is over."""

from __future__ import annotations

from datetime import datetime

from bot.helpdesk.choices import Choice
from bot.services.ports import UnitOfWork


async def note_afterwards(work: UnitOfWork, conversation_id: str, choice: Choice, at: datetime) -> None:
    """The rating, or whether it is solved, of a choice that `is_afterwards`; the first one counts."""
    if choice.about == "solved":
        await work.ratings.settle(conversation_id, solved=choice.value == "yes", at=at)
    elif choice.score is not None:
        await work.ratings.rate(conversation_id, choice.score, at)
