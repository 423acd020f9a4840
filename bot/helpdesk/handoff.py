"""A customer's request for a support agent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.helpdesk.conversation import Outcome, Reply


@dataclass(frozen=True)
class Handoff:
    """`requested_seq` is the customer message that led to it; `reason` the bot's intent or `bot_failed`."""

    id: str
    conversation_id: str
    reason: str
    requested_seq: int
    created_at: datetime
    closed_at: datetime | None = None


def handoff_reason(replies: Iterable[Reply], intent: str | None) -> str | None:
    """The intent that a person is needed for: of two requests the one that is handed over, else that of the turn."""
    handed_over = (r.intent for reply in replies for r in reply.requests if r.outcome is Outcome.HANDOFF)
    return next(handed_over, intent)
