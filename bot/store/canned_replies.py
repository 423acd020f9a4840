"""Repository of canned replies."""

from dataclasses import asdict

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.desk import CannedReply
from bot.store.tables import canned_reply as table


class SqlCannedReplies:
    """`bot.services.ports.desk_reads.CannedReplyRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def visible_to(self, staff_id: str) -> list[CannedReply]:
        found = await self._connection.execute(
            select(table)
            .where(or_(table.c.staff_id.is_(None), table.c.staff_id == staff_id))
            .order_by(table.c.shortcut, table.c.id)
        )
        return [CannedReply(**row) for row in found.mappings()]

    async def get(self, reply_id: str) -> CannedReply | None:
        found = await self._connection.execute(select(table).where(table.c.id == reply_id))
        row = found.mappings().first()
        return None if row is None else CannedReply(**row)

    async def any_shared(self) -> bool:
        found = await self._connection.execute(select(table.c.id).where(table.c.staff_id.is_(None)).limit(1))
        return found.first() is not None

    async def put(self, reply: CannedReply) -> bool:
        values = asdict(reply)
        try:
            async with self._connection.begin_nested():  # only this statement is undone when the shortcut is taken
                changed = await self._connection.execute(update(table).where(table.c.id == reply.id).values(values))
                if changed.rowcount == 0:
                    await self._connection.execute(insert(table).values(values))
        except IntegrityError:
            return False
        return True

    async def delete(self, reply_id: str) -> None:
        await self._connection.execute(delete(table).where(table.c.id == reply_id))
