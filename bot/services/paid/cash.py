"""What staff book: money that came in, and money that goes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.errors import NotFoundError, PaidStateError, PaidSupportError
from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.billing import Payment, PaymentStep, new_order_id
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.money import checked_rupiah, rupiah
from bot.helpdesk.paid.quotes import checked_words
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidEvent
from bot.helpdesk.staff import Staff
from bot.services.paid.board_steps import BoardSteps, PaidDetail, cause_of
from bot.services.paid.moving import again, move_request
from bot.services.paid.payments import Payments
from bot.services.ports import Clock, Notifier, Store, UnitOfWork

_LONGEST_EVIDENCE = 300


class PaidCash(BoardSteps):
    """Carries a key and raises as `bot.services.paid.board.PaidBoard` does."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, payments: Payments) -> None:
        super().__init__(store, clock, notifier)
        self._payments = payments

    async def receive(
        self, request_id: str, staff: Staff, *, amount: object, evidence: object, key: object
    ) -> PaidDetail:
        """A transfer was seen on the account: of the open payment's amount, or of the invoice's."""
        paid = checked_rupiah(amount, field="amount", least=1)
        seen = checked_words(evidence, field="evidence", longest=_LONGEST_EVIDENCE)
        cause = cause_of(staff, key)
        said: list[ChatMessage] = []

        async def step(work: UnitOfWork, request: PaidRequest, now: datetime) -> Sequence[CardMessage]:
            if cause.key is not None and await work.paid_requests.done_under(request_id, cause.key):
                return []
            payment = await self._awaited(work, request, paid, now)
            said.extend(await self._payments.book_within(work, request, payment, cause, None, seen) or [])
            return []

        return await self.run(request_id, staff, step, said)

    async def refund(self, request_id: str, staff: Staff, *, reason: object, key: object) -> PaidDetail:
        """Give back what was paid; whoever calls this may (`administer`)."""
        why = checked_words(reason, field="reason", longest=_LONGEST_EVIDENCE)
        cause = cause_of(staff, key, reason=why)

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

        return await self.run(request_id, staff, step)

    async def give_back_surplus(self, order_id: str, staff: Staff, *, evidence: object, key: object) -> PaidDetail:
        """Money that was not due has been given back; whoever calls this may (`administer`)."""
        seen = checked_words(evidence, field="evidence", longest=_LONGEST_EVIDENCE)
        cause_of(staff, key)
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

        return await self.run(payment.request_id, staff, step)

    async def _awaited(self, work: UnitOfWork, request: PaidRequest, amount: int, now: datetime) -> Payment:
        """The payment that this amount is for; a transfer without any code makes one of its own."""
        payments = await work.billing.payments(request.id)
        awaited = [one for one in payments if one.state in (PaymentStep.OPENING, PaymentStep.PENDING)]
        for payment in awaited:
            if payment.amount == amount:
                return payment
        number = request.standing.invoice
        invoice = await work.billing.invoice(number) if number else None
        if invoice is None or not request.standing.state.can_be_paid:
            raise PaidStateError("nothing is to be paid", state=request.standing.state.value)
        if invoice.amount != amount:
            expected = sorted({invoice.amount, *(one.amount for one in awaited)})
            raise PaidSupportError("another amount than what is due", field="amount", expected=expected)
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
