"""A range of whole days in the time zone of the helpdesk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo


@dataclass(frozen=True)
class Period:
    """From the beginning of `first` to the end of `last`, both as the clocks in `zone` show them."""

    first: date
    last: date
    zone: tzinfo

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after the period, in UTC."""
        return self._midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> Sequence[date]:
        """All days, in order."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def day_of(self, moment: datetime) -> date:
        """The day that it is in `zone` at `moment`."""
        return moment.astimezone(self.zone).date()

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(timezone.utc)
