"""Office hours and holidays of staff, as the settings write them: "Sen-Jum 08:00-17:00; Sab 08:00-12:00"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from bot.errors import SettingsError

_DAYS = {name: number for number, name in enumerate(("sen", "sel", "rab", "kam", "jum", "sab", "min"))}
_PART = re.compile(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d{1,2})[:.](\d{2})\s*-\s*(\d{1,2})[:.](\d{2})")
_DAYS_AHEAD = 370


@dataclass(frozen=True)
class OfficeHours:
    """When staff serve: by weekday (0 is Monday) in local time; without any hours always. Ends are exclusive."""

    zone: tzinfo
    hours: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Whether staff serve at `at` (aware)."""
        local = at.astimezone(self.zone)
        if local.date() in self.holidays:
            return False
        if not self.hours:
            return True
        return any(start <= local.time() < end for start, end in self.hours.get(local.weekday(), ()))

    def next_opening(self, at: datetime) -> datetime | None:
        """When staff serve next, in local time: `at` itself where they do; None if not within a year."""
        if self.is_open(at):
            return at.astimezone(self.zone)
        local = at.astimezone(self.zone)
        for ahead in range(_DAYS_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for start in self._starts(day):
                opening = datetime.combine(day, start, self.zone)
                if opening > local:
                    return opening
        return None

    def _starts(self, day: date) -> list[time]:
        if day in self.holidays:
            return []
        if not self.hours:
            return [time(0)]
        return sorted(start for start, _ in self.hours.get(day.weekday(), ()))


def parse_office_hours(hours: str, holidays: str, zone: tzinfo) -> OfficeHours:
    """Raises SettingsError for what is not of the form of the module's docstring, or of `YYYY-MM-DD` for holidays."""
    found: dict[int, list[tuple[time, time]]] = {}
    for part in filter(None, (piece.strip().lower() for piece in hours.split(";"))):
        match = _PART.fullmatch(part)
        if match is None or match[1] not in _DAYS or (match[2] or match[1]) not in _DAYS:
            raise SettingsError(f"HELPDESK_OFFICE_HOURS holds {part!r}; write it like 'Sen-Jum 08:00-17:00'")
        start, end = _time(match[3], match[4]), _time(match[5], match[6])
        if start >= end:
            raise SettingsError(f"HELPDESK_OFFICE_HOURS ends before it begins in {part!r}; write a night as two parts")
        first, last = _DAYS[match[1]], _DAYS[match[2] or match[1]]
        for step in range((last - first) % 7 + 1):
            found.setdefault((first + step) % 7, []).append((start, end))
    return OfficeHours(zone, {day: tuple(spans) for day, spans in found.items()}, _holidays(holidays))


def _time(hour: str, minute: str) -> time:
    if (int(hour), int(minute)) == (24, 0):
        return time.max
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise SettingsError(f"HELPDESK_OFFICE_HOURS holds no time of day: {hour}:{minute}") from error


def _holidays(text: str) -> frozenset[date]:
    try:
        return frozenset(date.fromisoformat(day) for day in text.replace(",", " ").split())
    except ValueError as error:
        raise SettingsError(f"HELPDESK_HOLIDAYS must hold dates such as 2026-12-25: {error}") from error
