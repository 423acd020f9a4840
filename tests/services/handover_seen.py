"""All that is kept of one conversation and its handovers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.helpdesk.conversation import ChatMessage, Conversation
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.ownership import Change, Ownership
from bot.store.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True)
class Seen:
    """All that the store holds of one conversation, read in one transaction."""

    kept: Conversation
    now: Ownership
    history: list[Change]
    moved_at: list[datetime]
    log: list[ChatMessage]
    request: Handoff | None

    def owner_at(self, at: datetime) -> Ownership:
        """Who had it after everything that happened at `at`."""
        past = [made.new for made, when in zip(self.history, self.moved_at, strict=True) if when <= at]
        return past[-1] if past else Ownership()


async def see(work: SqlUnitOfWork, conversation: str) -> Seen:
    kept, now = await work.conversations.get(conversation), await work.ownership.get(conversation)
    assert kept is not None
    assert now is not None
    return Seen(
        kept,
        now,
        await work.ownership.history(conversation),
        [listed.at for listed in await work.desk.changes(conversation)],
        await work.messages.after(conversation, 0),
        await work.handoffs.open_of(conversation),
    )
