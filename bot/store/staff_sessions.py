"""Repository of signed-in browsers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.sessions import Session
from bot.helpdesk.staff import Staff
from bot.store.staff import staff_of
from bot.store.tables import staff
from bot.store.tables import staff_session as table


class SqlStaffSessions:
    """`bot.services.ports.staff.StaffSessionRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, session: Session) -> None:
        await self._connection.execute(insert(table).values(**asdict(session)))

    async def get(self, session_id: str) -> tuple[Session, Staff] | None:
        # Both tables have an `id`, a `created_at` and a `seen_at`.
        own = [column.label(f"session_{column.name}") for column in table.c]
        found = await self._connection.execute(
            select(staff, *own).join(table, table.c.staff_id == staff.c.id).where(table.c.id == session_id)
        )
        row = found.mappings().first()
        if row is None:
            return None
        return Session(**{column.name: row[f"session_{column.name}"] for column in table.c}), staff_of(row)

    async def all_of(self, staff_id: str) -> list[Session]:
        found = await self._connection.execute(select(table).where(table.c.staff_id == staff_id))
        return [Session(**row) for row in found.mappings()]

    async def touch(self, session_id: str, seen_at: datetime) -> None:
        await self._connection.execute(update(table).where(table.c.id == session_id).values(seen_at=seen_at))

    async def end(self, session_id: str) -> bool:
        ended = await self._connection.execute(delete(table).where(table.c.id == session_id))
        return ended.rowcount == 1

    async def end_all(self, staff_id: str, *, but: str | None = None) -> list[str]:
        these = delete(table).where(table.c.staff_id == staff_id)
        if but is not None:
            these = these.where(table.c.id != but)
        return list((await self._connection.execute(these.returning(table.c.id))).scalars())

    async def sweep(self, *, expired_at: datetime, idle_since: datetime) -> None:
        # Not waiting for rows that others hold: two who wait for each other would be a deadlock.
        ended = (
            select(table.c.id)
            .where(or_(table.c.expires_at <= expired_at, table.c.seen_at <= idle_since))
            .with_for_update(skip_locked=True)
        )
        await self._connection.execute(delete(table).where(table.c.id.in_(ended)))
