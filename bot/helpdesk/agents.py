"""Support agents at work: who may get another chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

from bot.helpdesk.staff import Presence

_NEVER = datetime.min.replace(tzinfo=timezone.utc)


@dataclass(frozen=True)
class AgentAtWork:
    """An account that may talk with customers, and how many it talks with. No `max_chats`: what holds for all."""

    id: str
    display_name: str
    presence: Presence
    chats: int
    max_chats: int | None
    assigned_at: datetime | None

    def limit(self, default: int) -> int:
        """The most chats at a time."""
        return self.max_chats if self.max_chats is not None else default

    def has_room(self, default: int) -> bool:
        """Whether one more chat is allowed."""
        return self.chats < self.limit(default)


def next_in_turn(agents: Iterable[AgentAtWork], default_limit: int) -> AgentAtWork | None:
    """Round robin: the online agent with room who got a chat longest ago."""
    free = [a for a in agents if a.presence is Presence.ONLINE and a.has_room(default_limit)]
    return min(free, key=lambda a: (a.assigned_at or _NEVER, a.id), default=None)
