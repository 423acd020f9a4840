"""A share of counted things, with the interval that says how far it can be trusted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

# Standard normal quantile of a two-sided 95 % interval.
_Z = 1.959964


@dataclass(frozen=True)
class Proportion:
    """`part` of `whole` things, 0 <= part <= whole."""

    part: int
    whole: int

    @classmethod
    def of(cls, flags: Iterable[bool]) -> Proportion:
        """How many are true."""
        seen = list(flags)
        return cls(sum(seen), len(seen))

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share, within [0, 1]; of nothing, the whole of it."""
        if not self.whole:
            return 0.0, 1.0
        spread = _Z * _Z / self.whole
        centre = (self.share + spread / 2) / (1 + spread)
        half = _Z / (1 + spread) * math.sqrt(self.share * (1 - self.share) / self.whole + spread / (4 * self.whole))
        # At the ends the bound is the share itself, which rounding may miss by a hair.
        low = 0.0 if self.part == 0 else max(0.0, centre - half)
        high = 1.0 if self.part == self.whole else min(1.0, centre + half)
        return low, high
