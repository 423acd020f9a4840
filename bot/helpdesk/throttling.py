"""How long somebody has to wait after failed sign-ins."""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Failures:
    """Failed sign-ins in a row of one account or from one address; `since` is the time of the newest."""

    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class ThrottleRule:
    """After `free` failures each further one doubles the wait, from `first` to `longest`; `window` forgets them all."""

    free: int
    first: timedelta = timedelta(seconds=15)
    longest: timedelta = timedelta(minutes=15)
    window: timedelta = timedelta(hours=1)

    def wait(self, failures: Failures, now: datetime) -> int:
        """Seconds until the next try is allowed, rounded up; 0: now."""
        remembered = self._remembered(failures, now)
        if remembered.since is None or remembered.count < self.free:
            return 0
        doublings = min(remembered.count - self.free, 30)  # beyond that the number only grows
        end = remembered.since + min(self.first * (1 << doublings), self.longest)
        return max(0, math.ceil((end - now).total_seconds()))

    def after_failure(self, failures: Failures, now: datetime) -> Failures:
        """One more."""
        return Failures(self._remembered(failures, now).count + 1, now)

    def _remembered(self, failures: Failures, now: datetime) -> Failures:
        forgotten = failures.since is None or now - failures.since > self.window
        return Failures() if forgotten else failures


# A person mistypes now and then; many people may share the address of their office.
PER_ACCOUNT = ThrottleRule(free=5)
PER_ADDRESS = ThrottleRule(free=20)
# After this nothing of a failure matters any more.
FORGOTTEN_AFTER = max(PER_ACCOUNT.window, PER_ADDRESS.window)


def throttled_network(address: str) -> str:
    """What counts as one address: of IPv6 the network of one customer, within which anybody can pick addresses."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))
