"""What staff do with requests for paid support."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import ForbiddenError, NotFoundError, PaidStateError, PaidSupportError
from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.message_text import checked_client_message_id
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.billing import Payment, PaymentStep, Work, new_order_id
from bot.helpdesk.paid.board import ListedPaidChange, ListedPaidRequest, PaidFilter
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.money import checked_rupiah, rupiah
from bot.helpdesk.paid.quotes import Quote, checked_lines, checked_note, checked_words
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidEvent
from bot.helpdesk.staff import Permission, Staff
from bot.services.paid.moving import again, move_request, the_request
from bot.services.paid.payments import Payments
from bot.services.paid.quoting import issue_quote, make_quote
from bot.services.paid.telling import news_of, publish, tell_card
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, Notifier, Store, UnitOfWork

_LONGEST_EVIDENCE = 300
_LONGEST_REPORT = 1000
_MOST_MINUTES = 100_000
_MOST_DAYS = 365
REJECTIONS = {
    "out_of_field": (
        "Mohon maaf, Kak, permintaan {reference} ada di luar bidang layanan kami, jadi tidak bisa kami kerjakan "
        "(Hak 4). Bantuan kami terbatas pada layanan yang ada di website kami."
    ),
    "included": (
        "Kabar baik, Kak: permintaan {reference} masih termasuk layanan yang Kakak beli (Kewajiban 4), jadi tidak ada "
        "biaya. Staf kami membantu Kakak di chat ini."
    ),
    "not_possible": "Mohon maaf, Kak, permintaan {reference} belum bisa kami kerjakan.",
    "other": "Mohon maaf, Kak, permintaan {reference} tidak kami lanjutkan.",
}
# These say nothing by themselves.
_NEED_A_NOTE = ("not_possible", "other")
Step = Callable[[UnitOfWork, PaidRequest, datetime], Awaitable[Sequence[CardMessage]]]


@dataclass(frozen=True)
class PaidDetail:
    """Everything that staff see of a request."""

    listed: ListedPaidRequest
    quotes: Sequence[Quote]
    payments: Sequence[Payment]
    work: Sequence[Work]
    changes: Sequence[ListedPaidChange]


class PaidBoard:
    """Changes of requests by staff. Each carries a key and is done at most once under it.

    All raise NotFoundError for an unknown request, PaidStateError where the state does not allow it, and
    PaidSupportError (naming the `field`) for what cannot be used; nothing is changed then.
    """

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, payments: Payments, terms: PaidTerms) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._payments = payments
        self._terms = terms

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

    async def quote(  # noqa: PLR0913 - what a quote is made of
        self, request_id: str, staff: Staff, *, lines: object, note: object, valid_days: object, key: object
    ) -> PaidDetail:
        """Make a quote; the customer gets it at once, or after approval where that is asked for.

        Raises OutOfFieldError for what was found to be none of the company's business.
        """
        items, cause = checked_lines(lines), _cause(staff, key)
        text, days = checked_note(note), _days(valid_days, self._terms.quote_days)
        approved = staff.may(Permission.ADMINISTER)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            if cause.key is not None and await work.quotes.made_under(request_id, cause.key):
                return []
            until = now + timedelta(days=days)
            card = await make_quote(
                work, request, self._terms, cause, now, lines=items, valid_until=until, note=text, approved=approved
            )
            return [card] if card else []

        return await self._run(request_id, staff, step)

    async def approve(self, request_id: str, number: int, staff: Staff, *, key: object) -> PaidDetail:
        """Let a quote above the limit go out; whoever calls this may (`administer`)."""
        cause = _cause(staff, key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            offer = await work.quotes.get(request_id, number)
            if offer is None:
                raise NotFoundError("no such quote")
            if offer.issued_at is not None:
                return []
            if offer.valid_until <= now:
                raise PaidStateError("the quote has run out", state=request.standing.state.value)
            card = await issue_quote(work, request, offer, self._terms, cause, now)
            return [card] if card else []

        return await self._run(request_id, staff, step)

    async def reject(self, request_id: str, staff: Staff, *, reason: object, note: object, key: object) -> PaidDetail:
        """Say no, with the reason; what is out of the company's field is never quoted afterwards (Hak 4)."""
        if not isinstance(reason, str) or reason not in REJECTIONS:
            raise PaidSupportError("no such reason", field="reason")
        text, out = checked_note(note), reason == "out_of_field"
        if text is None and reason in _NEED_A_NOTE:
            raise PaidSupportError("this reason needs a note", field="note")
        cause = _cause(staff, key, reason=f"{reason}: {text}" if text else reason)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.REJECT, cause, now, out_of_field=out)
            said = " ".join(filter(None, (REJECTIONS[str(reason)].format(reference=request.reference), text)))
            return [cards.closed(await again(work, request_id), said)] if moved.fresh else []

        return await self._run(request_id, staff, step)

    async def cancel(self, request_id: str, staff: Staff, *, note: object, key: object) -> PaidDetail:
        """Call it off, before it is paid."""
        text = checked_note(note)
        cause = _cause(staff, key, reason=text)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.CANCEL, cause, now)
            said = f"Permintaan {request.reference} dibatalkan oleh staf kami. {text or ''}".rstrip()
            return [cards.closed(await again(work, request_id), said)] if moved.fresh else []

        return await self._run(request_id, staff, step)

    async def receive(
        self, request_id: str, staff: Staff, *, amount: object, evidence: object, key: object
    ) -> PaidDetail:
        """A transfer was seen on the account: of the open payment's amount, or of the invoice's."""
        paid = checked_rupiah(amount, field="amount", least=1)
        seen = checked_words(evidence, field="evidence", longest=_LONGEST_EVIDENCE)
        cause = _cause(staff, key)
        said: list[ChatMessage] = []

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            if cause.key is not None and await work.paid_requests.done_under(request_id, cause.key):
                return []
            payment = await self._awaited(work, request, paid, now)
            said.extend(await self._payments.book_within(work, request, payment, cause, None, seen) or [])
            return []

        return await self._run(request_id, staff, step, said)

    async def start(self, request_id: str, staff: Staff, *, key: object) -> PaidDetail:
        """Begin to work."""
        cause = _cause(staff, key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.START, cause, now)
            text = f"{staff.display_name} mulai mengerjakannya."
            return [cards.progress(request, text)] if moved.fresh else []

        return await self._run(request_id, staff, step)

    async def log_work(  # noqa: PLR0913 - what is written down
        self, request_id: str, staff: Staff, *, text: object, minutes: object, tell: object, key: object
    ) -> PaidDetail:
        """Write down what was done; with `tell` the customer reads it as well."""
        done = checked_words(text, field="text", longest=_LONGEST_REPORT)
        spent, once = _minutes(minutes), checked_client_message_id(key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            if not request.standing.state.is_at_work:
                raise PaidStateError("there is no work on it", state=request.standing.state.value)
            fresh = await work.paid_requests.add_work(Work(request_id, now, staff.id, done, spent, once))
            return [cards.progress(request, done)] if fresh and tell is True else []

        return await self._run(request_id, staff, step)

    async def finish(self, request_id: str, staff: Staff, *, note: object, key: object) -> PaidDetail:
        """The work is done; the customer is asked how it was."""
        text, cause = checked_note(note), _cause(staff, key)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.FINISH, cause, now)
            return [cards.done(await again(work, request_id), text)] if moved.fresh else []

        return await self._run(request_id, staff, step)

    async def refund(self, request_id: str, staff: Staff, *, reason: object, key: object) -> PaidDetail:
        """Give back what was paid; whoever calls this may (`administer`)."""
        why = checked_words(reason, field="reason", longest=_LONGEST_EVIDENCE)
        cause = _cause(staff, key, reason=why)

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            moved = await move_request(work, request_id, PaidEvent.REFUND, cause, now)
            if not moved.fresh:
                return []
            amount = 0
            for payment in await work.billing.payments(request_id):
                if payment.state is PaymentStep.SETTLED:
                    amount += payment.amount
                    await work.billing.move_payment(payment, PaymentStep.RETURNED, returned_at=now)
            text = f"Dana {rupiah(amount)} untuk {request.reference} kami kembalikan kepada Kakak. Alasannya: {why}"
            return [cards.closed(await again(work, request_id), text)]

        return await self._run(request_id, staff, step)

    async def give_back_surplus(self, order_id: str, staff: Staff, *, evidence: object, key: object) -> PaidDetail:
        """Money that was not due has been given back; whoever calls this may (`administer`)."""
        seen = checked_words(evidence, field="evidence", longest=_LONGEST_EVIDENCE)
        _cause(staff, key)
        async with self._store.read() as work:
            payment = await work.billing.payment(order_id)
        if payment is None:
            raise NotFoundError("no such payment")

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            current = await work.billing.payment(order_id) or payment
            if current.state is PaymentStep.RETURNED:
                return []
            if current.state is not PaymentStep.SURPLUS:
                raise PaidStateError("there is no surplus", state=request.standing.state.value)
            trace = " | ".join(filter(None, (current.evidence, seen)))
            await work.billing.move_payment(current, PaymentStep.RETURNED, returned_at=now, evidence=trace)
            return [cards.progress(request, f"Kelebihan pembayaran {rupiah(current.amount)} sudah kami kembalikan.")]

        return await self._run(payment.request_id, staff, step)

    async def _awaited(self, work: UnitOfWork, request: PaidRequest, amount: int, now: datetime) -> Payment:
        """The payment that this amount is for; a transfer without any code makes one of its own."""
        for payment in await work.billing.payments(request.id):
            if payment.amount == amount and payment.state in (PaymentStep.OPENING, PaymentStep.PENDING):
                return payment
        number = request.standing.invoice
        invoice = await work.billing.invoice(number) if number else None
        if invoice is None or not request.standing.state.can_be_paid:
            raise PaidStateError("nothing is to be paid", state=request.standing.state.value)
        if invoice.amount != amount:
            raise PaidSupportError("another amount than that of the invoice", field="amount")
        payment = Payment(
            order_id=new_order_id(request.reference),
            request_id=request.id,
            invoice=invoice.number,
            method="transfer",
            amount=amount,
            opened_at=now,
            due_at=invoice.due_at,
            state=PaymentStep.PENDING,
        )
        await work.billing.add_payment(payment)
        return payment

    async def _run(self, request_id: str, staff: Staff, step: Step, said: Sequence[ChatMessage] = ()) -> PaidDetail:
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


def _cause(staff: Staff, key: object, *, reason: str | None = None) -> PaidCause:
    if not staff.may(Permission.SERVE):
        raise ForbiddenError("needs serve")
    return PaidCause(PaidActor.STAFF, staff.id, reason, f"staff:{checked_client_message_id(key)}")


def _days(value: object, default: int) -> int:
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_DAYS:
        raise PaidSupportError("valid_days is no number of days", field="valid_days")
    return value


def _minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_MINUTES:
        raise PaidSupportError("minutes is no number of minutes", field="minutes")
    return value
