"""One supervisor per home, and `run.json`, which tells tests and tools what runs where."""

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from bot.supervisor.errors import EXIT_ENVIRONMENT, StartError


def lock_home(home: Path) -> IO[str]:
    """Takes the home for this process; the lock goes with the process, however it ends."""
    file = (home / "run.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        pid = file.read().strip() or "unknown"
        file.close()
        raise StartError(
            f"The helpdesk of {home} is already running, pid {pid}: stop it first, or set HELPDESK_HOME.",
            EXIT_ENVIRONMENT,
        ) from error
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


class RunFile:
    """`run.json`: {pid, parts: {name: {pid, port}}}; removed on a clean stop."""

    def __init__(self, home: Path) -> None:
        self._path = home / "run.json"

    def write(self, parts: Mapping[str, tuple[int | None, int]]) -> None:
        """Replaces the file in one step, so that a reader never sees half of it."""
        content = {
            "pid": os.getpid(),
            "parts": {name: {"pid": pid, "port": port} for name, (pid, port) in parts.items()},
        }
        temporary = self._path.with_suffix(".json.tmp")
        temporary.write_text(json.dumps(content, indent=1), encoding="utf-8")
        temporary.replace(self._path)

    def remove(self) -> None:
        """Takes the file away; a missing one is fine."""
        self._path.unlink(missing_ok=True)
