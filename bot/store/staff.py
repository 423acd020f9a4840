"""Repository of staff accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AccountError
from bot.helpdesk.staff import Presence, Role, Staff
from bot.services.ports.staff import Credentials
from bot.store.inserting import insert_new
from bot.store.tables import staff as table


class SqlStaff:
    """`bot.services.ports.staff.StaffRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, staff: Staff, password_hash: str) -> None:
        added = await insert_new(
            self._connection,
            table,
            id=staff.id,
            username=staff.username,
            display_name=staff.display_name,
            roles=[role.value for role in staff.roles],
            password_hash=password_hash,
            created_at=staff.created_at,
            disabled_at=staff.disabled_at,
            max_chats=staff.max_chats,
            presence=staff.presence.value,
            seen_at=staff.seen_at,
        )
        if not added:
            raise AccountError(f"the user name {staff.username} is taken", field="username", reason="taken")

    async def get(self, staff_id: str) -> Staff | None:
        found = await self._connection.execute(select(table).where(table.c.id == staff_id))
        row = found.mappings().first()
        return None if row is None else staff_of(row)

    async def by_username(self, username: str) -> Staff | None:
        found = await self._connection.execute(select(table).where(table.c.username == username))
        row = found.mappings().first()
        return None if row is None else staff_of(row)

    async def all(self) -> list[Staff]:
        found = await self._connection.execute(select(table).order_by(table.c.username))
        return [staff_of(row) for row in found.mappings()]

    async def credentials(self, staff_id: str, *, lock: bool = False) -> Credentials | None:
        query = select(table).where(table.c.id == staff_id)
        found = await self._connection.execute(query.with_for_update() if lock else query)
        row = found.mappings().first()
        if row is None:
            return None
        return Credentials(
            staff_of(row), row["password_hash"], row["totp_secret"], row["totp_pending"], row["totp_step"]
        )

    async def set_password_hash(self, staff_id: str, password_hash: str) -> None:
        await self._set(staff_id, password_hash=password_hash)

    async def set_roles(self, staff_id: str, roles: Sequence[Role]) -> None:
        await self._set(staff_id, roles=[role.value for role in roles])

    async def set_max_chats(self, staff_id: str, max_chats: int | None) -> None:
        await self._set(staff_id, max_chats=max_chats)

    async def set_disabled(self, staff_id: str, at: datetime | None) -> None:
        await self._set(staff_id, disabled_at=at, presence=Presence.OFFLINE.value)

    async def set_totp(self, staff_id: str, *, secret: str | None, pending: str | None) -> None:
        await self._set(staff_id, totp_secret=secret, totp_pending=pending)

    async def use_totp_step(self, staff_id: str, step: int) -> bool:
        used = await self._connection.execute(
            update(table)
            .where(table.c.id == staff_id, or_(table.c.totp_step.is_(None), table.c.totp_step < step))
            .values(totp_step=step)
        )
        return used.rowcount == 1

    async def _set(self, staff_id: str, **values: Any) -> None:
        await self._connection.execute(update(table).where(table.c.id == staff_id).values(**values))


def staff_of(row: RowMapping) -> Staff:
    """The account in a row of the table."""
    return Staff(
        id=row["id"],
        username=row["username"],
        display_name=row["display_name"],
        roles=tuple(Role(role) for role in row["roles"]),
        created_at=row["created_at"],
        disabled_at=row["disabled_at"],
        max_chats=row["max_chats"],
        presence=Presence(row["presence"]),
        seen_at=row["seen_at"],
        has_totp=row["totp_secret"] is not None,
    )
