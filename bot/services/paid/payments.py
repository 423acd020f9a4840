"""Payments and the outside: opens them at the payment service, asks what has become of them, hears of them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from datetime import timedelta

from bot.errors import NotificationRefusedError, PaymentUnavailableError
from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.billing import Payment, PaymentStep
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidState
from bot.services.paid.billing import Methods
from bot.services.paid.moving import the_request
from bot.services.paid.settling import Arrival, settle
from bot.services.paid.telling import news_of, publish, tell_card
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, Notifier, Store, UnitOfWork
from bot.services.ports.payments import (
    Instructions,
    NotificationReader,
    PaymentOrder,
    PaymentState,
    PaymentStatus,
)

logger = logging.getLogger(__name__)

_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)
_MOST_TRIES = 8
# How long after its end a payment is still asked about: money may come late.
_GRACE = timedelta(days=1)
_CLOCKS_DIFFER = timedelta(minutes=5)
_LIMIT = 50
# Denied is not over: the customer may try again on the same page.
_OVER = {PaymentState.EXPIRED, PaymentState.CANCELLED}


class Payments:
    """Every step is compare-and-set, so that several processes and repeated news do each thing once."""

    def __init__(  # noqa: PLR0913, PLR0917 - every part is a port that tests replace
        self,
        store: Store,
        clock: Clock,
        notifier: Notifier,
        methods: Methods,
        terms: PaidTerms,
        reader: NotificationReader | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._methods = methods
        self._terms = terms
        self._reader = reader

    async def sweep(self) -> None:
        """Open what is to be opened, and ask about what is awaited. One that fails keeps no other from being done."""
        async with self._store.read() as work:
            due = await work.billing.due_payments(self._clock.now(), _LIMIT)
        await asyncio.gather(*(self._attend(payment) for payment in due))

    async def check_all_of(self, request_id: str) -> None:
        """Ask about every awaited payment of a request, such as before its invoice runs out.

        Raises PaymentUnavailableError where the payment service does not answer.
        """
        async with self._store.read() as work:
            payments = await work.billing.payments(request_id)
        for payment in payments:
            if payment.state is PaymentStep.PENDING:
                await self._check(payment)

    async def receive(self, body: bytes) -> None:
        """A notification of the payment service. It is a reason to ask what is true, and no more.

        Raises NotificationRefusedError (`reason`), with nothing changed but a note of it, and PaymentUnavailableError.
        """
        order_id: str | None = None
        try:
            if self._reader is None:
                raise NotificationRefusedError("no payment service is set up", reason="not_set_up")
            claimed = self._reader.read(body)
            order_id = claimed.order_id
            payment = await self._believable(claimed)
        except NotificationRefusedError as error:
            verdict = str(error.data.get("reason", "refused"))
            logger.warning("A payment notification was refused: %s", verdict)
            await self._note(order_id, verdict)
            raise
        await self._check(payment)
        await self._note(order_id, "accepted")

    async def refuse(self, reason: str) -> None:
        """Note a notification that was not even read."""
        logger.warning("A payment notification was refused: %s", reason)
        await self._note(None, reason)

    async def _believable(self, claimed: PaymentStatus) -> Payment:
        async with self._store.read() as work:
            payment = await work.billing.payment(claimed.order_id)
        if payment is None:
            raise NotificationRefusedError("no such order", reason="unknown_order")
        if claimed.amount != payment.amount:
            raise NotificationRefusedError("another amount", reason="amount")
        if claimed.at is not None and claimed.at < payment.opened_at - _CLOCKS_DIFFER:
            raise NotificationRefusedError("from before the order was made", reason="timestamp")
        return payment

    async def _attend(self, payment: Payment) -> None:
        try:
            if payment.state is PaymentStep.OPENING:
                await self._open(payment)
            else:
                await self._check(payment)
        except PaymentUnavailableError as error:
            logger.warning("Payment %s: the payment service gives no answer: %s", payment.order_id, error)
            await self._postpone(payment)
        except Exception:
            logger.exception("Payment %s could not be attended to; it is tried again", payment.order_id)
            await self._postpone(payment)

    async def _open(self, payment: Payment) -> None:
        method = self._methods.get(payment.method)
        if method is None:
            await self._give_up(payment)
            return
        async with self._store.read() as work:
            request = await work.paid_requests.get(payment.request_id)
        if request is None or request.standing.invoice != payment.invoice or _is_over(request):
            await self._give_up(payment)
            return
        order = PaymentOrder(
            order_id=payment.order_id,
            amount=payment.amount,
            invoice=payment.invoice,
            description=f"{request.reference} {cards.short(request.order.need)}",
            expires_at=payment.due_at,
            email=request.order.email,
            phone=request.order.phone,
        )
        await self._opened(payment, await method.open(order), method.uses_unique_code)

    async def _opened(self, payment: Payment, instructions: Instructions, by_amount: bool) -> None:
        plain = {"accounts": [asdict(account) for account in instructions.accounts], "url": instructions.url}
        # A transfer shows on the account's statement; there is nobody to ask.
        next_try = None if by_amount else self._clock.now() + _FIRST_PAUSE
        async with self._store.begin() as work:
            request = await the_request(work, payment.request_id)
            moved = await work.billing.move_payment(
                payment, PaymentStep.PENDING, instructions=plain, attempts=0, next_try_at=next_try
            )
            booked = await work.billing.payment(payment.order_id)
            if not moved or booked is None:
                return
            said = []
            if request.standing.state is PaidState.AWAITING_PAYMENT and request.standing.invoice == payment.invoice:
                others = sorted(set(self._methods) - {payment.method})
                said.append(cards.payment(request, booked, others, self._terms.zone))
            messages = [await tell_card(work, request.conversation_id, one, self._clock.now()) for one in said]
            news = await news_of(work, [request.id])
            await work.commit()
        await publish(self._notifier, messages, news)

    async def _check(self, payment: Payment) -> None:
        """Do what the payment service says of it; what is booked already stays as it is."""
        if payment.state not in (PaymentStep.OPENING, PaymentStep.PENDING, PaymentStep.FAILED):
            return
        method = self._methods.get(payment.method)
        status = await method.status(payment.order_id) if method else None
        if status is not None and status.amount != payment.amount:
            logger.error("Payment %s: the payment service has another amount", payment.order_id)
            status = None
        if status is not None and status.state is PaymentState.SETTLED:
            await self.book(payment.order_id, PaidCause(PaidActor.SYSTEM), transaction_id=status.transaction_id)
        elif payment.state is PaymentStep.FAILED:
            return
        elif status is not None and status.state in _OVER:
            await self._give_up(payment)
        else:
            # Only an answer ends the asking: whatever was paid while the service was down must still be found.
            overdue = payment.state is PaymentStep.PENDING and self._clock.now() > payment.due_at + _GRACE
            await self._postpone(payment, ask_again=not overdue)

    async def book(
        self, order_id: str, cause: PaidCause, *, transaction_id: str | None = None, evidence: str | None = None
    ) -> bool:
        """The money of an order is there; False where it was booked before."""
        async with self._store.begin() as work:
            payment = await work.billing.payment(order_id)
            if payment is None:
                return False
            request = await the_request(work, payment.request_id)
            messages = await self.book_within(work, request, payment, cause, transaction_id, evidence)
            if messages is None:
                return False
            news = await news_of(work, [request.id])
            await work.commit()
        await publish(self._notifier, messages, news)
        return True

    async def book_within(  # noqa: PLR0913, PLR0917 - what a payment is booked with
        self,
        work: UnitOfWork,
        request: PaidRequest,
        payment: Payment,
        cause: PaidCause,
        transaction_id: str | None = None,
        evidence: str | None = None,
    ) -> list[ChatMessage] | None:
        """As `book`, in the transaction that has locked `request`; None where it was booked before."""
        current = await work.billing.payment(payment.order_id) or payment
        arrival = Arrival(self._clock.now(), transaction_id, evidence)
        said = await settle(work, request, current, arrival, cause, self._terms)
        if said is None:
            return None
        return [await tell_card(work, request.conversation_id, said, arrival.at)]

    async def _give_up(self, payment: Payment) -> None:
        """It will not be paid like this; the customer may choose again while the invoice is due."""
        async with self._store.begin() as work:
            request = await the_request(work, payment.request_id)
            if not await work.billing.move_payment(payment, PaymentStep.FAILED, next_try_at=None):
                return
            messages: list[ChatMessage] = []
            invoice = await work.billing.invoice(payment.invoice)
            current = invoice is not None and request.standing.invoice == invoice.number and not _is_over(request)
            if current and invoice is not None and self._clock.now() < invoice.due_at:
                card = cards.choose_payment(request, invoice, sorted(self._methods), self._terms.zone)
                messages.append(await tell_card(work, request.conversation_id, card, self._clock.now()))
            news = await news_of(work, [request.id])
            await work.commit()
        await publish(self._notifier, messages, news)

    async def _postpone(self, payment: Payment, *, ask_again: bool = True) -> None:
        now, attempts = self._clock.now(), payment.attempts + 1
        if payment.state is PaymentStep.OPENING and attempts >= _MOST_TRIES:
            await self._give_up(payment)
            return
        pause = min(_FIRST_PAUSE * 2 ** min(attempts, 10), _LONGEST_PAUSE)
        next_try = now + pause if ask_again else None
        async with self._store.begin() as work:
            await work.billing.move_payment(payment, payment.state, attempts=attempts, next_try_at=next_try)
            await work.commit()

    async def _note(self, order_id: str | None, verdict: str) -> None:
        async with self._store.begin() as work:
            await work.billing.note_notification(self._clock.now(), order_id, verdict)
            await work.commit()


def _is_over(request: PaidRequest) -> bool:
    return request.standing.state is not PaidState.AWAITING_PAYMENT
