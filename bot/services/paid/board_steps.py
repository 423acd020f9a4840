"""What all changes of a request by staff have in common, and reading requests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ForbiddenError, NotFoundError
from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.message_text import checked_client_message_id
from bot.helpdesk.paid.billing import Payment, Work
from bot.helpdesk.paid.board import ListedPaidChange, ListedPaidRequest, PaidFilter
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.quotes import Quote
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause
from bot.helpdesk.staff import Permission, Staff
from bot.services.paid.moving import the_request
from bot.services.paid.telling import news_of, publish, tell_card
from bot.services.ports import Clock, Notifier, Store, UnitOfWork

Step = Callable[[UnitOfWork, PaidRequest, datetime], Awaitable[Sequence[CardMessage]]]


@dataclass(frozen=True)
class PaidDetail:
    """Everything that staff see of a request."""

    listed: ListedPaidRequest
    quotes: Sequence[Quote]
    payments: Sequence[Payment]
    work: Sequence[Work]
    changes: Sequence[ListedPaidChange]


class BoardSteps:
    """Reads requests, and runs what staff do with one in a transaction of its own."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier

    async def page(
        self, wanted: PaidFilter, *, before: tuple[datetime, str] | None, limit: int
    ) -> list[ListedPaidRequest]:
        """A page of requests, newest change first."""
        async with self._store.read() as work:
            return await work.paid_requests.page(wanted, before=before, limit=limit)

    async def counts(self) -> dict[str, int]:
        """Requests by state."""
        async with self._store.read() as work:
            return dict(await work.paid_requests.counts())

    async def detail(self, request_id: str) -> PaidDetail:
        """One request with all that belongs to it."""
        async with self._store.read() as work:
            listed = await work.paid_requests.listed(request_id)
            if listed is None:
                raise NotFoundError("no such request")
            return PaidDetail(
                listed,
                await work.quotes.of_request(request_id),
                await work.billing.payments(request_id),
                await work.paid_requests.work(request_id),
                await work.paid_requests.changes(request_id),
            )

    async def run(self, request_id: str, staff: Staff, step: Step, said: Sequence[ChatMessage] = ()) -> PaidDetail:
        """One transaction with the request locked; what it says is published after the commit."""
        async with self._store.begin() as work:
            request, now = await the_request(work, request_id), self._clock.now()
            told = await step(work, request, now)
            await work.paid_requests.assign(request_id, staff.id)
            messages = [await tell_card(work, request.conversation_id, card, now) for card in told]
            news = await news_of(work, [request_id])
            await work.commit()
        await publish(self._notifier, [*said, *messages], news)
        return await self.detail(request_id)


def cause_of(staff: Staff, key: object, *, reason: str | None = None) -> PaidCause:
    """By `staff`, under `key`. Raises InvalidMessageError for a key that cannot be one."""
    if not staff.may(Permission.SERVE):
        raise ForbiddenError("needs serve")
    return PaidCause(PaidActor.STAFF, staff.id, reason, f"staff:{checked_client_message_id(key)}")
