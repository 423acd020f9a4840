"""Use case of signing in: password, and the code of an authenticator app where the account asks for it."""

from __future__ import annotations

from datetime import datetime

from bot.errors import SignInFailedError, TotpRequiredError
from bot.helpdesk.accounts import password_to_try, username_as_typed
from bot.helpdesk.audit import UNKNOWN, AuditAction, AuditEntry, Author
from bot.helpdesk.totp import matching_step
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.staff import Credentials, PasswordHasher
from bot.services.sign_in_throttle import SignInThrottle, Try
from bot.services.staff_sessions import OpenedSession, StaffSessions


class SignIn:
    """Lets staff in. What was wrong is not told, and takes as long whether the name exists or not."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hasher: PasswordHasher,
        throttle: SignInThrottle,
        sessions: StaffSessions,
    ) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher
        self._throttle = throttle
        self._sessions = sessions

    async def sign_in(self, *, username: str, password: str, code: str | None, address: str) -> OpenedSession:
        """Open a session.

        Raises RateLimitedError after too many failures, SignInFailedError, and TotpRequiredError where the password
        is right and only the code is missing.
        """
        name = username_as_typed(username)
        counted = await self._throttle.count(name or username.strip()[:200], address)
        credentials = await self._credentials(name)
        if not await self._is_right(credentials, password) or credentials is None:
            await self._fail(credentials)
            raise SignInFailedError("name, password, or a disabled account")
        if credentials.totp_secret is not None and not code:
            async with self._store.begin() as work:
                await self._throttle.take_back(work, counted)
                await work.commit()
            raise TotpRequiredError("the code is needed")
        new_hash = await self._renewed_hash(credentials, password)
        opened = await self._open(credentials, code, new_hash, counted)
        if opened is None:
            await self._fail(credentials)
            raise SignInFailedError("the code, or the account has changed meanwhile")
        return opened

    async def _credentials(self, username: str | None) -> Credentials | None:
        if username is None:
            return None
        async with self._store.read() as work:
            staff = await work.staff.by_username(username)
            return None if staff is None else await work.staff.credentials(staff.id)

    async def _is_right(self, credentials: Credentials | None, password: str) -> bool:
        given = password_to_try(password)
        usable = credentials is not None and given is not None and credentials.staff.disabled_at is None
        # Verified in any case: how long it takes must not tell which names exist.
        right = await self._hasher.verify(credentials.password_hash if credentials else None, given or "")
        return right and usable

    async def _renewed_hash(self, credentials: Credentials, password: str) -> str | None:
        if not self._hasher.is_outdated(credentials.password_hash):
            return None
        return await self._hasher.hash(password_to_try(password) or "")

    async def _open(
        self, checked: Credentials, code: str | None, new_hash: str | None, counted: Try
    ) -> OpenedSession | None:
        now = self._clock.now()
        async with self._store.begin() as work:
            current = await work.staff.credentials(checked.staff.id, lock=True)
            if current is None or current.staff.disabled_at is not None or not current.has_same_secrets(checked):
                return None
            if not await use_code(work, current, code, now):
                return None
            if new_hash is not None:
                await work.staff.set_password_hash(current.staff.id, new_hash)
            await self._throttle.succeed(work, counted)
            opened = await self._sessions.open(work, current.staff)
            author = Author.of(current.staff)
            await work.audit.add(AuditEntry(now, author, AuditAction.SIGNED_IN, current.staff.username))
            await work.commit()
        return opened

    async def _fail(self, credentials: Credentials | None) -> None:
        """Write it down, but for unknown names: people type passwords there."""
        if credentials is None:
            return
        entry = AuditEntry(self._clock.now(), UNKNOWN, AuditAction.SIGN_IN_FAILED, credentials.staff.username)
        async with self._store.begin() as work:
            await work.audit.add(entry)
            await work.commit()


async def use_code(work: UnitOfWork, credentials: Credentials, code: str | None, now: datetime) -> bool:
    """Whether the account asks for no code, or this one is right; then it is used up."""
    if credentials.totp_secret is None:
        return True
    step = matching_step(credentials.totp_secret, code, now, after=credentials.totp_step)
    return step is not None and await work.staff.use_totp_step(credentials.staff.id, step)
