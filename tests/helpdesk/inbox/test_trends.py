"""Weeks, and topics that grow."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.inbox.trends import Week, growing_topics, week_starts

_MONDAY = date(2026, 3, 2)


def weeks(*counts: dict[str, int]) -> list[Week]:
    """One a dictionary of messages by topic."""
    return [
        Week(_MONDAY + timedelta(weeks=number), right=sum(topics.values()), topics=topics)
        for number, topics in enumerate(counts)
    ]


def test_a_week_begins_on_monday_where_the_helpdesk_is() -> None:
    jakarta = ZoneInfo("Asia/Jakarta")
    sunday_night = datetime(2026, 3, 8, 16, 59, tzinfo=timezone.utc)  # 23:59 in Jakarta
    starts = week_starts(sunday_night, jakarta, 2)
    assert starts == [
        (date(2026, 2, 23), datetime(2026, 2, 22, 17, tzinfo=timezone.utc)),
        (date(2026, 3, 2), datetime(2026, 3, 1, 17, tzinfo=timezone.utc)),
    ]
    assert week_starts(sunday_night + timedelta(minutes=1), jakarta, 1)[0][0] == date(2026, 3, 9)


def test_a_topic_that_is_asked_much_more_grows() -> None:
    usual = {"cara_bayar": 50, "migrasi": 5}
    (growing,) = growing_topics(weeks(*[usual] * 6, {**usual, "migrasi": 20}, {**usual, "migrasi": 30}))
    assert (growing.intent, growing.now, growing.before) == ("migrasi", 25, 5)


@pytest.mark.parametrize(
    "latest",
    [
        [{"cara_bayar": 50, "migrasi": 3}, {"cara_bayar": 50}],  # from 1 to 3
        [{"cara_bayar": 500, "migrasi": 10}, {"cara_bayar": 500, "migrasi": 10}],  # everything is asked ten times more
        [{}, {}],
    ],
)
def test_chance_and_more_customers_are_no_headline(latest: list[dict[str, int]]) -> None:
    assert growing_topics(weeks(*[{"cara_bayar": 50, "migrasi": 1}] * 6, *latest)) == []


def test_without_former_weeks_nothing_grows() -> None:
    assert growing_topics(weeks({"migrasi": 50}, {"migrasi": 90})) == []


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 300)), min_size=2, max_size=8))
def test_what_grows_has_a_greater_share_now(counts: list[dict[str, int]]) -> None:
    listed = weeks(*counts)
    total_now, total_before = sum(week.all for week in listed[-2:]), sum(week.all for week in listed[:-2])
    for growing in growing_topics(listed):
        assert growing.now * 2 / total_now > growing.before * (len(listed) - 2) / total_before
