"""The numbers of the team lead: definitions that hold for any history."""

from __future__ import annotations

import statistics
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.figures import Times, percentile
from bot.helpdesk.history import ChangeFact, ConversationFact, History, RatingFact, RequestFact
from bot.helpdesk.ownership import Actor, Event
from bot.helpdesk.period import Period
from bot.helpdesk.report import Report, make_report

ZONES = st.sampled_from(["Asia/Jakarta", "UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]).map(ZoneInfo)
AGENTS = ("rina", "dewi", "budi")


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, Period]:
    """A history in which all that began lies within its period."""
    first = draw(st.dates(date(2026, 1, 1), date(2026, 12, 1)))
    period = Period(first, first + timedelta(days=draw(st.integers(0, 9))), draw(ZONES))
    seconds = int((period.end - period.start).total_seconds())
    moments = st.integers(0, seconds - 1).map(lambda n: period.start + timedelta(seconds=n))
    maybe_agents = st.none() | st.sampled_from(AGENTS)

    def later(moment: datetime) -> st.SearchStrategy[datetime | None]:
        return st.none() | st.integers(0, 10**6).map(lambda n: moment + timedelta(seconds=n))

    def requests(moment: datetime) -> st.SearchStrategy[RequestFact]:
        times = {name: later(moment) for name in ("accepted_at", "answered_at")}
        reasons, agents = st.sampled_from(["a", "b"]), st.sampled_from(AGENTS)
        return st.builds(
            RequestFact,
            st.just(moment),
            reasons,
            leaves_message=st.booleans(),
            accepted_by=agents,
            closed=st.booleans(),
            **times,
        )

    events, actors = st.sampled_from([e.value for e in Event]), st.sampled_from([a.value for a in Actor])
    conversation_ids = st.sampled_from(["x", "y", "z"])
    solved = st.none() | st.booleans()
    history = History(
        requests=draw(st.lists(moments.flatmap(requests), max_size=20)),
        changes=draw(
            st.lists(st.builds(ChangeFact, conversation_ids, moments, events, actors, maybe_agents, maybe_agents))
        ),
        ratings=draw(st.lists(st.builds(RatingFact, moments, maybe_agents, st.none() | st.integers(1, 5)))),
        conversations=draw(
            st.lists(st.builds(ConversationFact, moments, st.booleans(), st.booleans(), st.booleans(), solved))
        ),
    )
    return history, period


def report_of(made: tuple[History, Period]) -> Report:
    return make_report(*made)


@given(histories())
def test_every_request_has_exactly_one_end(made: tuple[History, Period]) -> None:
    report = report_of(made)
    groups = [report.requests, *(day.requests for day in report.days), *(item.requests for item in report.reasons)]
    for figures in groups:
        assert figures.asked == figures.accepted + figures.waiting + figures.given_up + figures.message
        assert figures.wait.count == figures.accepted
        assert figures.first_response.count == figures.first_reply.count == figures.accepted - figures.unanswered
    for parts in (report.days, report.weeks, report.reasons):
        assert sum(part.requests.asked for part in parts) == len(made[0].requests) == report.requests.asked


@given(histories())
def test_every_conversation_is_in_exactly_one_class(made: tuple[History, Period]) -> None:
    report = report_of(made)
    for bot in (report.bot, *(day.bot for day in report.days)):
        assert bot.conversations == bot.solved + bot.unsolved + bot.left + bot.handed_over
        assert 0 <= bot.left_unasked <= bot.left
    assert report.bot.conversations + report.bot.empty == len(made[0].conversations)
    for name in ("conversations", "solved", "unsolved", "left", "handed_over", "left_unasked", "empty"):
        assert sum(getattr(day.bot, name) for day in report.days) == getattr(report.bot, name)


@given(histories())
def test_weeks_are_whole_days_from_monday_or_the_beginning(made: tuple[History, Period]) -> None:
    report = report_of(made)
    starts = [week.day for week in report.weeks]
    assert starts == [day.day for day in report.days if day.day.weekday() == 0 or day.day == made[1].first]
    for week, end in zip(report.weeks, [*starts[1:], date.max], strict=True):
        days = [day for day in report.days if week.day <= day.day < end]
        assert week.requests.asked == sum(day.requests.asked for day in days)
        assert week.bot.left == sum(day.bot.left for day in days)
        assert max(day.chats.handled for day in days) <= week.chats.handled <= report.chats.handled


@given(histories())
def test_ratings_add_up_and_silence_is_no_score(made: tuple[History, Period]) -> None:
    report = report_of(made)
    for figures in (report.satisfaction, report.satisfaction_bot, *(day.satisfaction for day in report.days)):
        assert sum(figures.scores) == figures.answered <= figures.asked
        assert (figures.mean is None) == (figures.answered == 0)
        if figures.mean is not None:
            assert 1 <= figures.mean <= 5
    assert report.satisfaction.asked + report.satisfaction_bot.asked == len(made[0].ratings)
    assert sum(agent.satisfaction.asked for agent in report.agents) == report.satisfaction.asked


@given(histories())
def test_changes_add_up_over_days_and_a_chat_counts_once(made: tuple[History, Period]) -> None:
    report = report_of(made)
    for name in ("returned", "returned_by_system", "transferred", "handed_back", "closed"):
        assert sum(getattr(day.chats, name) for day in report.days) == getattr(report.chats, name)
        assert sum(getattr(agent.chats, name) for agent in report.agents) <= getattr(report.chats, name)
    per_day = [day.chats.handled for day in report.days]
    assert max(per_day) <= report.chats.handled <= min(sum(per_day), 3)
    assert all(agent.chats.handled <= report.chats.handled for agent in report.agents)
    assert sum(count for _, count in report.close_reasons) == report.chats.closed


@given(st.lists(st.floats(0, 1e7), min_size=1))
def test_half_lie_on_either_side_of_the_median_and_a_tenth_above_p90(durations: list[float]) -> None:
    times = Times.of(durations)
    assert times.median == pytest.approx(statistics.median(durations))
    assert min(durations) <= times.median <= times.p90 * (1 + 1e-9)
    assert times.p90 <= times.longest * (1 + 1e-9)
    steps = len(durations) - 1
    assert sum(value > times.p90 * (1 + 1e-9) for value in durations) <= steps - 9 * steps // 10


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([7], 0.9, 7), ([10, 20], 0.5, 15), ([1, 2, 3, 4], 0.9, 3.7), (list(range(101)), 0.9, 90), ([0, 0, 9], 0.5, 0)],
)
def test_percentiles_are_those_of_spreadsheets(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Jakarta", date(2026, 3, 2), 24),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
    ],
)
def test_a_day_is_as_long_as_its_clocks_say(zone: str, day: date, hours: int) -> None:
    period = Period(day, day, ZoneInfo(zone))
    assert period.end - period.start == timedelta(hours=hours)
    assert period.start.tzinfo is timezone.utc
    assert period.day_of(period.start) == period.day_of(period.end - timedelta(microseconds=1)) == day
    assert period.day_of(period.end) == day + timedelta(days=1)


def test_clocks_that_differ_make_no_negative_time() -> None:
    moment = datetime(2026, 3, 2, tzinfo=timezone.utc)
    fact = RequestFact(moment, "a", accepted_at=moment - timedelta(milliseconds=5), accepted_by="rina")
    period = Period(date(2026, 3, 2), date(2026, 3, 2), timezone.utc)
    assert make_report(History(requests=[fact]), period).requests.wait == Times(1, 0, 0, 0)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before"):
        Period(date(2026, 3, 2), date(2026, 3, 1), timezone.utc)
