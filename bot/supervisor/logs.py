"""Log files of the parts: rotated at start, and read back without noise when something failed."""

import re
from pathlib import Path
from typing import BinaryIO

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")
_FRAME = re.compile(r"^(\s|[╭│╰]|During handling of|The above exception was)|^$")
_WARNING = re.compile(r"\b\w*Warning: ")
_READ_BACK = 64_000


def open_log(path: Path, max_bytes: int = 5_000_000, keep: int = 3) -> BinaryIO:
    """Opens `path` for appending; a file above `max_bytes` first moves to `.1`, that to `.2`, and so on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > max_bytes:
        for number in range(keep, 0, -1):
            older = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
            if older.exists():
                older.replace(path.with_name(f"{path.name}.{number}"))
    return path.open("ab")


def tail(path: Path, start: int, count: int, *, verbose: bool = False) -> list[str]:
    """The last `count` lines written after byte `start`; without tracebacks and warnings unless `verbose`."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(start, size - _READ_BACK))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    lines = plain_lines(text)
    return (lines if verbose else without_noise(lines))[-count:]


def plain_lines(text: str) -> list[str]:
    """Lines without colour codes and without the earlier states of progress bars."""
    return [_ESCAPES.sub("", line.rstrip("\r").rpartition("\r")[2]).rstrip() for line in text.split("\n")]


def without_noise(lines: list[str]) -> list[str]:
    """Leaves out tracebacks but for the error they end in, and warnings with the source line they quote."""
    kept: list[str] = []
    skipping = False
    for line in lines:
        if "Traceback (most recent call last)" in line or (_WARNING.search(line) and not line.startswith(" ")):
            skipping = True
        elif not (skipping and _FRAME.match(line)):
            skipping = False
            if line.strip():
                kept.append(line)
    return kept
