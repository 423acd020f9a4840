"""Books money that has arrived, within a transaction: for what is due once, anything else as a surplus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.helpdesk.paid import cards
from bot.helpdesk.paid.billing import Payment, PaymentStep
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.money import rupiah
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidCause, PaidEvent
from bot.services.paid.moving import again, move_request
from bot.services.paid.terms import PaidTerms
from bot.services.ports import UnitOfWork

_NOT_YET = (PaymentStep.OPENING, PaymentStep.PENDING, PaymentStep.FAILED)


@dataclass(frozen=True)
class Arrival:
    """What is known of money that arrived."""

    at: datetime
    transaction_id: str | None = None
    evidence: str | None = None


async def settle(  # noqa: PLR0913, PLR0917 - what a payment is booked with
    work: UnitOfWork, request: PaidRequest, payment: Payment, arrival: Arrival, cause: PaidCause, terms: PaidTerms
) -> CardMessage | None:
    """Book `payment` of the locked `request`, and tell the customer; None where it is booked already.

    An invoice is paid once. Money for another, cancelled or paid invoice is kept as a surplus, to be given back.
    """
    if payment.state not in _NOT_YET:
        return None
    due = request.standing.state.can_be_paid and request.standing.invoice == payment.invoice
    state = PaymentStep.SETTLED if due else PaymentStep.SURPLUS
    values = {
        "settled_at": arrival.at,
        "transaction_id": arrival.transaction_id,
        "evidence": arrival.evidence,
        "staff_id": cause.staff_id,
        "next_try_at": None,
    }
    if not await work.billing.move_payment(payment, state, **values):
        return None
    booked = await work.billing.payment(payment.order_id) or payment
    if not due:
        text = (
            f"Kami menerima {rupiah(payment.amount)} untuk tagihan {payment.invoice}, padahal tagihan itu tidak lagi "
            "menunggu pembayaran. Uangnya kami catat dan staf kami akan mengembalikannya, Kak."
        )
        return CardMessage(text, {**cards.progress(request, text).card})
    await move_request(work, request.id, PaidEvent.PAY, cause, arrival.at, invoice=payment.invoice)
    return cards.receipt(await again(work, request.id), booked, terms.zone)
