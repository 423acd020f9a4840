"""Bringing a database to the newest schema."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.store.engine import make_engine

_SCRIPTS = Path(__file__).parent / "migrations"


def alembic_config() -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


def upgrade(database_url: str) -> None:
    """Bring the database at `database_url` (asyncio driver) to the newest schema; blocking, safe to repeat."""
    asyncio.run(upgrade_async(database_url))


async def upgrade_async(database_url: str) -> None:
    """The same for callers that have an event loop already."""
    engine = make_engine(database_url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    if connection.dialect.name == "postgresql":
        # Two processes that start together must not both migrate; the lock ends with the transaction.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7163241)")
    command.upgrade(config, "head")
