"""Repository of the audit log; the database itself refuses to change or delete entries."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.audit import AuditEntry, Author
from bot.store.tables import audit_entry as table


class SqlAudit:
    """`bot.services.ports.staff.AuditRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: AuditEntry) -> None:
        await self._connection.execute(
            insert(table).values(
                at=entry.at,
                staff_id=entry.author.staff_id,
                staff_name=entry.author.name,
                action=str(getattr(entry.action, "value", entry.action)),
                target=entry.target,
                detail=dict(entry.detail),
            )
        )

    async def page(self, *, before: int | None, limit: int) -> list[AuditEntry]:
        query = select(table).order_by(table.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(table.c.id < before)
        return [
            AuditEntry(
                id=row["id"],
                at=row["at"],
                author=Author(row["staff_name"], row["staff_id"]),
                action=row["action"],
                target=row["target"],
                detail=row["detail"],
            )
            for row in (await self._connection.execute(query)).mappings()
        ]
