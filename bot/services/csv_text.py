"""Tables as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TypeAlias

# Excel takes a file for UTF-8 only when it begins with this.
_BOM = "\ufeff"
# A text cell that begins so is a formula to spreadsheets, and would run there.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell: TypeAlias = str | int | float | None


class Separator(str, Enum):
    """What parts the cells. Spreadsheets set to Indonesian expect semicolons, and commas within numbers."""

    COMMA = "comma"
    SEMICOLON = "semicolon"


def csv_text(rows: Iterable[Sequence[Cell]], separator: Separator = Separator.COMMA) -> str:
    """`rows`, the heading first; an empty cell is what nobody knows, never zero. No text is run as a formula."""
    text = io.StringIO()
    semicolon = separator is Separator.SEMICOLON
    writer = csv.writer(text, delimiter=";" if semicolon else ",")
    for row in rows:
        writer.writerow([_cell(value, decimal_comma=semicolon) for value in row])
    return _BOM + text.getvalue()


def _cell(value: Cell, *, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # Tenths of a second and hundredths of a star are exact enough.
        number = f"{value:.2f}".rstrip("0").rstrip(".")
        return number.replace(".", ",") if decimal_comma else number
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
