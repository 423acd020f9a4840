"""Fresh databases for tests: a SQLite file, or a database of its own on the PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from alembic import command
from sqlalchemy import Connection

from bot.store.engine import make_engine
from bot.store.migrate import alembic_config, upgrade_async
from tests.templates import SERVER, Templates, address_of, new_name

STRICT = os.environ.get("HELPDESK_TEST_STRICT") == "1"


@asynccontextmanager
async def fresh_database(
    kind: str, folder: Path, revision: str = "head", *, templates: Templates | None = None
) -> AsyncIterator[str]:
    """The address of a migrated database that nobody else uses; skips, or fails when strict, without a server.

    With `templates` the newest schema is copied from there.
    """
    copied = templates if revision == "head" else None
    if kind == "sqlite":
        place = await copied.new_folder() if copied else folder
        url = f"sqlite+aiosqlite:///{place / 'test.db'}"
        if not copied:
            await upgrade_to(url, revision)
        yield url
        if copied:
            shutil.rmtree(place)
        return
    server = await connect_or_skip()
    name = new_name()
    url = address_of(name)
    try:
        if copied:
            await copied.create_database(server, name)
        else:
            await server.execute(f'CREATE DATABASE "{name}"')
            await upgrade_to(url, revision)
        yield url
    finally:
        await server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await server.close()


async def upgrade_to(url: str, revision: str) -> None:
    """The schema as it was at `revision`; at its newest it is what the helpdesk itself brings it to."""
    if revision == "head":
        await upgrade_async(url)
        return

    def upgrade(connection: Connection) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    engine = make_engine(url)
    async with engine.connect() as connection:
        await connection.run_sync(upgrade)
        await connection.commit()
    await engine.dispose()


async def connect_or_skip() -> asyncpg.Connection:
    """A connection to the test server; without one the test is skipped, or failed when that is not allowed."""
    try:
        return await asyncpg.connect(SERVER, timeout=5)
    except (OSError, asyncpg.PostgresError) as error:
        if STRICT:
            pytest.fail(f"PostgreSQL at {SERVER} is required here: {error}")
        pytest.skip(f"no PostgreSQL at {SERVER} ({type(error).__name__})")
