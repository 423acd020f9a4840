"""Looks after requests again and again: payments to open and to ask about, quotes and invoices that run out."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.errors import HelpdeskError, PaymentUnavailableError
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidEvent, PaidState
from bot.services.paid.in_chat import expired_text
from bot.services.paid.moving import again, move_request, the_request
from bot.services.paid.payments import Payments
from bot.services.paid.telling import news_of, publish, tell_card
from bot.services.ports import Clock, Notifier, Store

logger = logging.getLogger(__name__)

_EVERY = 2.0
_LIMIT = 100
_CAN_EXPIRE = (PaidState.QUOTED, PaidState.AWAITING_PAYMENT)


class PaidSweep:
    """Runs in each web process; what is to be done stands in the database, so it survives restarts."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, payments: Payments) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._payments = payments
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._task = asyncio.create_task(self._forever(), name="paid-sweep")

    async def stop(self) -> None:
        """End; what is left undone is done by the next process."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """There is something to do now."""
        self._woken.set()

    async def sweep(self) -> None:
        """Everything once. One step that fails keeps no other from being done."""
        for step in (self._payments.sweep, self.expire):
            try:
                await step()
            except Exception:
                logger.exception("A step of the paid support's sweep failed; it is tried again")

    async def expire(self) -> None:
        """End quotes and invoices whose time is over."""
        async with self._store.read() as work:
            due = await work.paid_requests.expired(self._clock.now(), _LIMIT)
        for request in due:
            try:
                # Paid at the last moment, and nobody has told us: then it does not run out.
                await self._payments.check_all_of(request.id)
            except PaymentUnavailableError:
                continue
            with suppress(HelpdeskError):  # somebody was quicker
                await self._expire(request)

    async def _expire(self, due: PaidRequest) -> None:
        async with self._store.begin() as work:
            request, now = await the_request(work, due.id), self._clock.now()
            until = request.expires_at
            if request.standing.state not in _CAN_EXPIRE or until is None or until > now:
                return
            cause = PaidCause(PaidActor.SYSTEM, key=f"expire:{request.standing.version}")
            await move_request(work, request.id, PaidEvent.EXPIRE, cause, now)
            expired = await again(work, request.id)
            card = cards.closed(expired, expired_text(expired))
            messages = [await tell_card(work, request.conversation_id, card, now)]
            news = await news_of(work, [request.id])
            await work.commit()
        await publish(self._notifier, messages, news)

    async def _forever(self) -> None:
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _EVERY)
            self._woken.clear()
            await self.sweep()
