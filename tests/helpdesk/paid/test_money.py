"""Whole rupiah, in and out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PaidSupportError
from bot.helpdesk.paid.money import (
    MOST_RUPIAH,
    checked_quantity,
    checked_rupiah,
    parse_rupiah,
    percent_of,
    quantity_text,
    rupiah,
    times,
)

amounts = st.integers(0, MOST_RUPIAH)
quantities = st.decimals("0.01", "10000", places=2)


@given(amounts)
def test_what_is_written_is_read_again(amount: int) -> None:
    plain = rupiah(amount)
    assert parse_rupiah(plain) == amount
    assert parse_rupiah(f"{plain},00") == amount
    assert parse_rupiah(f"{amount:,}.00") == amount
    assert parse_rupiah(str(amount)) == amount


@pytest.mark.parametrize("text", ["", "Rp", "1.50", "1,5", "1.25.000", "12,34", "1.250.000,50", "-5", "1e3", "१२", "x"])
def test_what_is_no_whole_amount_is_not_guessed(text: str) -> None:
    assert parse_rupiah(text) is None


@pytest.mark.parametrize("value", [1.0, "1", True, None, -1, MOST_RUPIAH + 1])
def test_amounts_are_whole_numbers(value: object) -> None:
    with pytest.raises(PaidSupportError):
        checked_rupiah(value, field="amount")


@given(amounts, quantities)
def test_totals_are_rounded_half_up(price: int, quantity: Decimal) -> None:
    exact = Fraction(price) * Fraction(quantity)
    assert abs(times(price, quantity) - exact) <= Fraction(1, 2)
    if (exact - int(exact)) == Fraction(1, 2):
        assert times(price, quantity) == int(exact) + 1


@given(amounts, st.decimals(0, 100, places=2))
def test_tax_is_rounded_half_up(amount: int, rate: Decimal) -> None:
    assert abs(percent_of(amount, rate) - Fraction(amount) * Fraction(rate) / 100) <= Fraction(1, 2)


@given(quantities)
def test_quantities_are_read_as_people_write_them(quantity: Decimal) -> None:
    assert checked_quantity(quantity_text(quantity), field="quantity") == quantity


@pytest.mark.parametrize("value", [1.5, "0", "-1", "1.234", "abc", "NaN", "Infinity", "1e9999", True, None, "9" * 20])
def test_other_quantities_are_refused(value: object) -> None:
    with pytest.raises(PaidSupportError):
        checked_quantity(value, field="quantity")
