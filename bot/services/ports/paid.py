"""What paid support needs from the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from bot.helpdesk.paid.billing import Invoice, Payment, PaymentStep, Work
from bot.helpdesk.paid.board import ListedPaidChange, ListedPaidRequest, MoneyEvent, PaidFilter
from bot.helpdesk.paid.quotes import Quote
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidChange, Standing
from bot.helpdesk.period import Period


class PaidRequestRepository(Protocol):
    """Requests, every change of them, and the work that is done."""

    async def lock(self, conversation_id: str) -> None:
        """Lets everybody else who changes something in this conversation wait until the transaction ends.

        Taken before anything else, so that no two transactions wait for each other.
        """
        ...

    async def add(self, request: PaidRequest) -> None: ...

    async def get(self, request_id: str) -> PaidRequest | None: ...

    async def filed_by(self, conversation_id: str, seq: int) -> PaidRequest | None:
        """The request that this message confirmed."""
        ...

    async def of_conversation(self, conversation_id: str) -> list[PaidRequest]:
        """Oldest first."""
        ...

    async def standing(self, request_id: str) -> Standing | None: ...

    async def apply(self, request_id: str, change: PaidChange, at: datetime, *, expires_at: datetime | None) -> bool:
        """Compare-and-set on the version that `change` begins with; False where somebody else was first.

        What happened is kept in the same transaction.
        """
        ...

    async def done_under(self, request_id: str, key: str) -> PaidChange | None:
        """The change that was made under `key`."""
        ...

    async def changes(self, request_id: str) -> list[ListedPaidChange]:
        """Oldest first."""
        ...

    async def assign(self, request_id: str, staff_id: str) -> None:
        """Who looks after it; the first one stays."""
        ...

    async def rate(self, request_id: str, score: int) -> bool:
        """False where it is rated already."""
        ...

    async def expired(self, now: datetime, limit: int) -> list[PaidRequest]:
        """Quotes and invoices whose time is over."""
        ...

    async def add_work(self, work: Work) -> bool:
        """False where work was written down under this key before."""
        ...

    async def work(self, request_id: str) -> list[Work]: ...

    async def page(
        self, wanted: PaidFilter, *, before: tuple[datetime, str] | None, limit: int
    ) -> list[ListedPaidRequest]:
        """Newest change first."""
        ...

    async def listed(self, request_id: str) -> ListedPaidRequest | None: ...

    async def counts(self) -> Mapping[str, int]:
        """Requests by state."""
        ...

    async def money_events(self, period: Period) -> Sequence[MoneyEvent]:
        """Every change of a request and every payment within `period`, oldest first."""
        ...


class QuoteRepository(Protocol):
    """Quotes. An issued one never changes again."""

    async def put(self, quote: Quote, key: str | None) -> None:
        """Stores it; a draft of the same number is replaced."""
        ...

    async def get(self, request_id: str, number: int) -> Quote | None: ...

    async def made_under(self, request_id: str, key: str) -> bool: ...

    async def issue(self, request_id: str, number: int, at: datetime, approved_by: str | None) -> bool:
        """False where it is issued already."""
        ...

    async def of_request(self, request_id: str) -> list[Quote]:
        """Oldest first; `created_by` and `approved_by` are names."""
        ...


class BillingRepository(Protocol):
    """Invoices and payments."""

    async def next_count(self, year: int) -> int:
        """Takes the next invoice number of the year; who takes another one waits until the transaction ends.

        What is rolled back takes none.
        """
        ...

    async def add_invoice(self, invoice: Invoice) -> None: ...

    async def invoice(self, number: str) -> Invoice | None: ...

    async def taken_amounts(self) -> Collection[int]:
        """Amounts of transfers that are awaited; nobody else chooses one until the transaction ends."""
        ...

    async def add_payment(self, payment: Payment) -> None: ...

    async def payment(self, order_id: str) -> Payment | None: ...

    async def payments(self, request_id: str) -> list[Payment]:
        """Oldest first."""
        ...

    async def move_payment(self, payment: Payment, state: PaymentStep, **values: Any) -> bool:
        """Compare-and-set on the state of `payment`; `values` are other fields of it."""
        ...

    async def due_payments(self, now: datetime, limit: int) -> list[Payment]:
        """Those that are to be opened, or asked about at the payment service."""
        ...

    async def awaited_transfers(self) -> Mapping[int, str]:
        """The orders of transfers that are awaited, by amount."""
        ...

    async def is_booked(self, digest: str) -> bool:
        """Whether this line of a bank statement was booked before."""
        ...

    async def book_line(self, digest: str, *, booked_on: date, amount: int, order_id: str | None, at: datetime) -> bool:
        """Notes a line of a bank statement; False where it was read before."""
        ...

    async def note_notification(self, at: datetime, order_id: str | None, verdict: str) -> None: ...
