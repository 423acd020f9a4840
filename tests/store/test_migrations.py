"""The migrations and the tables say the same, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.store.engine import make_engine
from bot.store.migrate import upgrade_async
from bot.store.tables import metadata
from bot.store.unit_of_work import SqlStore


def _is_in_the_tables(thing: object, name: str | None, *_: object) -> bool:
    """All but full text search: its table, index and the tables that SQLite keeps for it have no form in SQLAlchemy.

    tests/store/test_message_search.py holds what they do.
    """
    return not (name or "").startswith("message_search")


async def test_migrated_schema_equals_the_tables(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"include_object": _is_in_the_tables}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    engine = make_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    await upgrade_async(database_url)


async def test_sqlite_keeps_a_write_ahead_log_and_foreign_keys(database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        return
    engine = make_engine(database_url)
    async with engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
        assert (await connection.execute(text("PRAGMA synchronous"))).scalar_one() == 2
    await engine.dispose()


async def test_what_is_not_committed_is_rolled_back(store: SqlStore) -> None:
    async with store.begin() as work:
        from datetime import datetime, timezone

        from bot.helpdesk.conversation import Conversation

        await work.conversations.add(Conversation(id="x", created_at=datetime.now(timezone.utc)))
    async with store.read() as work:
        assert await work.conversations.get("x") is None
