"""Transactions over SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import DiskFullError
from bot.store.agents import SqlAgents
from bot.store.audit import SqlAudit
from bot.store.canned_replies import SqlCannedReplies
from bot.store.conversations import SqlConversations
from bot.store.desk_lists import SqlDeskReads
from bot.store.engine import make_engine
from bot.store.figures import SqlFigures
from bot.store.handoffs import SqlHandoffs
from bot.store.inbox import SqlInbox
from bot.store.message_search import SqlMessageSearch
from bot.store.messages import SqlMessages
from bot.store.notes import SqlNotes
from bot.store.ownership import SqlOwnership
from bot.store.paid.billing import SqlBilling
from bot.store.paid.quotes import SqlQuotes
from bot.store.paid.requests import SqlPaidRequests
from bot.store.ratings import SqlRatings
from bot.store.releases.jobs import SqlJobs
from bot.store.releases.shadow import SqlShadow
from bot.store.releases.versions import SqlVersions
from bot.store.staff import SqlStaff
from bot.store.staff_sessions import SqlStaffSessions
from bot.store.throttles import SqlThrottles
from bot.store.training_changes import SqlTrainingChanges
from bot.store.trends import SqlTrends


class SqlUnitOfWork:
    """One transaction and the repositories in it; see `bot.services.ports.UnitOfWork`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.conversations = SqlConversations(connection)
        self.messages = SqlMessages(connection)
        self.handoffs = SqlHandoffs(connection)
        self.ownership = SqlOwnership(connection)
        self.agents = SqlAgents(connection)
        self.ratings = SqlRatings(connection)
        self.figures = SqlFigures(connection)
        self.desk = SqlDeskReads(connection)
        self.search = SqlMessageSearch(connection)
        self.notes = SqlNotes(connection)
        self.canned_replies = SqlCannedReplies(connection)
        self.staff = SqlStaff(connection)
        self.staff_sessions = SqlStaffSessions(connection)
        self.throttles = SqlThrottles(connection)
        self.audit = SqlAudit(connection)
        self.paid_requests = SqlPaidRequests(connection)
        self.quotes = SqlQuotes(connection)
        self.billing = SqlBilling(connection)
        self.jobs = SqlJobs(connection)
        self.versions = SqlVersions(connection)
        self.shadow = SqlShadow(connection)
        self.inbox = SqlInbox(connection)
        self.trends = SqlTrends(connection)
        self.training_changes = SqlTrainingChanges(connection)

    async def commit(self) -> None:
        await self._connection.commit()


class SqlStore:
    """`bot.services.ports.Store` over an asyncio engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @classmethod
    def connect(cls, url: str) -> SqlStore:
        """A store for `url` (`sqlite+aiosqlite:` or `postgresql+asyncpg:`); connects when first used."""
        return cls(make_engine(url))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnitOfWork]:
        try:
            async with self._engine.connect() as connection:
                yield SqlUnitOfWork(connection)  # closing rolls back what was not committed
        except DBAPIError as error:
            if _no_room(error):
                raise DiskFullError("the database has no room") from error
            raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        async with self._engine.connect() as connection:
            # On SQLite a reader then takes no write lock.
            yield SqlUnitOfWork(await connection.execution_options(read_only=True))

    async def ping(self) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1 FROM conversation LIMIT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


def _no_room(error: DBAPIError) -> bool:
    # SQLITE_FULL has no number in this version of Python's module; 53100 is PostgreSQL's disk_full.
    return "database or disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100"
