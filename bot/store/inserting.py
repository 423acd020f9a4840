"""INSERT where there may be a row already; both databases know it, under different names in SQLAlchemy."""

from __future__ import annotations

from sqlalchemy import RowMapping, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def _insert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


async def insert_new(connection: AsyncConnection, table: Table, **values: object) -> bool:
    """Insert a row unless one with the same key exists; says whether it was inserted."""
    inserted = await connection.execute(_insert(connection, table).values(**values).on_conflict_do_nothing())
    return inserted.rowcount == 1


async def insert_or_lock(connection: AsyncConnection, table: Table, by: str, **values: object) -> RowMapping:
    """The row with the same value in column `by`, or a new one of `values`; locked until the transaction ends."""
    inserting = _insert(connection, table).values(**values)
    locked = inserting.on_conflict_do_update(index_elements=[by], set_={by: values[by]})
    return (await connection.execute(locked.returning(*table.c))).mappings().one()
