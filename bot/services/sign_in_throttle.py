"""Counting failed tries at passwords, by account and by network address."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import RateLimitedError
from bot.helpdesk.throttling import (
    FORGOTTEN_AFTER,
    PER_ACCOUNT,
    PER_ADDRESS,
    Failures,
    ThrottleRule,
    throttled_network,
)
from bot.services.ports import Clock, Store, UnitOfWork


@dataclass(frozen=True)
class Counted:
    """What one try changed."""

    key: str
    before: Failures
    after: Failures


@dataclass(frozen=True)
class Try:
    """A try that was counted at the account and at the network address."""

    account: Counted
    network: Counted


class SignInThrottle:
    """A try counts as failed before it is made, so that many at once do not slip through; success takes it back.

    Names and addresses are kept as keyed hashes only.
    """

    def __init__(self, store: Store, clock: Clock, secret_key: str) -> None:
        self._store = store
        self._clock = clock
        self._secret_key = secret_key.encode("utf-8")

    async def count(self, username: str, address: str) -> Try:
        """Count a try. Raises RateLimitedError, with `retry_after` seconds, instead where there were too many."""
        now = self._clock.now()
        async with self._store.begin() as work:
            await work.throttles.sweep(now - FORGOTTEN_AFTER)
            await work.commit()
        async with self._store.begin() as work:
            # Always in this order, so that nobody waits in a circle.
            account = await self._count(work, self._key("account", username), PER_ACCOUNT, now)
            network = await self._count(work, self._key("address", throttled_network(address)), PER_ADDRESS, now)
            await work.commit()
        return Try(account, network)

    async def take_back(self, work: UnitOfWork, counted: Try) -> None:
        """The try was no failure, and no success either: as if it had not been made."""
        await self._uncount(work, counted.account)
        await self._uncount(work, counted.network)

    async def succeed(self, work: UnitOfWork, counted: Try) -> None:
        """The account starts anew; of the address only this try is taken back, since others share it."""
        await work.throttles.forget(counted.account.key)
        await self._uncount(work, counted.network)

    async def _count(self, work: UnitOfWork, key: str, rule: ThrottleRule, now: datetime) -> Counted:
        failures = await work.throttles.take(key, now)
        if wait := rule.wait(failures, now):
            raise RateLimitedError("too many failed sign-ins", retry_after=wait)
        after = rule.after_failure(failures, now)
        await work.throttles.put(key, after)
        return Counted(key, failures, after)

    async def _uncount(self, work: UnitOfWork, counted: Counted) -> None:
        failures = await work.throttles.take(counted.key, self._clock.now())
        if failures == counted.after:
            await work.throttles.put(counted.key, counted.before)
        else:  # others have counted meanwhile
            await work.throttles.put(counted.key, replace(failures, count=max(0, failures.count - 1)))

    def _key(self, kind: str, value: str) -> str:
        text = f"{kind}:{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret_key, b"sign-in-throttle:" + text, hashlib.sha256).hexdigest()
