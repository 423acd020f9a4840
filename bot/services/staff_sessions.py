"""Use cases of a signed-in browser: recognised, kept alive, ended."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from bot.errors import NotSignedInError
from bot.helpdesk.audit import AuditAction, AuditEntry, Author
from bot.helpdesk.sessions import Session, SessionLife, StaffSession
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.staff import SessionNotifier

_MAX_TOKEN = 100


@dataclass(frozen=True)
class OpenedSession:
    """A new session, and the token for its cookie: it is stored nowhere."""

    token: str = field(repr=False)
    session: StaffSession


class StaffSessions:
    """Sessions of staff; whoever ends some tells their browsers after the commit."""

    def __init__(self, store: Store, clock: Clock, notifier: SessionNotifier, life: SessionLife) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
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

    async def sign_out(self, session: StaffSession) -> None:
        """End this session."""
        async with self._store.begin() as work:
            await work.staff_sessions.end(session.session_id)
            await self._note(work, session, AuditAction.SIGNED_OUT)
            await work.commit()
        await self._notifier.sessions_ended([session.session_id])

    async def sign_out_everywhere(self, session: StaffSession) -> None:
        """End all sessions of the account, this one included."""
        async with self._store.begin() as work:
            ended = await work.staff_sessions.end_all(session.staff.id)
            await self._note(work, session, AuditAction.SIGNED_OUT_EVERYWHERE)
            await work.commit()
        await self._notifier.sessions_ended(ended)

    async def _note(self, work: UnitOfWork, session: StaffSession, action: AuditAction) -> None:
        staff = session.staff
        await work.audit.add(AuditEntry(self._clock.now(), Author.of(staff), action, staff.username))


def _id_of(token: str) -> str:
    return hashlib.sha256(token.encode("ascii")).hexdigest()
