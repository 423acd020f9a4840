"""A range of days as staff ask for it."""

from __future__ import annotations

from datetime import date, tzinfo

from bot.errors import InvalidMessageError
from bot.helpdesk.period import Period

MAX_DAYS = 366
# Beyond these no conversation can have been, and near the ends of the calendar there is no midnight in UTC.
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


def checked_period(first_day: object, last_day: object, zone: tzinfo) -> Period:
    """Whole days, both `YYYY-MM-DD` and included. Raises InvalidMessageError (field `from` or `to`)."""
    return _period(_day(first_day, "from"), _day(last_day, "to"), zone)


def _day(value: object, field: str) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError as error:
        raise InvalidMessageError(f"{field} is no day", field=field) from error
    if day is None or not _FIRST <= day <= _LAST:
        raise InvalidMessageError(f"{field} is missing or out of range", field=field)
    return day


def _period(first: date, last: date, zone: tzinfo) -> Period:
    if last < first:
        raise InvalidMessageError("the range ends before it begins", field="to")
    if (last - first).days >= MAX_DAYS:
        raise InvalidMessageError("the range is too long", field="to", max_days=MAX_DAYS)
    return Period(first, last, zone)
