"""The unique code: up to three digits added to an amount, so that a transfer tells by its amount what it pays."""

from __future__ import annotations

from collections.abc import Container
from random import Random

from bot.errors import PaidSupportError

MOST = 999


def choose(amount: int, taken: Container[int], random: Random) -> int:
    """A code from 1 to 999 with which `amount` becomes a sum that is not among `taken`, the sums due now.

    Free codes are equally likely: one that follows from the request could be guessed or met twice.
    Raises PaidSupportError where none is free.
    """
    free = [code for code in range(1, MOST + 1) if amount + code not in taken]
    if not free:
        raise PaidSupportError("all unique codes for this amount are in use", field="amount")
    return random.choice(free)
