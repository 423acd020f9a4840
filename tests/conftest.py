"""Fixtures for all tiers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.store.unit_of_work import SqlStore
from tests.databases import fresh_database

# On a busy machine one slow example is no failure.
settings.register_profile("helpdesk", deadline=None)
settings.load_profile("helpdesk")

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@pytest.fixture(params=DATABASES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A migrated database: SQLite in the default tier, PostgreSQL as well in the services tier."""
    async with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """The real store over `database_url`."""
    store = SqlStore.connect(database_url)
    yield store
    await store.close()
