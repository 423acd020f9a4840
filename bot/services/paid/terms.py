"""What the company has decided about paid support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from decimal import Decimal

from bot.helpdesk.paid.quotes import LineItem
from bot.helpdesk.paid.requests import Order, PaidKind


@dataclass(frozen=True)
class PaidTerms:
    """`tax_rate` in percent, amounts in whole rupiah; zero where the company has set nothing.

    Above `approval_limit` an administrator approves a quote. Migrations are free up to `migration_free_gb` and cost
    `migration_price_per_gb` for each GB above it; without both, staff make the quote.
    """

    tax_rate: Decimal = Decimal(0)
    quote_days: int = 7
    invoice_hours: int = 24
    approval_limit: int = 0
    migration_free_gb: int = 0
    migration_price_per_gb: int = 0
    zone: tzinfo = timezone.utc

    @property
    def quote_life(self) -> timedelta:
        """How long a quote holds, where staff say nothing else."""
        return timedelta(days=self.quote_days)

    @property
    def invoice_life(self) -> timedelta:
        """How long a customer has to pay."""
        return timedelta(hours=self.invoice_hours)

    def needs_approval(self, total: int) -> bool:
        """Whether an administrator has to look at it."""
        return 0 < self.approval_limit < total

    def is_free(self, order: Order) -> bool:
        """A migration within the limit (Hak 14)."""
        size = order.capacity_gb
        return order.kind is PaidKind.MIGRATION and size is not None and 0 < size <= self.migration_free_gb

    def computed_lines(self, order: Order) -> tuple[LineItem, ...]:
        """The quote for a migration above the limit, where the company has set limit and price; else nothing."""
        free, price, size = self.migration_free_gb, self.migration_price_per_gb, order.capacity_gb
        if order.kind is not PaidKind.MIGRATION or size is None or not free or not price or size <= free:
            return ()
        what = f"Migrasi {size} GB, di atas {free} GB yang gratis"
        return (LineItem(what, Decimal(size - free), "GB", price),)
