"""When an unanswered message is tried again, and when to say honestly that it does not work."""

from datetime import datetime, timedelta

_FIRST = 0.5
_FACTOR = 2.0
_LONGEST = 8.0


def next_attempt(now: datetime, attempts: int) -> datetime:
    """The time of the next try after `attempts` failed ones: 0.5 s, doubled each time, at most 8 s."""
    doublings = min(max(attempts - 1, 0), 10)  # far beyond the longest pause, far below an overflow
    return now + timedelta(seconds=min(_FIRST * _FACTOR**doublings, _LONGEST))


def patience_is_over(now: datetime, received_at: datetime, patience: float) -> bool:
    """Whether a message received at `received_at` has waited `patience` seconds or longer."""
    return now - received_at >= timedelta(seconds=patience)
