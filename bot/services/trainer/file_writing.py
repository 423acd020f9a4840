"""Writing several files so that a crash leaves each of them old or new, never half."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.errors import DiskFullError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_TEMPORARY = ".tmp"


def read_text(path: Path) -> str | None:
    """The content, line ends as they are; None where there is no file. Raises UnicodeDecodeError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write_all(files: Sequence[tuple[Path, str | None]]) -> None:
    """Replaces each file, or removes it (None); those that come first stay so, should the process end in between.

    Raises DiskFullError, and has changed nothing, where there is no room for all of them.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, text in files:
            if text is not None:
                ready.append((_temporary(path, text), path))
        for temporary, path in ready:
            temporary.replace(path)
        for path, text in files:
            if text is None:
                path.unlink(missing_ok=True)
        for folder in {path.parent for path, _ in files if path.parent.exists()}:
            _sync_folder(folder)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFullError(f"no room for {len(files)} files") from error
        raise
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def remove_leftovers(path: Path) -> None:
    """What a process that was killed while it wrote `path` has left beside it. Only under the lock."""
    if path.parent.exists():
        for beside in list(path.parent.iterdir()):
            if beside.name.startswith(f".{path.name}.") and beside.name.endswith(_TEMPORARY):
                beside.unlink(missing_ok=True)


def lock_file(path: Path) -> int:
    """Waits for the lock and gives the open file that holds it: closing it, also by dying, lets the next one in."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _temporary(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", prefix=f".{path.name}.", suffix=_TEMPORARY, dir=path.parent, delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
