"""When a part that ended is started again: plain arithmetic, the clock passed in."""

from dataclasses import dataclass, field


@dataclass
class Backoff:
    """Delays that double from `first` to `longest`; a part that stayed healthy for `steady` seconds starts afresh."""

    first: float = 0.5
    longest: float = 30.0
    steady: float = 60.0
    quick_deaths: int = 5
    _failures: int = field(default=0, init=False)
    _healthy_since: float | None = field(default=None, init=False)

    def healthy(self, now: float) -> None:
        """The part answers its health check."""
        if self._healthy_since is None:
            self._healthy_since = now

    def failed(self, now: float) -> float:
        """The part ended or was killed; returns the seconds to wait before the next start."""
        if self._healthy_since is not None and now - self._healthy_since >= self.steady:
            self._failures = 0
        self._healthy_since = None
        self._failures += 1
        if self.cannot_start:
            return self.longest
        return min(self.first * 2.0 ** (self._failures - 1), self.longest)

    @property
    def cannot_start(self) -> bool:
        """It ended so often in a row that somebody should look."""
        return self._failures >= self.quick_deaths

    @property
    def just_gave_up(self) -> bool:
        """The last failure was the one that made it `cannot_start`."""
        return self._failures == self.quick_deaths

    @property
    def first_failure(self) -> bool:
        """The last failure was the first in a row."""
        return self._failures == 1
