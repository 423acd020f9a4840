"""Repository of internal notes."""

from dataclasses import asdict

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.desk import Note
from bot.store.tables import internal_note as table
from bot.store.tables import staff


class SqlNotes:
    """`bot.services.ports.desk_reads.NoteRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, note: Note) -> None:
        values = asdict(note)
        del values["author"]  # the name of the account
        await self._connection.execute(insert(table).values(**values))

    async def of(self, conversation_id: str) -> list[Note]:
        found = await self._connection.execute(
            select(table, staff.c.display_name.label("author"))
            .join(staff, staff.c.id == table.c.staff_id)
            .where(table.c.conversation_id == conversation_id)
            .order_by(table.c.created_at, table.c.id)
        )
        return [Note(**row) for row in found.mappings()]
