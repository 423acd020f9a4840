"""Shares and Wilson's interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.proportion import Proportion


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Published examples (Newcombe 1998, method 3).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert Proportion(part, whole).interval == pytest.approx((low, high), abs=5e-5)


@given(st.data())
def test_the_share_lies_in_its_interval_and_that_between_nothing_and_all(data: st.DataObject) -> None:
    whole = data.draw(st.integers(1, 100_000))
    proportion = Proportion(data.draw(st.integers(0, whole)), whole)
    low, high = proportion.interval
    assert 0 <= low <= proportion.share <= high <= 1
    assert low < high


@given(st.lists(st.booleans(), min_size=1))
def test_more_of_the_same_narrows_the_interval(flags: list[bool]) -> None:
    (low, high), (narrow_low, narrow_high) = Proportion.of(flags).interval, Proportion.of(flags * 3).interval
    assert low <= narrow_low <= narrow_high <= high


def test_of_nothing_the_share_is_nothing() -> None:
    assert Proportion.of([]).share == 0.0
