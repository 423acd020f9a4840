"""A customer's request for a support agent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Handoff:
    """`requested_seq` is the customer message that led to it; `reason` the bot's intent or `bot_failed`."""

    id: str
    conversation_id: str
    reason: str
    requested_seq: int
    created_at: datetime
    closed_at: datetime | None = None
