"""The pauses between two starts of a part."""

from bot.supervisor.backoff import Backoff


def test_pauses_double_until_the_part_counts_as_unable_to_start() -> None:
    """Then they take their longest value at once."""
    backoff = Backoff()
    assert [backoff.failed(0.0) for _ in range(7)] == [0.5, 1.0, 2.0, 4.0, 30.0, 30.0, 30.0]


def test_pauses_never_grow_beyond_the_longest() -> None:
    """Also for a part that may die more often."""
    backoff = Backoff(quick_deaths=100)
    assert [backoff.failed(0.0) for _ in range(9)][-3:] == [30.0, 30.0, 30.0]


def test_a_part_that_stayed_healthy_starts_afresh() -> None:
    """After sixty seconds of health one death is the first one again."""
    backoff = Backoff()
    for _ in range(4):
        backoff.failed(10.0)
    backoff.healthy(20.0)
    assert backoff.failed(80.0) == 0.5
    assert backoff.first_failure


def test_short_health_does_not_count() -> None:
    """A part that dies 59 seconds after it came up is still on its way to `cannot_start`."""
    backoff = Backoff()
    for _ in range(4):
        backoff.failed(10.0)
    backoff.healthy(20.0)
    backoff.healthy(70.0)
    assert backoff.failed(79.0) == 30.0
    assert backoff.cannot_start


def test_giving_up_is_reported_once() -> None:
    """`just_gave_up` holds for the fifth failure only."""
    backoff = Backoff()
    told = []
    for _ in range(7):
        backoff.failed(0.0)
        told.append(backoff.just_gave_up)
    assert told == [False, False, False, False, True, False, False]
