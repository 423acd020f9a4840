"""Repository of quotes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.paid.quotes import LineItem, Quote
from bot.store.tables import paid_quote as table
from bot.store.tables import staff


class SqlQuotes:
    """`bot.services.ports.paid.QuoteRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, quote: Quote, key: str | None) -> None:
        await self._connection.execute(
            delete(table).where(*_is(quote.request_id, quote.number), table.c.issued_at.is_(None))
        )
        await self._connection.execute(
            insert(table).values(
                request_id=quote.request_id,
                number=quote.number,
                lines=[
                    {"what": li.what, "quantity": str(li.quantity), "unit": li.unit, "unit_price": li.unit_price}
                    for li in quote.lines
                ],
                tax_rate=str(quote.tax_rate),
                total=quote.total,
                valid_until=quote.valid_until,
                created_at=quote.created_at,
                created_by=quote.created_by,
                note=quote.note,
                issued_at=quote.issued_at,
                approved_by=quote.approved_by,
                key=key,
            )
        )

    async def get(self, request_id: str, number: int) -> Quote | None:
        found = await self._connection.execute(select(table).where(*_is(request_id, number)))
        row = found.mappings().first()
        return None if row is None else _quote(row)

    async def made_under(self, request_id: str, key: str) -> bool:
        found = await self._connection.execute(
            select(table.c.number).where(table.c.request_id == request_id, table.c.key == key)
        )
        return found.first() is not None

    async def issue(self, request_id: str, number: int, at: datetime, approved_by: str | None) -> bool:
        issued = await self._connection.execute(
            update(table)
            .where(*_is(request_id, number), table.c.issued_at.is_(None))
            .values(issued_at=at, approved_by=approved_by)
        )
        return issued.rowcount == 1

    async def of_request(self, request_id: str) -> list[Quote]:
        maker, approver = staff.alias(), staff.alias()
        found = await self._connection.execute(
            select(table, maker.c.display_name.label("maker"), approver.c.display_name.label("approver"))
            .outerjoin(maker, maker.c.id == table.c.created_by)
            .outerjoin(approver, approver.c.id == table.c.approved_by)
            .where(table.c.request_id == request_id)
            .order_by(table.c.number)
        )
        return [_quote({**row, "created_by": row["maker"], "approved_by": row["approver"]}) for row in found.mappings()]


def _is(request_id: str, number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (table.c.request_id == request_id, table.c.number == number)


def _quote(row: Mapping[Any, Any]) -> Quote:
    names = ("request_id", "number", "valid_until", "created_at", "created_by", "note", "issued_at", "approved_by")
    return Quote(
        **{name: row[name] for name in names},
        lines=tuple(LineItem(li["what"], Decimal(li["quantity"]), li["unit"], li["unit_price"]) for li in row["lines"]),
        tax_rate=Decimal(row["tax_rate"]),
    )
