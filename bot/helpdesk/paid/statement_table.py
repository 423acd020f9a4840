"""A bank statement as a table: its encoding, delimiter, names of columns, and the rows below them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import PaidSupportError
from bot.helpdesk.paid.statement_cells import dates_within, read_date
from bot.helpdesk.paid.statement_columns import Columns, find_columns

MOST_BYTES = 4 * 1024 * 1024
_HEAD_ROWS = 40
_SUMMARY = re.compile(
    r"(total|saldo|mutasi|jumlah|kredit|debet|debit|credit|(starting|opening|ending|closing) balance)\b.*"
)
# BCA writes it in the place of the date, as long as a transaction is not booked; it comes with its date later.
_NOT_BOOKED = "pend"
_Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """`rows` have their line in the file and a cell for each column; `period` are the dates that the head names."""

    columns: Columns
    period: tuple[date, ...]
    rows: tuple[_Row, ...]


def read_table(content: bytes) -> Table:
    """Raises PaidSupportError with `line`, `column` and `reason`: `size`, `csv`, `header` or `cells`."""
    if len(content) > MOST_BYTES:
        raise statement_error(0, "", "size")
    text = _decoded(content)
    failure = statement_error(1, "", "header")
    for delimiter in ",;\t":
        try:
            rows = list(_rows(text, delimiter))
        except _NoCsvError as error:
            failure = statement_error(error.line, "", "csv")
            continue
        for index, (line, row) in enumerate(rows[:_HEAD_ROWS]):
            if (columns := find_columns(row, line=line)) is not None:
                period = tuple(day for _, head in rows[:index] for day in dates_within(" ".join(head)))
                return Table(columns, period, tuple(_joined(rows[index + 1 :], columns, period)))
    raise failure


def statement_error(line: int, column: str, reason: str) -> PaidSupportError:
    """Without what stands in the cell: it may name people."""
    where = f"line {line}" + (f", column {column}" if column else "")
    return PaidSupportError(f"{where}: {reason}", field="statement", line=line, column=column, reason=reason)


class _NoCsvError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise statement_error(0, "", "csv")


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for row in reader:
            yield before + 1, row
            before = reader.line_num
    except csv.Error:
        raise _NoCsvError(before + 1) from None


def _joined(rows: Sequence[_Row], columns: Columns, period: Sequence[date]) -> list[_Row]:
    """All as wide as the header; a row that only goes on with a description is put to the one above."""
    joined: list[_Row] = []
    words = frozenset(columns.descriptions)
    for line, row in rows:
        filled = [position for position, cell in enumerate(row) if cell.strip()]
        if not filled or tuple(row) == columns.names or _is_summary(row, filled, columns, period):
            continue
        if filled[-1] >= len(columns.names):
            # An amount with commas that is not quoted, or a description with the delimiter in it.
            raise statement_error(line, f"#{filled[-1] + 1}", "cells")
        cells = [*row, *[""] * len(columns.names)][: len(columns.names)]
        if joined and words.issuperset(filled):
            for position in filled:
                joined[-1][1][position] += f" {cells[position]}"
        elif cells[columns.date].strip(" '").casefold() != _NOT_BOOKED:
            joined.append((line, cells))
    return joined


def _is_summary(row: Sequence[str], filled: Sequence[int], columns: Columns, period: Sequence[date]) -> bool:
    day = row[columns.date] if columns.date < len(row) else ""
    return read_date(day, period) is None and _SUMMARY.fullmatch(row[filled[0]].strip().casefold()) is not None
