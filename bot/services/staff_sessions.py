"""Use cases of a signed-in browser: recognised, and kept alive."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from bot.errors import NotSignedInError
from bot.helpdesk.sessions import Session, SessionLife, StaffSession
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock, Store, UnitOfWork

_MAX_TOKEN = 100


@dataclass(frozen=True)
class OpenedSession:
    """A new session, and the token for its cookie: it is stored nowhere."""

    token: str = field(repr=False)
    session: StaffSession


class StaffSessions:
    """Sessions of staff; whoever ends some tells their browsers after the commit (`bot.services.sign_out`)."""

    def __init__(self, store: Store, clock: Clock, life: SessionLife) -> None:
        self._store = store
        self._clock = clock
        self._life = life

    async def open(self, work: UnitOfWork, staff: Staff) -> OpenedSession:
        """A session for `staff`, who is signed in by the caller's transaction; ended ones are swept away."""
        now = self._clock.now()
        token = secrets.token_urlsafe(32)
        session = Session(
            id=_id_of(token),
            staff_id=staff.id,
            csrf_token=secrets.token_urlsafe(32),
            created_at=now,
            seen_at=now,
            expires_at=now + self._life.lifetime,
        )
        await work.staff_sessions.sweep(expired_at=now, idle_since=now - self._life.idle)
        await work.staff_sessions.add(session)
        return OpenedSession(token, StaffSession(staff, session.csrf_token, session.id))

    async def of_token(self, token: str | None) -> StaffSession:
        """The session that a cookie opens. Raises NotSignedInError."""
        if not token or len(token) > _MAX_TOKEN or not token.isascii():
            raise NotSignedInError("no session cookie")
        return await self.of_id(_id_of(token))

    async def of_id(self, session_id: str) -> StaffSession:
        """The session as it is now, for connections that were let in earlier. Raises NotSignedInError."""
        now = self._clock.now()
        async with self._store.read() as work:
            found = await work.staff_sessions.get(session_id)
        if found is None or found[1].disabled_at is not None or not self._life.is_live(found[0], now):
            raise NotSignedInError("the session has ended")
        session, staff = found
        if self._life.is_touch_due(session, now):
            async with self._store.begin() as work:
                await work.staff_sessions.touch(session.id, now)
                await work.commit()
        return StaffSession(staff, session.csrf_token, session.id)

    async def has_live(self, work: UnitOfWork, staff_id: str) -> bool:
        """Whether the account is signed in anywhere."""
        now = self._clock.now()
        return any(self._life.is_live(session, now) for session in await work.staff_sessions.all_of(staff_id))


def _id_of(token: str) -> str:
    return hashlib.sha256(token.encode("ascii")).hexdigest()
