"""Reading the project's markdown files."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NOT_OURS = {".venv", "node_modules", "var", "build", "test-results"}


def markdown_files() -> list[Path]:
    """The markdown files that belong to the project, in no folder that is made or installed."""
    return sorted(
        file
        for file in ROOT.rglob("*.md")
        if not any(part in _NOT_OURS or part.startswith(".") for part in file.relative_to(ROOT).parts)
    )


def section(text: str, heading: str) -> str:
    """What stands below the `## heading` that begins with `heading`, up to the next one."""
    for part in text.split("\n## ")[1:]:
        if part.startswith(heading):
            return part
    raise AssertionError(f"there is no section {heading!r}")


def table_rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables in `text`, without heads and rules; `\\|` is no end of a cell."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        is_rule = set(line) <= set("|-: ")
        is_head = number + 1 < len(lines) and lines[number + 1].startswith("|--")
        if line.startswith("|") and not is_rule and not is_head:
            yield [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
