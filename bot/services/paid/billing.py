"""Invoices, and the tries to pay them, within a transaction."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from bot.errors import PaidSupportError
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.billing import Invoice, Payment, PaymentStep, invoice_number, new_order_id
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidEvent
from bot.helpdesk.paid.unique_code import choose
from bot.services.paid.moving import move_request
from bot.services.paid.terms import PaidTerms
from bot.services.ports import UnitOfWork
from bot.services.ports.payments import PaymentMethod

Methods = Mapping[str, PaymentMethod]
_random = random.SystemRandom()


async def bill(work: UnitOfWork, request: PaidRequest, amount: int, terms: PaidTerms, at: datetime) -> Invoice:
    """The invoice for the quote that was just accepted; its number is one above the newest of the year."""
    year = at.astimezone(terms.zone).year
    invoice = Invoice(
        number=invoice_number(year, await work.billing.next_count(year)),
        request_id=request.id,
        quote=request.standing.quote,
        amount=amount,
        issued_at=at,
        due_at=at + terms.invoice_life,
    )
    await work.billing.add_invoice(invoice)
    cause = PaidCause(PaidActor.SYSTEM, key=f"bill:{invoice.quote}")
    await move_request(work, request.id, PaidEvent.BILL, cause, at, invoice=invoice.number, expires_at=invoice.due_at)
    return invoice


async def begin_payment(
    work: UnitOfWork, request: PaidRequest, invoice: Invoice, method: PaymentMethod, at: datetime
) -> Payment:
    """A try to pay, to be opened after the commit; the one that is open already where there is one.

    Raises PaidSupportError where no unique code is free.
    """
    for earlier in await work.billing.payments(request.id):
        awaited = earlier.state in (PaymentStep.OPENING, PaymentStep.PENDING)
        if awaited and earlier.invoice == invoice.number and earlier.method == method.name:
            return earlier
    code = choose(invoice.amount, await work.billing.taken_amounts(), _random) if method.uses_unique_code else None
    payment = Payment(
        order_id=new_order_id(request.reference),
        request_id=request.id,
        invoice=invoice.number,
        method=method.name,
        amount=invoice.amount + (code or 0),
        unique_code=code,
        opened_at=at,
        due_at=invoice.due_at,
        next_try_at=at,
    )
    await work.billing.add_payment(payment)
    return payment


async def ways_to_pay(  # noqa: PLR0913, PLR0917 - what an invoice is shown with
    work: UnitOfWork, request: PaidRequest, invoice: Invoice, methods: Methods, terms: PaidTerms, at: datetime
) -> CardMessage | None:
    """The choice between several ways to pay; None where there is one only, which is begun at once."""
    if len(methods) == 1:
        with suppress(PaidSupportError):  # no unique code is free: the customer may try again later
            await begin_payment(work, request, invoice, next(iter(methods.values())), at)
            return None
    return cards.choose_payment(request, invoice, sorted(methods), terms.zone)
