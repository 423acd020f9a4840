"""JSON forms of requests for paid support as staff see them (docs/paid-support-protocol.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.helpdesk.paid.billing import Payment, Work
from bot.helpdesk.paid.board import ListedPaidChange, ListedPaidRequest
from bot.helpdesk.paid.cards import quote_view
from bot.helpdesk.paid.price_list import PricedItem
from bot.helpdesk.paid.quotes import Quote
from bot.helpdesk.paid.statement import StatementLine
from bot.services.paid.board_steps import PaidDetail
from bot.services.paid.statements import ImportedStatement
from bot.services.paid.terms import PaidTerms
from bot.web.views import time_view


def paid_row_view(listed: ListedPaidRequest) -> dict[str, Any]:
    """PaidRow."""
    request = listed.request
    order, standing = request.order, request.standing
    return {
        "id": request.id,
        "reference": request.reference,
        "state": standing.state.value,
        "kind": order.kind.value,
        "need": order.need,
        "target": order.target,
        "urgency": order.urgency.value,
        "capacity_gb": order.capacity_gb,
        "conversation_id": request.conversation_id,
        "created_at": time_view(request.created_at),
        "updated_at": time_view(request.updated_at),
        "expires_at": time_view(request.expires_at) if request.expires_at else None,
        "staff": listed.staff,
        "total": listed.total,
        "invoice": standing.invoice,
        "out_of_field": standing.out_of_field,
        "waits_for_approval": listed.waits_for_approval,
        "surplus": listed.surplus,
    }


def paid_detail_view(detail: PaidDetail) -> dict[str, Any]:
    """PaidDetail."""
    request = detail.listed.request
    return {
        **paid_row_view(detail.listed),
        "email": request.order.email,
        "phone": request.order.phone,
        "score": request.score,
        "quotes": [_quote_view(quote) for quote in detail.quotes],
        "payments": [_payment_view(payment) for payment in detail.payments],
        "work": [_work_view(work) for work in detail.work],
        "changes": [_change_view(change) for change in detail.changes],
    }


def _quote_view(quote: Quote) -> dict[str, Any]:
    return {
        **quote_view(quote),
        "created_at": time_view(quote.created_at),
        "created_by": quote.created_by,
        "issued_at": time_view(quote.issued_at) if quote.issued_at else None,
        "approved_by": quote.approved_by,
    }


def _payment_view(payment: Payment) -> dict[str, Any]:
    return {
        "order_id": payment.order_id,
        "method": payment.method,
        "amount": payment.amount,
        "unique_code": payment.unique_code,
        "state": payment.state.value,
        "opened_at": time_view(payment.opened_at),
        "settled_at": time_view(payment.settled_at) if payment.settled_at else None,
        "evidence": payment.evidence,
    }


def _work_view(work: Work) -> dict[str, Any]:
    return {"at": time_view(work.at), "staff": work.staff_name, "text": work.text, "minutes": work.minutes}


def _change_view(change: ListedPaidChange) -> dict[str, Any]:
    return {
        "at": time_view(change.at),
        "event": change.event,
        "old_state": change.old_state,
        "new_state": change.new_state,
        "actor": change.actor,
        "staff": change.staff,
        "reason": change.reason,
    }


def statement_view(done: ImportedStatement) -> dict[str, Any]:
    """What became of a bank statement."""
    return {
        "matched": [
            {"order_id": one.order_id, "reference": one.reference, "amount": one.line.amount} for one in done.matched
        ],
        "ambiguous": [_statement_line_view(line) for line in done.ambiguous],
        "unmatched": [_statement_line_view(line) for line in done.unmatched],
        "odd": [{"date": odd.date.isoformat(), "text": odd.text, "line": odd.line} for odd in done.odd],
        "known": done.known,
    }


def _statement_line_view(line: StatementLine) -> dict[str, Any]:
    return {"date": line.date.isoformat(), "amount": line.amount, "description": line.description}


def price_list_view(items: Sequence[PricedItem], terms: PaidTerms) -> dict[str, Any]:
    """What quotes are made from."""
    return {
        "items": [
            {"name": item.name, "unit": item.unit, "unit_price": item.price, "note": item.note} for item in items
        ],
        "tax_rate": format(terms.tax_rate.normalize(), "f"),
        "quote_days": terms.quote_days,
        "approval_limit": terms.approval_limit,
    }
