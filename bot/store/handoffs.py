"""Repository of requests for a support agent."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.handoff import Handoff
from bot.store.tables import handoff as table


class SqlHandoffs:
    """`bot.services.ports.HandoffRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, handoff: Handoff) -> None:
        await self._connection.execute(insert(table).values(**asdict(handoff)))

    async def open_of(self, conversation_id: str) -> Handoff | None:
        found = await self._connection.execute(
            select(table).where(table.c.conversation_id == conversation_id, table.c.closed_at.is_(None))
        )
        row = found.mappings().first()
        return None if row is None else _handoff(row)

    async def all_open(self) -> list[Handoff]:
        found = await self._connection.execute(
            select(table).where(table.c.closed_at.is_(None)).order_by(table.c.created_at)
        )
        return [_handoff(row) for row in found.mappings()]

    async def close(self, handoff_id: str, at: datetime) -> None:
        await self._connection.execute(update(table).where(table.c.id == handoff_id).values(closed_at=at))


def _handoff(row: RowMapping) -> Handoff:
    return Handoff(**row)
