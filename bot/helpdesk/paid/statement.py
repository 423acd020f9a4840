"""A bank statement as CSV: the money that came in, and what it pays."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.helpdesk.paid.statement_cells import Direction, read_amount, read_date, read_mark, rupiah_and_cents
from bot.helpdesk.paid.statement_table import Table, read_table, statement_error


@dataclass(frozen=True)
class StatementLine:
    """Money that came in. `digest` is the same whenever the same line is imported again, and only then."""

    date: date
    description: str = field(repr=False)
    amount: int
    digest: str


@dataclass(frozen=True)
class OddCredit:
    """Money that came in or was taken back, but pays nothing of ours: with cents (interest), or below zero."""

    line: int
    date: date
    text: str


@dataclass(frozen=True)
class Statement:
    """Everything that came in, in the order of the file."""

    lines: tuple[StatementLine, ...]
    odd: tuple[OddCredit, ...] = ()


@dataclass(frozen=True)
class Matching:
    """`ambiguous` lines have an amount that is due, but came more than once: staff decide which of them counts."""

    matched: tuple[tuple[StatementLine, str], ...]
    ambiguous: tuple[tuple[StatementLine, str], ...]
    unmatched: tuple[StatementLine, ...]


def match(lines: Sequence[StatementLine], due: Mapping[int, str]) -> Matching:
    """What the lines pay: `due` has the order id of each amount. Leave out lines that were booked before."""
    times = Counter(line.amount for line in lines)
    known = [(line, due[line.amount]) for line in lines if line.amount in due]
    return Matching(
        matched=tuple((line, order) for line, order in known if times[line.amount] == 1),
        ambiguous=tuple((line, order) for line, order in known if times[line.amount] > 1),
        unmatched=tuple(line for line in lines if line.amount not in due),
    )


def parse_statement(content: bytes, *, account: str = "") -> Statement:
    """The credits of a statement of `account` (its number, so that equal lines of two accounts stay two).

    Comma, semicolon or tab; UTF-8, UTF-16 or Latin-1; lines before the names of the columns are passed over, and so
    are debits and sums at the end. Two equal lines of one day are numbered, whichever file they come from.

    Raises PaidSupportError with `line`, `column` and `reason` (`size`, `csv`, `header`, `cells`, `date`, `amount`,
    `mark`) for everything else that is not understood, so that nothing is lost silently.
    """
    table = read_table(content)
    lines: list[StatementLine] = []
    odd: list[OddCredit] = []
    seen: Counter[tuple[date, str, int]] = Counter()
    for line, row in table.rows:
        credit = _credit(table, line, row)
        if credit is None:
            continue
        day = read_date(row[table.columns.date], table.period)
        if day is None:
            raise statement_error(line, table.columns.name(table.columns.date), "date")
        if isinstance(credit, str):
            odd.append(OddCredit(line, day, credit))
            continue
        description = " ".join(" ".join(row[position] for position in table.columns.descriptions).split())
        seen[day, description.casefold(), credit] += 1
        digest = _digest(account, day, description, credit, seen[day, description.casefold(), credit])
        lines.append(StatementLine(day, description, credit, digest))
    return Statement(tuple(lines), tuple(odd))


def _credit(table: Table, line: int, row: Sequence[str]) -> int | str | None:
    """What came in; as text where it pays nothing of ours, None where nothing came in."""
    columns, text = table.columns, row[table.columns.money].strip()
    number, direction = read_amount(text)
    if not number:
        return None
    found = rupiah_and_cents(number)
    if found is None:
        raise statement_error(line, columns.name(columns.money), "amount")
    amount, has_cents = found
    if columns.credits_only:
        taken_back = direction is Direction.OUT
    elif _direction(table, line, row, direction) is Direction.OUT:
        return None
    else:
        taken_back = False
    if amount == 0 and not has_cents:
        return None
    return text if has_cents or taken_back else amount


def _direction(table: Table, line: int, row: Sequence[str], beside: Direction | None) -> Direction:
    """From the column of marks, or from what stands beside the number; they may not contradict each other."""
    columns = table.columns
    told = beside
    if columns.mark is not None and row[columns.mark].strip():
        told = read_mark(row[columns.mark])
    if told is None or (beside is not None and beside is not told):
        raise statement_error(line, columns.name(columns.money if columns.mark is None else columns.mark), "mark")
    return told


def _digest(account: str, day: date, description: str, amount: int, number: int) -> str:
    parts = (account, day.isoformat(), description.casefold(), str(amount), str(number))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
