"""Office hours: open and the next opening agree, over midnights, holidays and the ends of weeks and years."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.helpdesk.office_hours import OfficeHours, parse_office_hours

JAKARTA = ZoneInfo("Asia/Jakarta")
DAYS = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
USUAL = "Sen-Jum 08:00-17:00; Sab 08:00-12:00"
NIGHT = "Sen-Jum 22:00-24:00; Sel-Sab 00:00-06:00"

clocks = st.tuples(st.integers(0, 23), st.sampled_from([0, 15, 30, 59])).map(lambda c: time(*c))
spans = st.tuples(clocks, clocks).filter(lambda span: span[0] < span[1])
weeks = st.dictionaries(st.integers(0, 6), st.lists(spans, min_size=1, max_size=2).map(tuple), max_size=7)
moments = st.integers(0, 380 * 24 * 60).map(
    lambda minutes: datetime(2025, 12, 20, tzinfo=timezone.utc) + timedelta(minutes=minutes)
)
holidays = st.frozensets(st.dates(date(2025, 12, 20), date(2026, 1, 20)), max_size=20)
offices = st.builds(OfficeHours, st.just(JAKARTA), weeks, holidays)


def at(text: str) -> datetime:
    """A moment in Jakarta."""
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@given(offices, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(office: OfficeHours, moment: datetime) -> None:
    opening = office.next_opening(moment)
    if opening is None:
        assert office.hours  # without hours every day opens
        return
    assert opening >= moment
    assert office.is_open(opening)
    assert (opening == moment) == office.is_open(moment)
    quarters = int((opening - moment) / timedelta(minutes=15))
    for number in range(min(quarters, 200)):
        between = moment + number * timedelta(minutes=15)
        assert between >= opening or not office.is_open(between)


@given(offices, moments)
def test_the_zone_of_who_asks_does_not_matter(office: OfficeHours, moment: datetime) -> None:
    for zone in (JAKARTA, ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-11))):
        assert office.is_open(moment.astimezone(zone)) == office.is_open(moment)


@given(offices, moments)
def test_jakarta_has_one_time_all_year(office: OfficeHours, moment: datetime) -> None:
    opening = office.next_opening(moment)
    assert opening is None or opening.utcoffset() == timedelta(hours=7)


@given(offices, moments)
def test_a_holiday_is_closed_from_midnight_to_midnight(office: OfficeHours, moment: datetime) -> None:
    day = moment.astimezone(JAKARTA).date()
    free = OfficeHours(JAKARTA, office.hours, office.holidays | {day})
    for clock in (time.min, time(8), time(12), time.max):
        assert not free.is_open(datetime.combine(day, clock, JAKARTA))
    opening = free.next_opening(moment)
    assert opening is None or opening.date() > day


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (USUAL, "2026-03-02T07:59:59", False),  # a Monday
        (USUAL, "2026-03-02T08:00", True),
        (USUAL, "2026-03-02T16:59:59", True),
        (USUAL, "2026-03-02T17:00", False),
        (USUAL, "2026-03-07T11:59", True),
        (USUAL, "2026-03-07T12:00", False),
        (USUAL, "2026-03-08T10:00", False),
        (NIGHT, "2026-03-02T23:59:59", True),
        (NIGHT, "2026-03-03T00:00", True),
        (NIGHT, "2026-03-03T05:59", True),
        (NIGHT, "2026-03-03T06:00", False),
        (NIGHT, "2026-03-02T00:30", False),  # the night before was Sunday's
        (NIGHT, "2026-03-07T00:30", True),  # Friday's night
        ("Jum-Sen 09.00-10.00", "2026-03-08T09:30", True),
        ("Jum-Sen 09.00-10.00", "2026-03-02T09:30", True),
        ("Jum-Sen 09.00-10.00", "2026-03-03T09:30", False),
        ("", "2026-03-08T03:00", True),
    ],
)
def test_hours_are_read_as_they_are_written(hours: str, moment: str, is_open: bool) -> None:
    assert parse_office_hours(hours, "", JAKARTA).is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("hours", "free", "moment", "opening"),
    [
        (USUAL, "", "2026-03-06T17:00", "2026-03-07T08:00"),
        (USUAL, "", "2026-03-07T12:00", "2026-03-09T08:00"),
        (USUAL, "2026-03-09 2026-03-10", "2026-03-07T12:00", "2026-03-11T08:00"),
        (USUAL, "2026-12-31, 2027-01-01", "2026-12-30T20:00", "2027-01-02T08:00"),
        (NIGHT, "", "2026-03-07T06:00", "2026-03-09T22:00"),
        (NIGHT, "2026-03-03", "2026-03-02T23:00", "2026-03-02T23:00"),
        (NIGHT, "2026-03-03", "2026-03-03T00:00", "2026-03-04T00:00"),
        ("", "2026-03-02 2026-03-03", "2026-03-02T12:00", "2026-03-04T00:00"),
        ("Sen 13:00-14:00; Sen 09:00-10:00", "", "2026-03-02T10:30", "2026-03-02T13:00"),
    ],
)
def test_staff_are_back_when_they_say(hours: str, free: str, moment: str, opening: str) -> None:
    assert parse_office_hours(hours, free, JAKARTA).next_opening(at(moment)) == at(opening)


def test_who_never_opens_within_a_year_has_no_next_opening() -> None:
    mondays = [date(2026, 3, 2) + timedelta(weeks=number) for number in range(60)]
    office = parse_office_hours("Sen 08:00-09:00", " ".join(map(str, mondays)), JAKARTA)
    assert office.next_opening(at("2026-03-02T08:30")) is None


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), spans), max_size=4))
def test_days_are_those_from_the_first_to_the_last(parts: list[tuple[int, int, tuple[time, time]]]) -> None:
    written = "; ".join(f"{DAYS[a]}-{DAYS[b]} {start:%H:%M}-{end:%H:%M}" for a, b, (start, end) in parts)
    office = parse_office_hours(written, "", JAKARTA)
    for day in range(7):
        of_it = {span for a, b, span in parts if (day - a) % 7 <= (b - a) % 7}
        assert set(office.hours.get(day, ())) == of_it


@pytest.mark.parametrize(
    "hours",
    ["08:00-17:00", "Sen", "Mon 08:00-17:00", "Sen 17:00-08:00", "Sen 08:00-08:00", "Sen 25:00-26:00", "Sen 8-17"],
)
def test_what_is_not_understood_stops_the_start(hours: str) -> None:
    with pytest.raises(SettingsError):
        parse_office_hours(hours, "", JAKARTA)


@pytest.mark.parametrize("free", ["besok", "2026-02-30", "31-12-2026"])
def test_holidays_are_dates(free: str) -> None:
    with pytest.raises(SettingsError):
        parse_office_hours(USUAL, free, JAKARTA)
