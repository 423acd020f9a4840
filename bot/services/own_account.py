"""Use cases of an account's own settings: its password, and codes of an authenticator app."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyotp

from bot.errors import AccountError, NotSignedInError
from bot.helpdesk.accounts import checked_password, password_to_try
from bot.helpdesk.audit import AuditAction, AuditEntry, Author
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.totp import enrolment_uri, matching_step
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.staff import Credentials, PasswordHasher, SessionNotifier
from bot.services.sign_in_throttle import SignInThrottle, Try


@dataclass(frozen=True)
class Enrolment:
    """A new secret, shown once, that counts as soon as a code of it is right."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


class OwnAccount:
    """What anybody may change of their own account. Passwords are asked for again, and tries at them counted."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        hasher: PasswordHasher,
        throttle: SignInThrottle,
        notifier: SessionNotifier,
    ) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher
        self._throttle = throttle
        self._notifier = notifier

    async def change_password(self, session: StaffSession, *, old: str, new: object, address: str) -> None:
        """Give the account another password and end all its other sessions.

        Raises AccountError (`field` `new`, or `old` where that is wrong) and RateLimitedError.
        """
        password = checked_password(new, session.staff.username, field="new")
        checked, counted = await self._confirmed(session, old, address, field="old")
        password_hash = await self._hasher.hash(password)
        async with self._store.begin() as work:
            await self._unchanged(work, checked)
            await self._throttle.succeed(work, counted)
            await work.staff.set_password_hash(session.staff.id, password_hash)
            ended = await work.staff_sessions.end_all(session.staff.id, but=session.session_id)
            await self._note(work, session, AuditAction.PASSWORD_CHANGED)
            await work.commit()
        await self._notifier.sessions_ended(ended)

    async def enrol_totp(self, session: StaffSession) -> Enrolment:
        """A new secret; one that is in use stays in use until a code of the new one is right."""
        secret = pyotp.random_base32()
        async with self._store.begin() as work:
            current = await self._current(work, session)
            await work.staff.set_totp(session.staff.id, secret=current.totp_secret, pending=secret)
            await work.commit()
        return Enrolment(secret, enrolment_uri(secret, session.staff.username))

    async def confirm_totp(self, session: StaffSession, code: str) -> None:
        """From now on codes are asked for at sign-in. Raises AccountError (`field` `code`) for a wrong one."""
        now = self._clock.now()
        async with self._store.begin() as work:
            current = await self._current(work, session)
            secret = current.totp_pending
            step = None if secret is None else matching_step(secret, code, now, after=current.totp_step)
            if step is None or not await work.staff.use_totp_step(session.staff.id, step):
                raise AccountError("the code is not right", field="code", reason="wrong")
            await work.staff.set_totp(session.staff.id, secret=secret, pending=None)
            await self._note(work, session, AuditAction.TOTP_ADDED)
            await work.commit()

    async def remove_totp(self, session: StaffSession, *, password: str, address: str) -> None:
        """Codes are no longer asked for. Raises AccountError (`field` `password`) and RateLimitedError."""
        checked, counted = await self._confirmed(session, password, address, field="password")
        async with self._store.begin() as work:
            await self._unchanged(work, checked)
            await self._throttle.succeed(work, counted)
            await work.staff.set_totp(session.staff.id, secret=None, pending=None)
            await self._note(work, session, AuditAction.TOTP_REMOVED)
            await work.commit()

    async def _confirmed(
        self, session: StaffSession, password: str, address: str, *, field: str
    ) -> tuple[Credentials, Try]:
        """What is stored now, once the password was right: an open console is not enough."""
        counted = await self._throttle.count(session.staff.username, address)
        async with self._store.read() as work:
            credentials = await self._current(work, session)
        given = password_to_try(password)
        if given is None or not await self._hasher.verify(credentials.password_hash, given):
            raise AccountError("the password is not right", field=field, reason="wrong")
        return credentials, counted

    async def _unchanged(self, work: UnitOfWork, checked: Credentials) -> None:
        current = await work.staff.credentials(checked.staff.id, lock=True)
        if current is None or not current.has_same_secrets(checked):
            raise NotSignedInError("the account has changed meanwhile")

    async def _current(self, work: UnitOfWork, session: StaffSession) -> Credentials:
        credentials = await work.staff.credentials(session.staff.id)
        if credentials is None:
            raise NotSignedInError("the account is gone")
        return credentials

    async def _note(self, work: UnitOfWork, session: StaffSession, action: AuditAction) -> None:
        staff = session.staff
        await work.audit.add(AuditEntry(self._clock.now(), Author.of(staff), action, staff.username))
