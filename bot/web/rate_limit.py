"""Token buckets against floods, one per key, within one web process."""

from collections import OrderedDict
from collections.abc import Callable

from bot.errors import RateLimitedError

_MAX_KEYS = 50_000


class RateLimit:
    """Allows `per_minute` events a key on average and a third of that at once; `time` is monotonic seconds."""

    def __init__(self, per_minute: int, time: Callable[[], float]) -> None:
        self._rate = per_minute / 60.0
        self._burst = max(1.0, per_minute / 3.0)
        self._time = time
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, key: str) -> None:
        """Count one event of `key`. Raises RateLimitedError, with `retry_after` seconds, when there are too many."""
        now = self._time()
        tokens, last = self._buckets.pop(key, (self._burst, now))
        tokens = min(self._burst, tokens + (now - last) * self._rate)
        allowed = tokens >= 1.0
        self._buckets[key] = (tokens - 1.0 if allowed else tokens, now)
        if len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        if not allowed:
            raise RateLimitedError("too many", retry_after=max(1, round((1.0 - tokens) / self._rate)))
