"""Repository of failed sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.throttling import Failures
from bot.store.inserting import insert_new
from bot.store.tables import login_throttle as table


class SqlThrottles:
    """`bot.services.ports.staff.ThrottleRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, key: str, now: datetime) -> Failures:
        # There must be a row to lock: SQLite's transactions exclude each other, PostgreSQL's wait at the row.
        await insert_new(self._connection, table, key=key, failures=0, since=now)
        found = await self._connection.execute(select(table).where(table.c.key == key).with_for_update())
        row = found.mappings().one()
        return Failures(row["failures"], row["since"])

    async def put(self, key: str, failures: Failures) -> None:
        await self._connection.execute(
            update(table).where(table.c.key == key).values(failures=failures.count, since=failures.since)
        )

    async def forget(self, key: str) -> None:
        await self._connection.execute(delete(table).where(table.c.key == key))

    async def sweep(self, before: datetime) -> None:
        # Not waiting for rows that others hold: two who wait for each other would be a deadlock.
        old = select(table.c.key).where(table.c.since < before).with_for_update(skip_locked=True)
        await self._connection.execute(delete(table).where(table.c.key.in_(old)))
