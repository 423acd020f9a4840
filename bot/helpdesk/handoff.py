"""A customer's request for a support agent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.helpdesk.conversation import Outcome, Reply


class HandoffMode(str, Enum):
    """Whether the customer waits in the chat, or has left a message and an address instead."""

    LIVE = "live"
    MESSAGE = "message"


@dataclass(frozen=True)
class Handoff:
    """A request for a person, open until the bot has the conversation again or it is closed.

    `requested_seq` is the customer message that led to it; `reason` the bot's intent, `bot_failed`, or `given_back`
    where an agent had taken the conversation over from the bot. `priority` puts it before others in the queue;
    `place` is the place that it began with. At `notice_at` the customer is told that nobody has come yet.
    """

    id: str
    conversation_id: str
    reason: str
    requested_seq: int
    created_at: datetime
    closed_at: datetime | None = None
    close_reason: str | None = None
    priority: int = 0
    place: int | None = None
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    mode: HandoffMode = HandoffMode.LIVE
    notice_at: datetime | None = None
    notices: int = 0


def handoff_reason(replies: Iterable[Reply], intent: str | None) -> str | None:
    """The intent that a person is needed for: of two requests the one that is handed over, else that of the turn."""
    handed_over = (r.intent for reply in replies for r in reply.requests if r.outcome is Outcome.HANDOFF)
    return next(handed_over, intent)
