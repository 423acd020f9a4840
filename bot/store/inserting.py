"""INSERT that leaves alone what is there already; both databases know it, under different names in SQLAlchemy."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_new(connection: AsyncConnection, table: Table, **values: object) -> bool:
    """Insert a row unless one with the same key exists; says whether it was inserted."""
    if connection.dialect.name == "postgresql":
        inserted = await connection.execute(postgresql.insert(table).values(**values).on_conflict_do_nothing())
    else:
        inserted = await connection.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing())
    return inserted.rowcount == 1
