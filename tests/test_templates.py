"""Databases for tests: each test gets one of its own, and nothing is left behind, whatever became of earlier runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.engine import make_engine
from tests.conftest import DATABASES
from tests.databases import connect_or_skip, fresh_database
from tests.templates import Templates, new_name, remove_what_is_nobodys


async def _count(url: str) -> int:
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO login_throttle VALUES ('x', 1, '2026-01-01 00:00:00+00:00')"))
        count = (await connection.execute(text("SELECT count(*) FROM login_throttle"))).scalar_one()
    await engine.dispose()
    return int(count)


@pytest.mark.parametrize("kind", DATABASES)
async def test_what_one_test_stores_no_other_finds(kind: str, tmp_path: Path, templates: Templates) -> None:
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        async with fresh_database(kind, tmp_path / str(number), templates=templates) as url:
            assert await _count(url) == 1


@pytest.fixture(name="ended")
def _ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.services
async def test_what_a_killed_run_left_is_removed_and_nothing_else(ended: int) -> None:
    server = await connect_or_skip()
    left, ours, elsewhere = new_name(ended), new_name(), f"helpdesk_test_00000000_{ended}_0123456789ab"
    for name in (left, ours, elsewhere):
        await server.execute(f'CREATE DATABASE "{name}"')
    await remove_what_is_nobodys(server)
    there = {row["datname"] for row in await server.fetch("SELECT datname FROM pg_database")}
    assert {left, ours, elsewhere} & there == {ours, elsewhere}
    for name in (ours, elsewhere):
        await server.execute(f'DROP DATABASE "{name}"')
    await server.close()
