"""Databases that are migrated once in a test run and copied for each test: migrating takes a second, a copy a tenth.

PostgreSQL copies a database that nobody is connected to; on SQLite the file is copied, in memory where there is such
a folder: the store waits for the disk at each commit, and here nothing has to outlive a power cut.

A run that was killed cannot remove what it made, so the names say whose it is, and the next run on that machine removes
what is nobody's any more.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import tempfile
import uuid
from pathlib import Path

import asyncpg

from bot.store.migrate import upgrade_async

SERVER = os.environ.get("HELPDESK_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
# Runs on other machines may use the same server; only of our own can be told whether they still go on.
_MACHINE = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
_PREFIX = f"helpdesk_test_{_MACHINE}_"
_MEMORY = "/dev/shm"  # noqa: S108 - the folder has a name that nobody can guess
_NAME = re.compile(_PREFIX + r"(\d+)_\w+")


def new_name(pid: int | None = None) -> str:
    """For a database of this process, or of another one of this machine."""
    return f"{_PREFIX}{pid or os.getpid()}_{uuid.uuid4().hex[:12]}"


def address_of(name: str) -> str:
    """The database `name` of the test server, as the store wants it."""
    return SERVER.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://") + f"/{name}"


class Templates:
    """Made when first asked for; `remove` takes them away."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._name: str | None = None

    async def new_folder(self) -> Path:
        """A folder with a migrated SQLite database `test.db`."""
        if self._folder is None:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None))
            await upgrade_async(f"sqlite+aiosqlite:///{folder / 'test.db'}")
            self._folder = folder
        new = Path(tempfile.mkdtemp(dir=self._folder))
        shutil.copy(self._folder / "test.db", new)
        return new

    async def create_database(self, server: asyncpg.Connection, name: str) -> None:
        """A migrated database `name` on the test server."""
        if self._name is None:
            await remove_what_is_nobodys(server)
            template = new_name()
            await server.execute(f'CREATE DATABASE "{template}"')
            await upgrade_async(address_of(template))
            self._name = template
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')

    async def remove(self) -> None:
        """After the last test."""
        if self._folder is not None:
            shutil.rmtree(self._folder)
            self._folder = None
        if self._name is not None:
            server = await asyncpg.connect(SERVER, timeout=5)
            await server.execute(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
            await server.close()
            self._name = None


async def remove_what_is_nobodys(server: asyncpg.Connection) -> None:
    """Databases of runs of this machine that have ended."""
    for row in await server.fetch("SELECT datname FROM pg_database"):
        made = _NAME.fullmatch(row["datname"])
        if made is not None and not _is_running(int(made[1])):
            await server.execute(f'DROP DATABASE IF EXISTS "{row["datname"]}" WITH (FORCE)')


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
