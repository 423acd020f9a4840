"""Use case of the team lead: the figures of a range of days."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.errors import InvalidMessageError
from bot.helpdesk.period import Period
from bot.helpdesk.report import Report, make_report
from bot.services.ports import Clock, Store

MAX_DAYS = 366
# Beyond these no conversation can have been, and near the ends of the calendar there is no midnight in UTC.
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Figures:
    """A report and the moment at which it was true."""

    report: Report
    made_at: datetime


class TeamFigures:
    """What the team lead can ask for."""

    def __init__(self, store: Store, clock: Clock, zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    async def report(self, first_day: object, last_day: object) -> Figures:
        """The figures of whole days, both `YYYY-MM-DD` and included. Raises InvalidMessageError."""
        period = _period(_day(first_day, "from"), _day(last_day, "to"), self._zone)
        async with self._store.read() as work:
            history = await work.figures.history(period)
            now = self._clock.now()
        # Sorting a year's durations takes a while, in which customers are to be served.
        return Figures(await asyncio.to_thread(make_report, history, period), now)


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
