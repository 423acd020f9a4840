"""What staff see of requests for paid support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidState


@dataclass(frozen=True)
class PaidFilter:
    """Which requests a list shows; all conditions hold together. `query`: a reference, an invoice, a target's begin."""

    states: frozenset[PaidState] | None = None
    conversation_id: str | None = None
    query: str | None = None


@dataclass(frozen=True)
class ListedPaidRequest:
    """A request in a list. `total` is that of the newest quote, drafts included; `surplus` is to be given back."""

    request: PaidRequest
    staff: str | None
    total: int | None
    waits_for_approval: bool
    surplus: int


@dataclass(frozen=True)
class ListedPaidChange:
    """One change, with the name of whoever made it."""

    at: datetime
    event: str
    old_state: str
    new_state: str
    actor: str
    staff: str | None
    reason: str | None


@dataclass(frozen=True)
class MoneyEvent:
    """A line of the export for bookkeeping: a change of a request, or money that came or went."""

    at: datetime
    reference: str
    event: str
    state: str
    actor: str
    staff: str | None
    invoice: str | None
    amount: int | None
    method: str | None
    order_id: str | None
    reason: str | None
