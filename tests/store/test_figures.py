"""The figures of a hand-made week (tests/desk_history.py), each number worked out on paper."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.helpdesk.figures import BotOnly, Chats, Requests, Satisfaction, Times
from bot.helpdesk.period import Period
from bot.helpdesk.report import Report, make_report
from bot.store.unit_of_work import SqlStore
from tests.desk_history import DEWI, RINA, hand_made_week

MONDAY_TO_WEDNESDAY = Period(date(2026, 3, 2), date(2026, 3, 4), ZoneInfo("Asia/Jakarta"))


@pytest.fixture
async def report(store: SqlStore, database_url: str) -> Report:
    await hand_made_week().write(database_url)
    async with store.read() as work:
        return make_report(await work.figures.history(MONDAY_TO_WEDNESDAY), MONDAY_TO_WEDNESDAY)


def approximately(times: Times) -> Times:
    """As `times`, but for rounding."""
    return Times(times.count, pytest.approx(times.median), pytest.approx(times.p90), times.longest)


def test_requests_are_counted_by_what_became_of_them(report: Report) -> None:
    # Waits 60, 120, 300, 1000; responses 90 and 130 after the request, 30 and 10 after accepting.
    assert report.requests == Requests(
        asked=7,
        accepted=4,
        waiting=1,
        given_up=1,
        message=1,
        unanswered=2,
        wait=approximately(Times(4, 210, 790, 1000)),
        first_response=approximately(Times(2, 110, 126, 130)),
        first_reply=approximately(Times(2, 20, 28, 30)),
    )


def test_a_request_belongs_to_the_day_in_jakarta_on_which_it_was_made(report: Report) -> None:
    assert [day.day.day for day in report.days] == [2, 3, 4]
    assert [day.requests.asked for day in report.days] == [2, 2, 3]
    monday, tuesday, wednesday = (day.requests for day in report.days)
    assert monday.wait == approximately(Times(2, 530, 906, 1000))
    assert monday.unanswered == 1
    assert (tuesday.accepted, tuesday.given_up, tuesday.unanswered) == (1, 1, 1)
    assert tuesday.wait == Times(1, 300, 300, 300)
    assert (wednesday.accepted, wednesday.waiting, wednesday.message, wednesday.unanswered) == (1, 1, 1, 0)
    assert wednesday.first_response == Times(1, 130, 130, 130)
    assert [week.day for week in report.weeks] == [date(2026, 3, 2)]
    assert (report.weeks[0].requests, report.weeks[0].chats, report.weeks[0].bot) == (
        *(report.requests, report.chats, report.bot),
    )


def test_chats_of_the_team_and_of_each_day(report: Report) -> None:
    assert report.chats == Chats(handled=4, returned=2, returned_by_system=1, transferred=1, handed_back=1, closed=4)
    assert [day.chats for day in report.days] == [
        Chats(handled=1, closed=1),
        Chats(handled=2, returned=1, returned_by_system=1, handed_back=1, closed=1),
        Chats(handled=2, returned=1, transferred=1, closed=2),
    ]


def test_agents_each_with_what_was_theirs(report: Report) -> None:
    assert [(agent.id, agent.name) for agent in report.agents] == [(DEWI, "Dewi"), (RINA, "Rina")]
    dewi, rina = report.agents
    assert dewi.chats == Chats(handled=3, returned=1, handed_back=1, closed=2)
    assert rina.chats == Chats(handled=3, returned=1, returned_by_system=1, transferred=1, closed=2)
    assert (dewi.received, rina.received) == (1, 0)
    assert (dewi.requests.accepted, dewi.requests.message, dewi.requests.unanswered) == (1, 1, 1)
    assert dewi.requests.first_reply == Times()
    assert rina.requests.first_reply == approximately(Times(2, 20, 28, 30))
    assert dewi.satisfaction == Satisfaction(asked=1)
    assert rina.satisfaction == Satisfaction(asked=2, answered=2, scores=(0, 1, 0, 0, 1), mean=3.5)


def test_reasons_of_requests_and_of_closing(report: Report) -> None:
    assert [(item.reason, item.requests.asked) for item in report.reasons] == [
        ("minta_manusia", 5),
        ("kasus_transaksi", 1),
        ("keluhan_marah", 1),
    ]
    assert report.reasons[0].requests.wait == Times(2, 180, 276, 300)
    assert report.close_reasons == [("solved", 2), (None, 1), ("spam", 1)]


def test_solved_and_merely_left_are_never_one_number(report: Report) -> None:
    assert report.bot == BotOnly(conversations=13, solved=2, unsolved=1, left=2, left_unasked=1, handed_over=8, empty=1)
    assert [day.bot for day in report.days] == [
        BotOnly(conversations=3, solved=1, handed_over=2),
        BotOnly(conversations=5, unsolved=1, left=2, left_unasked=1, handed_over=2, empty=1),
        BotOnly(conversations=5, solved=1, handed_over=4),
    ]


def test_a_rating_without_an_answer_is_asked_and_not_answered(report: Report) -> None:
    assert report.satisfaction == Satisfaction(asked=3, answered=2, scores=(0, 1, 0, 0, 1), mean=3.5)
    assert report.satisfaction_bot == Satisfaction(asked=5, answered=1, scores=(0, 0, 0, 1, 0), mean=4)
    assert [(day.satisfaction.asked, day.satisfaction.answered) for day in report.days] == [(1, 1), (1, 0), (1, 1)]


async def test_a_week_in_which_nothing_was(store: SqlStore) -> None:
    async with store.read() as work:
        report = make_report(await work.figures.history(MONDAY_TO_WEDNESDAY), MONDAY_TO_WEDNESDAY)
    assert (report.requests, report.chats, report.bot) == (Requests(), Chats(), BotOnly())
    assert len(report.days) == 3
    assert (list(report.agents), list(report.reasons), list(report.close_reasons)) == ([], [], [])
