"""What paying needs from outside: ways to pay, of which each company sets up those that it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol


@dataclass(frozen=True)
class PaymentOrder:
    """One try to pay an invoice in one way. `order_id` is ours, unique, and never used again.

    `amount` is in whole rupiah, a unique code included where the method asks for one.
    """

    order_id: str
    amount: int
    invoice: str
    description: str
    expires_at: datetime
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class BankAccount:
    """Where a transfer goes."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True)
class Instructions:
    """How to pay: accounts to transfer to, or a page of the payment service."""

    accounts: tuple[BankAccount, ...] = ()
    url: str | None = None


class PaymentState(str, Enum):
    """What has become of an order, as the payment service tells."""

    PENDING = "pending"
    SETTLED = "settled"
    DENIED = "denied"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    # Held back for a look of a person (Midtrans: fraud status "challenge"); the money is not ours yet.
    IN_REVIEW = "in_review"


@dataclass(frozen=True)
class PaymentStatus:
    """The truth about an order at the payment service. `amount` is in whole rupiah."""

    order_id: str
    state: PaymentState
    amount: int
    transaction_id: str | None = None
    payment_type: str | None = None
    at: datetime | None = None


class PaymentMethod(Protocol):
    """One way to pay."""

    @property
    def name(self) -> str:
        """What stands in the database: `transfer`, `midtrans`."""
        ...

    @property
    def uses_unique_code(self) -> bool:
        """Whether payments are told apart by their amount alone."""
        ...

    async def open(self, order: PaymentOrder) -> Instructions:
        """How to pay `order`. The same order again gives instructions for the same payment.

        Raises PaymentUnavailableError; nothing is owed then.
        """
        ...

    async def status(self, order_id: str) -> PaymentStatus | None:
        """What has become of it; None where the service knows no such order, or there is no service to ask.

        Raises PaymentUnavailableError.
        """
        ...


class NotificationReader(Protocol):
    """Checks notifications of a payment service."""

    def read(self, body: bytes) -> PaymentStatus:
        """What the notification claims. It is only a reason to ask `PaymentMethod.status`.

        Raises NotificationRefusedError (`reason`: `shape`, `size` or `signature`).
        """
        ...
