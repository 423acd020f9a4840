"""Makes and issues quotes, within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.helpdesk.paid import cards
from bot.helpdesk.paid.cards import CardMessage
from bot.helpdesk.paid.quotes import LineItem, Quote
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidCause, PaidEvent, change
from bot.services.paid.moving import again, move_request
from bot.services.paid.terms import PaidTerms
from bot.services.ports import UnitOfWork


async def make_quote(  # noqa: PLR0913 - what a quote is made of
    work: UnitOfWork,
    request: PaidRequest,
    terms: PaidTerms,
    cause: PaidCause,
    at: datetime,
    *,
    lines: Sequence[LineItem],
    valid_until: datetime,
    note: str | None = None,
    approved: bool,
) -> CardMessage | None:
    """Store a quote and issue it; the card for the customer, or None while an administrator has yet to approve it.

    Raises PaidStateError and OutOfFieldError where a quote is not possible now.
    """
    number = request.standing.quote + 1
    change(request.standing, PaidEvent.QUOTE, cause, quote=number)  # raises
    offer = Quote(
        request_id=request.id,
        number=number,
        lines=tuple(lines),
        tax_rate=terms.tax_rate,
        valid_until=valid_until,
        created_at=at,
        created_by=cause.staff_id,
        note=note,
    )
    await work.quotes.put(offer, cause.key)
    if terms.needs_approval(offer.total) and not approved:
        return None
    return await issue_quote(work, request, offer, terms, cause, at)


async def issue_quote(  # noqa: PLR0913, PLR0917 - what a change of a request is made of
    work: UnitOfWork, request: PaidRequest, offer: Quote, terms: PaidTerms, cause: PaidCause, at: datetime
) -> CardMessage | None:
    """From now on the quote holds; None where it was issued under the same key before."""
    approver = cause.staff_id if terms.needs_approval(offer.total) else None
    moved = await move_request(
        work, request.id, PaidEvent.QUOTE, cause, at, quote=offer.number, expires_at=offer.valid_until
    )
    if not moved.fresh or not await work.quotes.issue(request.id, offer.number, at, approver):
        return None
    return cards.quote(await again(work, request.id), offer, terms.zone)
