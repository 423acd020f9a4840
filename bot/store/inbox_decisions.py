"""Decisions about groups of the inbox, with the sentences that they add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.inbox.items import Decision
from bot.store.inbox_rows import decision_of
from bot.store.tables import inbox_decision


class InboxDecisionLog:
    """The part of `bot.services.ports.trainer_inbox.InboxRepository` that keeps decisions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_decision(self, decision: Decision) -> None:
        values = {**vars(decision), "texts": list(decision.texts)}
        if decision.changes is not None:
            values["changes"] = list(decision.changes)
        await self._connection.execute(insert(inbox_decision).values(values))

    async def decision(self, staff_id: str, key: str) -> Decision | None:
        found = await self._connection.execute(
            select(inbox_decision).where(inbox_decision.c.staff_id == staff_id, inbox_decision.c.key == key)
        )
        row = found.mappings().first()
        return None if row is None else decision_of(row)

    async def unfinished(self, before: datetime) -> list[Decision]:
        found = await self._connection.execute(
            select(inbox_decision)
            .where(inbox_decision.c.changes.is_(None), inbox_decision.c.at < before)
            .order_by(inbox_decision.c.at)
            .limit(20)
        )
        return [decision_of(row) for row in found.mappings()]

    async def finish_decision(self, decision: Decision, changes: Sequence[int]) -> None:
        await self._connection.execute(
            update(inbox_decision)
            .where(inbox_decision.c.staff_id == decision.staff_id, inbox_decision.c.key == decision.key)
            .values(changes=list(changes))
        )

    async def forget_decision(self, decision: Decision) -> bool:
        forgotten = await self._connection.execute(
            delete(inbox_decision).where(
                inbox_decision.c.staff_id == decision.staff_id,
                inbox_decision.c.key == decision.key,
                inbox_decision.c.changes.is_(None),
            )
        )
        return forgotten.rowcount == 1
