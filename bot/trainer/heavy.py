"""Heavy work in a process of its own: low priority, dies with the trainer part, killed as a whole when cancelled."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.services.releases.problems import DISK_FULL, OUT_OF_MEMORY, JobFailedError
from bot.supervisor.logs import plain_lines
from bot.supervisor.process import Guard, PartProcess
from bot.trainer import lowly

_POLL = 0.2
_MOST_OUTPUT = 256 * 1024
_NO_ROOM = re.compile(r"No space left on device|Errno 28|database or disk is full", re.IGNORECASE)
_NO_MEMORY = re.compile(r"\bMemoryError\b|Cannot allocate memory|std::bad_alloc|Unable to allocate")


class Heavy:
    """Starts heavy processes; `megabytes` bounds the memory of each, 0 for no bound."""

    def __init__(self, guard: Guard, *, megabytes: int = 0) -> None:
        self._guard = guard
        self._megabytes = megabytes

    async def run(  # noqa: PLR0913 - what a process needs
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        log: Path,
        tell: Callable[[str], None] = lambda _: None,
        nice: int = 10,
    ) -> list[str]:
        """Runs `command` to its end with each line of its output told; the last lines of a failure are returned.

        Nothing is returned after a success. Raises JobFailedError where memory or disk has run out.
        """
        argv = [sys.executable, "-I", "-S", lowly.__file__, str(nice), str(self._megabytes), *command]
        try:
            process = await PartProcess.start(argv, env, cwd, log, self._guard)
        except OSError as error:
            raise JobFailedError(DISK_FULL) from error
        waiting = asyncio.ensure_future(process.wait())
        seen = process.log_start
        try:
            while not waiting.done():
                await asyncio.wait({waiting}, timeout=_POLL)
                seen = _tell_new(log, seen, tell)
            code = waiting.result()
        finally:
            waiting.cancel()
            # Shielded: a second cancellation must not leave the process behind.
            await asyncio.shield(process.kill())
        return [] if code == 0 else _failure(log, process.log_start, code)


def _tell_new(log: Path, seen: int, tell: Callable[[str], None]) -> int:
    try:
        with log.open("rb") as file:
            file.seek(seen)
            chunk = file.read(_MOST_OUTPUT)
    except OSError:
        return seen
    whole = chunk.rpartition(b"\n")[0]
    for line in plain_lines(whole.decode("utf-8", "replace")):
        tell(line)
    return seen + len(whole) + 1 if whole else seen


def _failure(log: Path, start: int, code: int) -> list[str]:
    try:
        with log.open("rb") as file:
            file.seek(max(start, log.stat().st_size - _MOST_OUTPUT))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        text = ""
    if _NO_ROOM.search(text):
        raise JobFailedError(DISK_FULL)
    # Nobody but the kernel kills a training with this signal.
    if code == -signal.SIGKILL or code == 128 + signal.SIGKILL or _NO_MEMORY.search(text):
        raise JobFailedError(OUT_OF_MEMORY)
    return [line for line in plain_lines(text) if line.strip()] or [f"berhenti dengan kode {code}"]


def environment(home: Path, project: Path) -> dict[str, str]:
    """What every heavy process needs of ours."""
    return {
        "HELPDESK_HOME": str(home),
        "HELPDESK_PROJECT": str(project),
        "PYTHONUNBUFFERED": "1",
        "RASA_CACHE_DIRECTORY": str(home / "cache" / "rasa"),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
    }
