"""The three digits that tell bank transfers apart."""

from __future__ import annotations

from collections.abc import Container
from random import Random

from bot.errors import PaidStateError

_CODES = range(1, 1000)


def choose(amount: int, taken: Container[int], random: Random) -> int:
    """A code of 1 to 999 such that `amount` plus the code is not among the `taken` amounts.

    Raises PaidStateError where none is free.
    """
    free = [code for code in _CODES if amount + code not in taken]
    if not free:
        raise PaidStateError("every unique code of this amount is taken")
    return random.choice(free)
