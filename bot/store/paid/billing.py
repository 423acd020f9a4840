"""Repository of invoices and payments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.paid.billing import Invoice, Payment, PaymentStep
from bot.store.tables import bank_line, invoice_counter, paid_invoice, payment_notification
from bot.store.tables import paid_payment as payment_table

# The row of the counter that stands for the choice of unique codes: no year is zero.
_CODES = 0
_AWAITED = (PaymentStep.OPENING.value, PaymentStep.PENDING.value)


class SqlBilling:
    """`bot.services.ports.paid.BillingRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def next_count(self, year: int) -> int:
        return await self._take(year)

    async def add_invoice(self, invoice: Invoice) -> None:
        await self._connection.execute(insert(paid_invoice).values(**asdict(invoice)))

    async def invoice(self, number: str) -> Invoice | None:
        found = await self._connection.execute(select(paid_invoice).where(paid_invoice.c.number == number))
        row = found.mappings().first()
        return None if row is None else Invoice(**row)

    async def taken_amounts(self) -> Collection[int]:
        await self._take(_CODES)
        return set(await self.awaited_transfers())

    async def add_payment(self, payment: Payment) -> None:
        await self._connection.execute(insert(payment_table).values(**_values(payment)))

    async def payment(self, order_id: str) -> Payment | None:
        found = await self._connection.execute(select(payment_table).where(payment_table.c.order_id == order_id))
        row = found.mappings().first()
        return None if row is None else _payment(row)

    async def payments(self, request_id: str) -> list[Payment]:
        found = await self._connection.execute(
            select(payment_table)
            .where(payment_table.c.request_id == request_id)
            .order_by(payment_table.c.opened_at, payment_table.c.order_id)
        )
        return [_payment(row) for row in found.mappings()]

    async def move_payment(self, payment: Payment, state: PaymentStep, **values: Any) -> bool:
        moved = await self._connection.execute(
            update(payment_table)
            .where(payment_table.c.order_id == payment.order_id, payment_table.c.state == payment.state.value)
            .values(state=state.value, **values)
        )
        return moved.rowcount == 1

    async def due_payments(self, now: datetime, limit: int) -> list[Payment]:
        found = await self._connection.execute(
            select(payment_table)
            .where(payment_table.c.next_try_at <= now)
            .order_by(payment_table.c.next_try_at, payment_table.c.order_id)
            .limit(limit)
        )
        return [_payment(row) for row in found.mappings()]

    async def awaited_transfers(self) -> Mapping[int, str]:
        found = await self._connection.execute(
            select(payment_table.c.amount, payment_table.c.order_id).where(
                payment_table.c.unique_code.is_not(None), payment_table.c.state.in_(_AWAITED)
            )
        )
        return {row["amount"]: row["order_id"] for row in found.mappings()}

    async def is_booked(self, digest: str) -> bool:
        found = await self._connection.execute(select(bank_line.c.digest).where(bank_line.c.digest == digest))
        return found.first() is not None

    async def book_line(self, digest: str, *, booked_on: date, amount: int, order_id: str | None, at: datetime) -> bool:
        values = {"digest": digest, "booked_on": booked_on, "amount": amount, "order_id": order_id, "imported_at": at}
        added = await self._connection.execute(self._insert(bank_line).values(**values).on_conflict_do_nothing())
        return added.rowcount == 1

    async def note_notification(self, at: datetime, order_id: str | None, verdict: str) -> None:
        await self._connection.execute(insert(payment_notification).values(at=at, order_id=order_id, verdict=verdict))

    async def _take(self, year: int) -> int:
        """One more of a counter, whose row is locked from then on."""
        await self._connection.execute(self._insert(invoice_counter).values(year=year, last=0).on_conflict_do_nothing())
        taken = await self._connection.execute(
            update(invoice_counter)
            .where(invoice_counter.c.year == year)
            .values(last=invoice_counter.c.last + 1)
            .returning(invoice_counter.c.last)
        )
        return int(taken.scalar_one())

    def _insert(self, table: Any) -> Any:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)


def _values(payment: Payment) -> dict[str, Any]:
    instructions = None if payment.instructions is None else dict(payment.instructions)
    return {**asdict(payment), "state": payment.state.value, "instructions": instructions}


def _payment(row: RowMapping) -> Payment:
    return Payment(**{**row, "state": PaymentStep(row["state"])})
