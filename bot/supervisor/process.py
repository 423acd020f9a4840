"""Starting and stopping one process with everything that it starts."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.supervisor import guard, leash
from bot.supervisor.logs import open_log

# Isolated and without site-packages: these two small programs start in milliseconds.
_PLAIN_PYTHON = (sys.executable, "-I", "-S")


def leashed(argv: Sequence[str]) -> list[str]:
    """`argv`, run so that it dies with this process. Start it from a thread that lives as long as it shall."""
    return [*_PLAIN_PYTHON, leash.__file__, str(os.getpid()), *argv]


class Guard:
    """The small process that kills left-over process groups should this one die."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls) -> Guard:
        """Starts it in a session of its own, out of reach of Ctrl-C."""
        return cls(
            await asyncio.create_subprocess_exec(
                *_PLAIN_PYTHON, guard.__file__, stdin=asyncio.subprocess.PIPE, start_new_session=True
            )
        )

    def note(self, group: int) -> None:
        """`group` is to be killed if this process dies."""
        self._send(f"+{group}\n")

    def forget(self, group: int) -> None:
        """`group` is no more."""
        self._send(f"-{group}\n")

    async def stop(self) -> None:
        """Ends it; groups still noted are killed."""
        assert self._process.stdin is not None  # noqa: S101  # for the type checker: it was started with a pipe
        self._process.stdin.close()
        await self._process.wait()

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None  # noqa: S101  # for the type checker: it was started with a pipe
        if self._process.returncode is None:
            self._process.stdin.write(line.encode())


class PartProcess:
    """A running process, leader of a session and process group of its own."""

    def __init__(self, process: asyncio.subprocess.Process, guard_: Guard, log_path: Path, log_start: int) -> None:
        self._process = process
        self._guard = guard_
        self._swept = False
        self.log_path = log_path
        self.log_start = log_start
        guard_.note(process.pid)

    @classmethod
    async def start(
        cls, argv: Sequence[str], env: Mapping[str, str], cwd: Path | None, log_path: Path, guard_: Guard
    ) -> PartProcess:
        """Starts `argv` with its output appended to `log_path`."""
        with open_log(log_path) as log:
            log_start = log.seek(0, os.SEEK_END)
            process = await asyncio.create_subprocess_exec(
                *leashed(argv),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                env={**os.environ, **env},
                cwd=cwd,
                start_new_session=True,
            )
        return cls(process, guard_, log_path, log_start)

    @property
    def pid(self) -> int:
        """The process id, which is the id of its group too."""
        return self._process.pid

    async def wait(self) -> int:
        """Waits for the end; returns the exit code, negative for a signal."""
        return await self._process.wait()

    async def stop(self, limit: float) -> None:
        """Asks it to end, and kills what is left of its group after `limit` seconds."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._process.wait(), limit)
        await self.kill()

    async def kill(self) -> None:
        """Kills the whole group at once, also when its leader has already ended."""
        if not self._swept:
            self._swept = True
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
            self._guard.forget(self.pid)
        await self._process.wait()
