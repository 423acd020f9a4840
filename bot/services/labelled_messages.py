"""Labelled messages as files of JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

from bot.errors import CatalogueError
from bot.helpdesk.scoring import Labelled


def read_labelled(file: Path) -> list[Labelled]:
    """The labelled messages of a file with their lines. Raises CatalogueError naming the line that cannot be read."""
    try:
        # Not splitlines: messages may hold other line separators, such as U+2028.
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error
    labelled = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            labelled.append(Labelled.parse(json.loads(line), number))
        except ValueError as error:
            raise CatalogueError(f"{file}, line {number}: not JSON") from error
        except CatalogueError as error:
            raise CatalogueError(f"{file}, {error}") from error
    if not labelled:
        raise CatalogueError(f"{file} holds no messages")
    return labelled
