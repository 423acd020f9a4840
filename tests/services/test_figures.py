"""The report of the team lead: which ranges it takes, and its CSV."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.errors import InvalidMessageError
from bot.helpdesk.history import ChangeFact, History, RatingFact, RequestFact
from bot.helpdesk.period import Period
from bot.helpdesk.report import make_report
from bot.services.csv_text import Separator
from bot.services.day_range import MAX_DAYS
from bot.services.figures import TeamFigures
from bot.services.figures_csv import Part, write_csv
from bot.store.unit_of_work import SqlStore
from tests.desk_history import hand_made_week
from tests.fakes import FakeClock

JAKARTA = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=timezone.utc)


@pytest.fixture
def figures(store: SqlStore) -> TeamFigures:
    return TeamFigures(store, FakeClock(), JAKARTA)


async def test_the_report_covers_whole_days_in_the_time_zone(figures: TeamFigures, database_url: str) -> None:
    await hand_made_week().write(database_url)
    made = await figures.report("2026-03-02", "2026-03-02")
    assert made.report.requests.asked == 2  # at 00:00:00 and at 23:59:59 in Jakarta, and none of the days beside
    assert made.report.period.start == datetime(2026, 3, 1, 17, 0, tzinfo=timezone.utc)
    assert made.made_at == FakeClock().now()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-03-02", "2026-03-01", "to"),
        ("2026-01-01", "2027-01-02", "to"),
        (None, "2026-03-01", "from"),
        ("2026-03-01", None, "to"),
        ("2026-02-30", "2026-03-01", "from"),
        ("kemarin", "2026-03-01", "from"),
        ("2026-3-1", "2026-03-01", "from"),
        ("2026-03-01T00:00", "2026-03-01", "from"),
        (20260301, "2026-03-01", "from"),
        ("0001-01-01", "0001-01-01", "from"),
        ("2026-03-01", "9999-12-31", "to"),
    ],
)
async def test_ranges_that_make_no_sense_are_refused(
    figures: TeamFigures, first: object, last: object, field: str
) -> None:
    with pytest.raises(InvalidMessageError) as refused:
        await figures.report(first, last)
    assert refused.value.data["field"] == field


async def test_a_leap_year_is_the_longest_range(figures: TeamFigures) -> None:
    assert len((await figures.report("2028-01-01", "2028-12-31")).report.days) == MAX_DAYS


async def test_days_as_csv(figures: TeamFigures, database_url: str) -> None:
    await hand_made_week().write(database_url)
    report = (await figures.report("2026-03-02", "2026-03-04")).report
    text = write_csv(report, Part.DAYS)
    assert text.startswith("\ufeffTanggal,")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert [row[0] for row in rows] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    monday, wednesday = (dict(zip(head, row, strict=True)) for row in (rows[0], rows[2]))
    assert monday["Permintaan staf"] == "2"
    assert monday["Median tunggu (detik)"] == "530"
    assert monday["Rata-rata penilaian"] == "5"
    assert (monday["Bot: dinyatakan selesai"], monday["Bot: pergi tanpa jawaban"], monday["Beralih ke staf"]) == (
        *("1", "0", "2"),
    )
    assert wednesday["Masih menunggu"] == "1"


async def test_what_nobody_knows_is_empty_and_not_zero(figures: TeamFigures) -> None:
    report = (await figures.report("2026-03-02", "2026-03-02")).report
    head, row = csv.reader(io.StringIO(write_csv(report, Part.DAYS)))
    cells = dict(zip(head, row, strict=True))
    assert cells["Permintaan staf"] == "0"
    assert cells["Median tunggu (detik)"] == cells["Rata-rata penilaian"] == ""


def report_with(name: str, reason: str = "minta_manusia") -> str:
    """The tables of agents and reasons with these words in them, as one text."""
    history = History(
        requests=[RequestFact(NOON, reason, accepted_at=NOON, accepted_by="rina", answered_at=NOON)],
        changes=[ChangeFact("x", NOON, "accept", "agent", new_agent_id="rina")],
        ratings=[RatingFact(NOON, "rina", 4), RatingFact(NOON, "rina", 5)],
        names={"rina": name},
    )
    report = make_report(history, Period(date(2026, 3, 2), date(2026, 3, 2), JAKARTA))
    return write_csv(report, Part.AGENTS) + write_csv(report, Part.REASONS)


@pytest.mark.parametrize("text", ["=1+1", "+62", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_is_never_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(report_with(text, text))))
    assert [row[0] for row in rows if row[0].endswith(text)] == [f"'{text}", f"'{text}"]


@pytest.mark.parametrize("text", ["Rina, S.Kom", 'Rina "Rin"', "Rina; Dewi", "Élodie 雪", "a=b", "dua\nbaris"])
@pytest.mark.parametrize("separator", Separator)
def test_other_text_comes_back_as_it_was(text: str, separator: Separator) -> None:
    history = History(changes=[ChangeFact("x", NOON, "accept", "agent", new_agent_id="r")], names={"r": text})
    report = make_report(history, Period(date(2026, 3, 2), date(2026, 3, 2), JAKARTA))
    written = write_csv(report, Part.AGENTS, separator)
    delimiter = ";" if separator is Separator.SEMICOLON else ","
    rows = list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter))
    assert rows[1][0] == text
    assert len({len(row) for row in rows}) == 1


def test_with_semicolons_numbers_have_a_decimal_comma() -> None:
    history = History(ratings=[RatingFact(NOON, "r", 4), RatingFact(NOON, "r", 5)], names={"r": "Rina"})
    report = make_report(history, Period(date(2026, 3, 2), date(2026, 3, 2), JAKARTA))
    assert write_csv(report, Part.AGENTS, Separator.SEMICOLON).splitlines()[1].endswith(";2;2;4,5")
    assert write_csv(report, Part.AGENTS).splitlines()[1].endswith(",2,2,4.5")
