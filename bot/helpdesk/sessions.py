"""Sessions of staff: how long they last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.helpdesk.staff import Staff

# Being seen is written down this rarely: most requests only read.
_TOUCH_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class Session:
    """A signed-in browser as it is stored; `id` is the SHA-256 of its cookie."""

    id: str
    staff_id: str
    csrf_token: str = field(repr=False)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class StaffSession:
    """Who makes a request, and the token that its changes carry."""

    staff: Staff
    csrf_token: str = field(repr=False)
    session_id: str


@dataclass(frozen=True)
class SessionLife:
    """A session ends `lifetime` after signing in, or when nothing was heard of it for `idle`."""

    lifetime: timedelta
    idle: timedelta

    def is_live(self, session: Session, now: datetime) -> bool:
        """Whether the session still counts."""
        return now < session.expires_at and now - session.seen_at < self.idle

    def is_touch_due(self, session: Session, now: datetime) -> bool:
        """Whether it should be written down that the session was seen."""
        return now - session.seen_at >= min(_TOUCH_EVERY, self.idle / 4)
