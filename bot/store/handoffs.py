"""Repository of requests for a support agent."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Owner
from bot.helpdesk.handoff import Handoff, HandoffMode
from bot.helpdesk.queue import PastWait
from bot.store.tables import UtcDateTime, conversation
from bot.store.tables import handoff as table

_QUEUE_ORDER = (table.c.priority.desc(), table.c.created_at, table.c.id)


class SqlHandoffs:
    """`bot.services.ports.desk.HandoffRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, handoff: Handoff) -> None:
        await self._connection.execute(insert(table).values(**{**asdict(handoff), "mode": handoff.mode.value}))

    async def open_of(self, conversation_id: str) -> Handoff | None:
        found = await self._connection.execute(
            select(table).where(table.c.conversation_id == conversation_id, table.c.closed_at.is_(None))
        )
        row = found.mappings().first()
        return None if row is None else _handoff(row)

    async def queued(self) -> list[Handoff]:
        found = await self._connection.execute(
            select(table)
            .join(conversation, conversation.c.id == table.c.conversation_id)
            .where(_is_queued())
            .order_by(*_QUEUE_ORDER)
        )
        return [_handoff(row) for row in found.mappings()]

    async def due_notices(self, now: datetime) -> list[Handoff]:
        found = await self._connection.execute(
            select(table)
            .join(conversation, conversation.c.id == table.c.conversation_id)
            .where(_is_queued(), table.c.notice_at <= now, table.c.mode == HandoffMode.LIVE.value)
            .order_by(table.c.notice_at)
        )
        return [_handoff(row) for row in found.mappings()]

    async def take_notice(self, handoff: Handoff) -> bool:
        taken = await self._connection.execute(
            update(table)
            .where(table.c.id == handoff.id, table.c.closed_at.is_(None), table.c.notice_at == handoff.notice_at)
            .values(notice_at=None, notices=table.c.notices + 1)
        )
        return taken.rowcount == 1

    async def set_notice(self, handoff_id: str, at: datetime | None) -> None:
        await self._set(handoff_id, notice_at=at)

    async def set_mode(self, handoff_id: str, mode: HandoffMode) -> None:
        await self._set(handoff_id, mode=mode.value)

    async def accept(self, handoff_id: str, staff_id: str, at: datetime) -> None:
        await self._set(
            handoff_id,
            accepted_at=func.coalesce(table.c.accepted_at, literal(at, UtcDateTime())),
            accepted_by=func.coalesce(table.c.accepted_by, staff_id),
            notice_at=None,
        )

    async def give_back(self, handoff_id: str, notice_at: datetime) -> None:
        await self._set(handoff_id, priority=table.c.priority + 1, notice_at=notice_at, mode=HandoffMode.LIVE.value)

    async def close(self, handoff_id: str, at: datetime, reason: str) -> None:
        await self._set(handoff_id, closed_at=at, close_reason=reason, notice_at=None)

    async def recent_waits(self, since: datetime, limit: int) -> Sequence[PastWait]:
        found = await self._connection.execute(
            select(table.c.place, table.c.created_at, table.c.accepted_at)
            .where(table.c.created_at >= since, table.c.accepted_at.is_not(None), table.c.place.is_not(None))
            .order_by(table.c.created_at.desc())
            .limit(limit)
        )
        return [
            PastWait(row["place"], (row["accepted_at"] - row["created_at"]).total_seconds()) for row in found.mappings()
        ]

    async def _set(self, handoff_id: str, **values: object) -> None:
        await self._connection.execute(update(table).where(table.c.id == handoff_id).values(**values))


def _is_queued() -> ColumnElement[bool]:
    return (table.c.closed_at.is_(None)) & (conversation.c.owner == Owner.QUEUE.value)


def _handoff(row: RowMapping) -> Handoff:
    return Handoff(**{**row, "mode": HandoffMode(row["mode"])})
