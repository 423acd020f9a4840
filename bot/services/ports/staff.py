"""What accounts and sign-in need from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.helpdesk.audit import AuditEntry
from bot.helpdesk.sessions import Session
from bot.helpdesk.staff import Role, Staff
from bot.helpdesk.throttling import Failures


@dataclass(frozen=True)
class Credentials:
    """What is needed to check that somebody is who they say."""

    staff: Staff
    password_hash: str = field(repr=False)
    totp_secret: str | None = field(default=None, repr=False)
    totp_pending: str | None = field(default=None, repr=False)
    totp_step: int | None = None

    def has_same_secrets(self, other: Credentials) -> bool:
        """Whether what was right for `other` is right here."""
        return (self.password_hash, self.totp_secret) == (other.password_hash, other.totp_secret)


class PasswordHasher(Protocol):
    """Slow on purpose, and never in the event loop."""

    async def hash(self, password: str) -> str: ...

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is right. Without a hash it never is, after as long a time."""
        ...

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        ...


class SessionNotifier(Protocol):
    """Tells signed-in browsers that their sessions have ended; losing it loses nothing: their next request fails."""

    async def sessions_ended(self, session_ids: Sequence[str]) -> None: ...


class StaffRepository(Protocol):
    """Accounts."""

    async def add(self, staff: Staff, password_hash: str) -> None:
        """Raises AccountError where the user name is taken."""
        ...

    async def get(self, staff_id: str) -> Staff | None: ...

    async def by_username(self, username: str) -> Staff | None: ...

    async def all(self) -> list[Staff]:
        """By user name."""
        ...

    async def credentials(self, staff_id: str, *, lock: bool = False) -> Credentials | None:
        """With `lock` other writers of this account wait until the transaction ends."""
        ...

    async def set_password_hash(self, staff_id: str, password_hash: str) -> None: ...

    async def set_roles(self, staff_id: str, roles: Sequence[Role]) -> None: ...

    async def set_max_chats(self, staff_id: str, max_chats: int | None) -> None:
        """None: the limit that holds for all."""
        ...

    async def set_disabled(self, staff_id: str, at: datetime | None) -> None:
        """Disabled accounts are offline as well."""
        ...

    async def set_totp(self, staff_id: str, *, secret: str | None, pending: str | None) -> None: ...

    async def use_totp_step(self, staff_id: str, step: int) -> bool:
        """Notes the step of a code; false where it, or a newer one, was used already."""
        ...


class StaffSessionRepository(Protocol):
    """Signed-in browsers."""

    async def add(self, session: Session) -> None: ...

    async def get(self, session_id: str) -> tuple[Session, Staff] | None:
        """The session and its account."""
        ...

    async def all_of(self, staff_id: str) -> list[Session]:
        """The sessions of an account, ended ones too until they are swept away."""
        ...

    async def touch(self, session_id: str, seen_at: datetime) -> None: ...

    async def end(self, session_id: str) -> bool: ...

    async def end_all(self, staff_id: str, *, but: str | None = None) -> list[str]:
        """Ends all sessions of the account, or all but one; gives their ids."""
        ...

    async def sweep(self, *, expired_at: datetime, idle_since: datetime) -> None:
        """Deletes what expired, and what was not seen after `idle_since`."""
        ...


class ThrottleRepository(Protocol):
    """Failed sign-ins by key."""

    async def take(self, key: str, now: datetime) -> Failures:
        """The failures of `key`; others who take it wait until the transaction ends."""
        ...

    async def put(self, key: str, failures: Failures) -> None:
        """Of a key that was taken in this transaction."""
        ...

    async def forget(self, key: str) -> None: ...

    async def sweep(self, before: datetime) -> None:
        """Deletes failures whose newest is older."""
        ...


class AuditRepository(Protocol):
    """The append-only audit log."""

    async def add(self, entry: AuditEntry) -> None: ...

    async def page(self, *, before: int | None, limit: int) -> list[AuditEntry]:
        """Newest first, older than the entry `before`."""
        ...
