"""Repository of failed sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.throttling import Failures
from bot.store.inserting import insert_or_lock
from bot.store.tables import login_throttle as table


class SqlThrottles:
    """`bot.services.ports.staff.ThrottleRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, key: str, now: datetime) -> Failures:
        # An update that changes nothing locks the row, or makes it: on PostgreSQL others wait at it, SQLite's
        # transactions exclude each other anyway.
        row = await insert_or_lock(self._connection, table, by="key", key=key, failures=0, since=now)
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
