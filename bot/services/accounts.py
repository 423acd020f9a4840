"""Use cases of accounts, for whoever administers them."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.errors import AccountError
from bot.helpdesk.accounts import (
    checked_display_name,
    checked_max_chats,
    checked_password,
    checked_roles,
    checked_username,
)
from bot.helpdesk.audit import AuditAction, AuditEntry, Author
from bot.helpdesk.staff import Role, Staff
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.staff import PasswordHasher, SessionNotifier


def generate_password() -> str:
    """A password that nobody guesses, without signs that are hard to tell apart: four groups of five."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


class Accounts:
    """Adding and changing accounts; each change is written to the audit log in the same transaction."""

    def __init__(self, store: Store, clock: Clock, hasher: PasswordHasher, notifier: SessionNotifier) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher
        self._notifier = notifier

    async def add(
        self, author: Author, *, username: str, display_name: str, roles: Iterable[str], password: str
    ) -> Staff:
        """A new account. Raises AccountError, and adds nothing, where something about it cannot be used."""
        staff = Staff(
            id=str(uuid.uuid4()),
            username=checked_username(username),
            display_name=checked_display_name(display_name),
            roles=checked_roles(roles),
            created_at=self._clock.now(),
        )
        password_hash = await self._hasher.hash(checked_password(password, staff.username))
        async with self._store.begin() as work:
            await work.staff.add(staff, password_hash)
            await self._note(work, author, AuditAction.ACCOUNT_ADDED, staff, {"roles": _names(staff.roles)})
            await work.commit()
        return staff

    async def all(self) -> list[Staff]:
        """All accounts by user name, disabled ones too."""
        async with self._store.read() as work:
            return await work.staff.all()

    async def disable(self, author: Author, username: str) -> Staff:
        """The account may do nothing any more, at once: all its sessions end. Raises AccountError."""
        async with self._store.begin() as work:
            staff = await self._named(work, username)
            if staff.disabled_at is None:
                await work.staff.set_disabled(staff.id, self._clock.now())
                await self._note(work, author, AuditAction.ACCOUNT_DISABLED, staff)
            ended = await work.staff_sessions.end_all(staff.id)
            await work.commit()
        await self._notifier.sessions_ended(ended)
        return staff

    async def enable(self, author: Author, username: str) -> Staff:
        """The account may sign in again. Raises AccountError."""
        async with self._store.begin() as work:
            staff = await self._named(work, username)
            if staff.disabled_at is not None:
                await work.staff.set_disabled(staff.id, None)
                await self._note(work, author, AuditAction.ACCOUNT_ENABLED, staff)
            await work.commit()
        return staff

    async def set_password(self, author: Author, username: str, password: str, *, drop_totp: bool = False) -> Staff:
        """Give the account another password and end its sessions; `drop_totp` for a lost phone. Raises AccountError."""
        password_hash = await self._hasher.hash(checked_password(password, username))
        async with self._store.begin() as work:
            staff = await self._named(work, username)
            await work.staff.set_password_hash(staff.id, password_hash)
            if drop_totp:
                await work.staff.set_totp(staff.id, secret=None, pending=None)
            await self._note(work, author, AuditAction.PASSWORD_SET, staff, {"totp_removed": drop_totp})
            ended = await work.staff_sessions.end_all(staff.id)
            await work.commit()
        await self._notifier.sessions_ended(ended)
        return staff

    async def set_roles(self, author: Author, username: str, roles: Iterable[str]) -> Staff:
        """Give the account other roles; they count from its next request on. Raises AccountError."""
        new = checked_roles(roles)
        async with self._store.begin() as work:
            staff = await self._named(work, username)
            await work.staff.set_roles(staff.id, new)
            detail = {"old": _names(staff.roles), "new": _names(new)}
            await self._note(work, author, AuditAction.ROLES_SET, staff, detail)
            await work.commit()
        return replace(staff, roles=new)

    async def set_max_chats(self, author: Author, username: str, max_chats: int | None) -> Staff:
        """Another limit of chats, None for the one of all; chats above it stay. Raises AccountError."""
        new = checked_max_chats(max_chats)
        async with self._store.begin() as work:
            staff = await self._named(work, username)
            await work.staff.set_max_chats(staff.id, new)
            detail = {"old": staff.max_chats, "new": new}
            await self._note(work, author, AuditAction.CHAT_LIMIT_SET, staff, detail)
            await work.commit()
        return replace(staff, max_chats=new)

    async def _named(self, work: UnitOfWork, username: str) -> Staff:
        staff = await work.staff.by_username(username)
        if staff is None:
            raise AccountError(f"there is no account {username!r}", field="username", reason="unknown")
        return staff

    async def _note(
        self,
        work: UnitOfWork,
        author: Author,
        action: AuditAction,
        staff: Staff,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        await work.audit.add(AuditEntry(self._clock.now(), author, action, staff.username, detail or {}))


def _names(roles: Iterable[Role]) -> list[str]:
    return [role.value for role in roles]
