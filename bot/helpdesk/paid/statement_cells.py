"""What stands in the cells of a bank statement: dates, amounts, and marks of credit and debit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum

from bot.helpdesk.paid.money import parse_rupiah

_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "ags": 8},
    **{"aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12},
}
_TIME = r"(?:[ T,]+\d{1,2}[:.]\d{2}.*)?"
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})" + _TIME)
_YEAR_FIRST = re.compile(r"(\d{4})[/.-]?(\d{2})[/.-]?(\d{2})" + _TIME)
_NAMED = re.compile(r"(\d{1,2})[ /.-]*([a-z]{3,9})\.?[ /.-]*(\d{4}|\d{2})" + _TIME)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_MARKED = re.compile(r"(.*?[^A-Z])(CR|DB|DR|K|D|C)\.?", re.IGNORECASE)


class Direction(Enum):
    """Which way the money went."""

    IN = "in"
    OUT = "out"


_WORDS = {
    **dict.fromkeys(("cr", "c", "k", "kredit", "credit", "masuk", "+"), Direction.IN),
    **dict.fromkeys(("db", "dr", "d", "debit", "debet", "keluar", "-"), Direction.OUT),
}


def read_mark(text: str) -> Direction | None:
    """What CR, DB and the like say; None for anything else."""
    return _WORDS.get(text.strip().strip(".").casefold())


def read_amount(text: str) -> tuple[str, Direction | None]:
    """The bare number, and what sign, brackets or a mark beside it say about the direction."""
    bare = text.strip()
    if match := _MARKED.fullmatch(bare):
        return match[1].strip(), read_mark(match[2])
    if bare.startswith("(") and bare.endswith(")"):
        return bare[1:-1].strip(), Direction.OUT
    for sign in "+-":
        for signed in (bare, bare[::-1]):
            if signed.startswith(sign):
                return bare.strip(sign).strip(), _WORDS[sign]
    return bare, None


def rupiah_and_cents(number: str) -> tuple[int, bool] | None:
    """Whole rupiah, and whether there are cents beside them; None where `number` is no amount."""
    if (whole := parse_rupiah(number)) is not None:
        return whole, False
    # Interest comes with cents; no payment of ours does.
    match = re.fullmatch(r"(.*[.,])\d{2}", number)
    whole = parse_rupiah(f"{match[1]}00") if match else None
    return None if whole is None else (whole, True)


def read_date(text: str, period: Sequence[date] = ()) -> date | None:
    """The day, which stands before the month; None for what is no date.

    A day without a year (BCA) lies in the period that the statement's head names.
    """
    bare = text.strip().lstrip("'").strip().casefold()
    try:
        if match := _DAY_FIRST.fullmatch(bare):
            return date(_year(match[3]), int(match[2]), int(match[1]))
        if match := _YEAR_FIRST.fullmatch(bare):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _NAMED.fullmatch(bare):
            return date(_year(match[3]), _MONTHS.get(match[2][:3], 0), int(match[1]))
        if (match := _WITHOUT_YEAR.fullmatch(bare)) and period:
            return _within(int(match[1]), int(match[2]), min(period), max(period))
    except ValueError:  # no such day
        return None
    return None


def dates_within(text: str) -> list[date]:
    """The dates with a year that a text names, such as a statement's period."""
    found = (read_date(match[0]) for match in re.finditer(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}", text))
    return [day for day in found if day is not None]


def _within(day: int, month: int, first: date, last: date) -> date | None:
    for year in range(first.year, last.year + 1):
        try:
            if first <= (found := date(year, month, day)) <= last:
                return found
        except ValueError:  # 29 February, perhaps of the other year
            continue
    return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
