"""What the hand-over between bot, queue and agents needs from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.handoff import Handoff, HandoffMode
from bot.helpdesk.ownership import Change, Ownership
from bot.helpdesk.queue import PastWait
from bot.helpdesk.staff import Presence


class OwnershipRepository(Protocol):
    """Who speaks in a conversation, and every change of it."""

    async def get(self, conversation_id: str) -> Ownership | None: ...

    async def apply(self, conversation_id: str, change: Change, at: datetime) -> bool:
        """Compare-and-set on the version that `change` begins with; False where somebody else was first.

        What happened is kept in the same transaction.
        """
        ...

    async def history(self, conversation_id: str) -> list[Change]:
        """All changes, oldest first; notes and reasons included, `lead` not."""
        ...


class HandoffRepository(Protocol):
    """Requests for a person; the queue is those that are open in conversations which the queue owns."""

    async def add(self, handoff: Handoff) -> None: ...

    async def open_of(self, conversation_id: str) -> Handoff | None: ...

    async def queued(self) -> list[Handoff]:
        """Who waits, the next one first."""
        ...

    async def due_notices(self, now: datetime) -> list[Handoff]:
        """Who waits in the chat and is to be told that nobody has come yet."""
        ...

    async def take_notice(self, handoff: Handoff) -> bool:
        """Takes on telling the customer; False where another process was first."""
        ...

    async def set_notice(self, handoff_id: str, at: datetime | None) -> None: ...

    async def set_mode(self, handoff_id: str, mode: HandoffMode) -> None: ...

    async def accept(self, handoff_id: str, staff_id: str, at: datetime) -> None:
        """Notes who accepted first, and when."""
        ...

    async def give_back(self, handoff_id: str, notice_at: datetime) -> None:
        """To the front of the queue."""
        ...

    async def close(self, handoff_id: str, at: datetime, reason: str) -> None: ...

    async def recent_waits(self, since: datetime, limit: int) -> Sequence[PastWait]:
        """How long the newest accepted requests waited."""
        ...


class AgentRepository(Protocol):
    """Accounts that may talk with customers, as they are at work."""

    async def all(self) -> Sequence[AgentAtWork]:
        """Enabled accounts, by name."""
        ...

    async def get(self, staff_id: str) -> AgentAtWork | None: ...

    async def name_of(self, staff_id: str) -> str | None: ...

    async def lock(self, staff_id: str, assigned_at: datetime | None = None) -> None:
        """Lets others who give this agent a chat wait until the transaction ends."""
        ...

    async def chats_of(self, staff_id: str) -> list[str]:
        """The conversations that the agent has, the one that rested longest first."""
        ...

    async def set_presence(self, staff_id: str, presence: Presence, at: datetime) -> None: ...

    async def heartbeat(self, staff_id: str, at: datetime) -> Presence | None:
        """The console is there; gives the presence."""
        ...

    async def lapsed(self, seen_before: datetime) -> list[str]:
        """Agents who count as present, but whose console was not heard of since."""
        ...

    async def lapse(self, staff_id: str, seen_before: datetime) -> bool:
        """Makes such an agent offline; False where somebody was first, or the console is back."""
        ...

    async def left_behind(self) -> list[str]:
        """Agents who are offline or disabled and still have conversations."""
        ...


class RatingRepository(Protocol):
    """What customers say afterwards; asked once a conversation."""

    async def ask(self, conversation_id: str, at: datetime, staff_id: str | None) -> bool:
        """Notes that it was asked; False where it was before."""
        ...

    async def rate(self, conversation_id: str, score: int, at: datetime) -> bool:
        """False where it was not asked, or is rated already."""
        ...

    async def settle(self, conversation_id: str, *, solved: bool, at: datetime) -> bool:
        """Whether the customer calls it solved; False where it was not asked, or is said already."""
        ...

    async def idle_after_answer(self, since: datetime, until: datetime, limit: int) -> list[str]:
        """Open conversations of the bot whose newest message is an answer of that time, never asked about."""
        ...
