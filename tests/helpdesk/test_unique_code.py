"""Unique codes of bank transfers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PaidSupportError
from bot.helpdesk.paid.unique_code import MOST, choose


@given(
    amount=st.integers(1, 10**10), offsets=st.sets(st.integers(1, MOST), max_size=MOST - 1), seed=st.integers(0, 2**32)
)
def test_the_sum_is_never_one_that_is_due(amount: int, offsets: set[int], seed: int) -> None:
    taken = {amount + offset for offset in offsets}
    code = choose(amount, taken, Random(seed))
    assert 1 <= code <= MOST
    assert amount + code not in taken


def test_the_last_free_code_is_found_and_then_there_is_none() -> None:
    taken = {50_000 + code for code in range(1, MOST + 1)}
    with pytest.raises(PaidSupportError):
        choose(50_000, taken, Random(1))
    assert choose(50_000, taken - {50_417}, Random(1)) == 417


def test_sums_of_neighbouring_amounts_count_as_well() -> None:
    """50,000 + 300 is 50,100 + 200."""
    taken = {50_100 + code for code in range(1, MOST + 1)}
    assert {choose(50_000, taken, Random(seed)) for seed in range(300)} <= set(range(1, 101))


def test_every_code_comes_up() -> None:
    random = Random(7)
    assert {choose(1000, set(), random) for _ in range(20_000)} == set(range(1, MOST + 1))
