"""Use case of the team lead: the figures of a range of days."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.helpdesk.report import Report, make_report
from bot.services.day_range import checked_period
from bot.services.ports import Clock, Store


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
        period = checked_period(first_day, last_day, self._zone)
        async with self._store.read() as work:
            history = await work.figures.history(period)
            now = self._clock.now()
        # Sorting a year's durations takes a while, in which customers are to be served.
        return Figures(await asyncio.to_thread(make_report, history, period), now)
