"""What waiting customers are told: never more than the figures say."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.handoff import HandoffMode
from bot.helpdesk.queue import (
    LEAST_WAITS,
    PastWait,
    QueuePlace,
    estimate,
    nobody_came_text,
    queued_buttons,
    queued_text,
)

places = st.integers(1, 500)
# Clocks of two processes may differ, so that somebody seems to have been served before asking.
seconds = st.floats(-60, 10**6, allow_nan=False)
waits = st.lists(st.builds(PastWait, st.integers(0, 50), seconds), max_size=60)
minutes = st.one_of(st.none(), st.tuples(st.integers(1, 600), st.integers(0, 600)).map(lambda m: (m[0], sum(m))))
standings = st.builds(QueuePlace, places, minutes, st.booleans(), st.booleans(), st.sampled_from(HandoffMode))
openings = st.one_of(st.none(), st.datetimes(timezones=st.just(timezone.utc)))


@given(places, waits)
def test_an_estimate_is_a_span_of_minutes_or_nothing_without_enough_figures(place: int, past: list[PastWait]) -> None:
    found = estimate(place, past)
    assert (found is None) == (len(past) < LEAST_WAITS)
    if found is not None:
        assert 1 <= found[0] <= found[1]


@given(places, waits)
def test_who_is_further_back_waits_no_shorter(place: int, past: list[PastWait]) -> None:
    here, behind = estimate(place, past), estimate(place + 1, past)
    if here is not None and behind is not None:
        assert here[0] <= behind[0]
        assert here[1] <= behind[1]


@given(places, st.floats(0, 10**6), st.lists(st.integers(1, 50), min_size=LEAST_WAITS, max_size=60))
def test_where_each_place_cost_the_same_the_estimate_is_the_place_times_that(
    place: int, each: float, began: list[int]
) -> None:
    low, high = estimate(place, [PastWait(at, at * each) for at in began]) or (0, 0)
    expected = place * each / 60
    assert low <= max(1, expected * 1.000001)
    assert high >= expected * 0.999999
    assert high - low <= 1 + expected * 0.000002


@given(places, waits.filter(lambda past: len(past) >= LEAST_WAITS), st.randoms())
def test_the_order_of_the_figures_says_nothing(place: int, past: list[PastWait], chance: object) -> None:
    shuffled = list(past)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert estimate(place, shuffled) == estimate(place, past)


def test_one_forgotten_customer_moves_the_estimate_little() -> None:
    usual = [PastWait(1, 120.0)] * 19
    assert estimate(1, usual) == estimate(1, [*usual, PastWait(1, 3 * 24 * 3600.0)]) == (2, 2)


@given(standings, openings)
def test_the_customer_is_told_the_place_and_a_time_only_where_staff_are_there(
    place: QueuePlace, opening: datetime | None
) -> None:
    text = queued_text(place, opening)
    assert f"nomor {place.place}" in text
    assert ("menit" in text) == (place.open and place.staff_online and place.wait_minutes is not None)
    assert ("buka kembali" in text) == (not place.open and opening is not None)
    assert "None" not in text
    assert f"nomor {place.place}" in nobody_came_text(place)


@given(standings)
def test_choices_are_offered_at_once_exactly_where_nobody_can_come(place: QueuePlace) -> None:
    assert bool(queued_buttons(place)) == (not (place.open and place.staff_online))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc), "hari Senin, 2/3, pukul 08.00"),
        (datetime(2026, 12, 27, 9, 5, tzinfo=timezone.utc), "hari Minggu, 27/12, pukul 09.05"),
    ],
)
def test_the_next_opening_is_told_in_indonesian(day: datetime, told: str) -> None:
    assert told in queued_text(QueuePlace(1, None, staff_online=False, open=False), day)
