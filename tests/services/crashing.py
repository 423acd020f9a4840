"""A store whose process dies at a commit: just before it, or just after it and before anybody is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum

from bot.store.unit_of_work import SqlStore, SqlUnitOfWork


class Dies(Enum):
    """When, seen from the commit."""

    BEFORE = "before"
    AFTER = "after"


class _DyingUnitOfWork(SqlUnitOfWork):
    store: CrashingStore

    async def commit(self) -> None:
        """As the real one, unless this is the commit at which the process dies."""
        dies = self.store.next_commit()
        if dies is Dies.BEFORE:
            raise asyncio.CancelledError
        await super().commit()
        if dies is Dies.AFTER:
            raise asyncio.CancelledError


class CrashingStore(SqlStore):
    """The real store, until `die_at` was called."""

    _left: int | None = None
    _when = Dies.BEFORE

    def die_at(self, commit: int, when: Dies) -> None:
        """Die at the `commit`-th commit from now on (1: the next)."""
        self._left, self._when = commit, when

    def live(self) -> None:
        """A new process."""
        self._left = None

    def next_commit(self) -> Dies | None:
        """Counts; how the process dies at this commit, if it does."""
        if self._left is None:
            return None
        self._left -= 1
        return self._when if self._left == 0 else None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnitOfWork]:
        async with self._engine.connect() as connection:
            work = _DyingUnitOfWork(connection)
            work.store = self
            yield work
