"""Fixtures for all tiers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.store.unit_of_work import SqlStore
from tests.databases import fresh_database
from tests.templates import Templates

# On a busy machine one slow example is no failure.
settings.register_profile("helpdesk", deadline=None, max_examples=30)
# In all tiers but the default one; the slow tier repeats the default one's properties with it (tools/run_tests.sh).
settings.register_profile("many", deadline=None, max_examples=100)
# After a change of the rules that are tested: pytest --hypothesis-profile=thorough --timeout=0.
settings.register_profile("thorough", deadline=None, max_examples=2500)
settings.load_profile("helpdesk")

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@pytest.fixture(scope="session")
def templates() -> Iterator[Templates]:
    """What `database_url` is copied from."""
    templates = Templates()
    yield templates
    asyncio.run(templates.remove())


@pytest.fixture(params=DATABASES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path, templates: Templates) -> AsyncIterator[str]:
    """A migrated database: SQLite in the default tier, PostgreSQL as well in the services tier."""
    async with fresh_database(request.param, tmp_path, templates=templates) as url:
        yield url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """The real store over `database_url`."""
    store = SqlStore.connect(database_url)
    yield store
    await store.close()
