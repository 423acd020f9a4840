"""Invoices and what is paid for them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class PaymentStep(str, Enum):
    """Where one try to pay is.

    `surplus`: the money is there, but the invoice was paid already or is not due any more; it is to be given back.
    """

    OPENING = "opening"
    PENDING = "pending"
    SETTLED = "settled"
    FAILED = "failed"
    SURPLUS = "surplus"
    RETURNED = "returned"


@dataclass(frozen=True)
class Invoice:
    """What is owed for an accepted quote. Numbers rise by one within a year, without gaps."""

    number: str
    request_id: str
    quote: int
    amount: int
    issued_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Payment:
    """One try to pay an invoice; `amount` holds the unique code. `next_try_at`: when the payment service is asked."""

    order_id: str
    request_id: str
    invoice: str
    method: str
    amount: int
    opened_at: datetime
    due_at: datetime
    state: PaymentStep = PaymentStep.OPENING
    unique_code: int | None = None
    attempts: int = 0
    next_try_at: datetime | None = None
    settled_at: datetime | None = None
    returned_at: datetime | None = None
    transaction_id: str | None = None
    evidence: str | None = field(default=None, repr=False)
    staff_id: str | None = None
    instructions: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Work:
    """What was done for a request, as staff write it down."""

    request_id: str
    at: datetime
    staff_id: str
    text: str
    minutes: int
    key: str
    staff_name: str | None = None


def invoice_number(year: int, count: int) -> str:
    """The `count`-th of `year`, such as `INV/2026/00012`."""
    return f"INV/{year}/{count:05d}"


def new_order_id(reference: str) -> str:
    """A name for a try to pay, never used again; of the letters that payment services allow."""
    return f"{reference}-{secrets.token_hex(4)}"
