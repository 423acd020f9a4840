"""Lists of requests for paid support, and the export for bookkeeping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, RowMapping, and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.paid.billing import PaymentStep
from bot.helpdesk.paid.board import ListedPaidRequest, MoneyEvent, PaidFilter
from bot.helpdesk.paid.requests import Order, PaidKind, PaidRequest, Urgency
from bot.helpdesk.paid.states import PaidState, Standing
from bot.helpdesk.period import Period
from bot.store.tables import paid_change, paid_invoice, paid_payment, paid_quote, staff
from bot.store.tables import paid_request as table


class SqlPaidLists:
    """The reading part of `bot.services.ports.paid.PaidRequestRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, wanted: PaidFilter, *, before: tuple[datetime, str] | None, limit: int
    ) -> list[ListedPaidRequest]:
        conditions = _conditions(wanted)
        if before is not None:
            conditions.append(tuple_(table.c.updated_at, table.c.id) < before)
        return await self._listed(conditions, limit)

    async def listed(self, request_id: str) -> ListedPaidRequest | None:
        return next(iter(await self._listed([table.c.id == request_id], 1)), None)

    async def counts(self) -> Mapping[str, int]:
        found = await self._connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
        counts = {row[0]: row[1] for row in found}
        return {state.value: counts.get(state.value, 0) for state in PaidState}

    async def money_events(self, period: Period) -> Sequence[MoneyEvent]:
        events = [*await self._changes(period), *await self._money(period)]
        return sorted(events, key=lambda event: event.at)

    async def _listed(self, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[ListedPaidRequest]:
        any_quote = paid_quote.alias()
        newest = (
            select(func.max(any_quote.c.number))
            .where(any_quote.c.request_id == table.c.id)
            .correlate(table)
            .scalar_subquery()
        )
        surplus = (
            select(func.coalesce(func.sum(paid_payment.c.amount), 0))
            .where(paid_payment.c.request_id == table.c.id, paid_payment.c.state == PaymentStep.SURPLUS.value)
            .correlate(table)
            .scalar_subquery()
        )
        found = await self._connection.execute(
            select(
                table,
                staff.c.display_name.label("staff_name"),
                paid_quote.c.total.label("total"),
                paid_quote.c.issued_at.label("issued_at"),
                surplus.label("surplus"),
            )
            .outerjoin(staff, staff.c.id == table.c.staff_id)
            .outerjoin(paid_quote, and_(paid_quote.c.request_id == table.c.id, paid_quote.c.number == newest))
            .where(*conditions)
            .order_by(table.c.updated_at.desc(), table.c.id.desc())
            .limit(limit)
        )
        return [
            ListedPaidRequest(
                request=paid_request_of(row),
                staff=row["staff_name"],
                total=row["total"],
                waits_for_approval=row["total"] is not None and row["issued_at"] is None,
                surplus=int(row["surplus"]),
            )
            for row in found.mappings()
        ]

    async def _changes(self, period: Period) -> list[MoneyEvent]:
        found = await self._connection.execute(
            select(paid_change, table.c.reference, staff.c.display_name.label("staff"), paid_quote.c.total)
            .join(table, table.c.id == paid_change.c.request_id)
            .outerjoin(staff, staff.c.id == paid_change.c.staff_id)
            .outerjoin(
                paid_quote,
                and_(paid_quote.c.request_id == paid_change.c.request_id, paid_quote.c.number == paid_change.c.quote),
            )
            .where(paid_change.c.at >= period.start, paid_change.c.at < period.end)
            .order_by(paid_change.c.id)
        )
        return [
            MoneyEvent(
                at=row["at"],
                reference=row["reference"],
                event=row["event"],
                state=row["new_state"],
                actor=row["actor"],
                staff=row["staff"],
                invoice=row["invoice"],
                amount=row["total"],
                method=None,
                order_id=None,
                reason=row["reason"],
            )
            for row in found.mappings()
        ]

    async def _money(self, period: Period) -> list[MoneyEvent]:
        """Money that came, and money that went back."""
        return [
            *await self._payments("payment", paid_payment.c.settled_at, period),
            *await self._payments("payment_returned", paid_payment.c.returned_at, period),
        ]

    async def _payments(self, event: str, at: Column[datetime], period: Period) -> list[MoneyEvent]:
        found = await self._connection.execute(
            select(paid_payment, table.c.reference, table.c.state.label("now"), staff.c.display_name.label("staff"))
            .join(table, table.c.id == paid_payment.c.request_id)
            .outerjoin(staff, staff.c.id == paid_payment.c.staff_id)
            .where(at >= period.start, at < period.end)
            .order_by(at, paid_payment.c.order_id)
        )
        return [
            MoneyEvent(
                at=row[at.name],
                reference=row["reference"],
                event=event,
                state=row["now"],
                actor="staff" if row["staff_id"] else "system",
                staff=row["staff"],
                invoice=row["invoice"],
                amount=row["amount"],
                method=row["method"],
                order_id=row["order_id"],
                reason=None,
            )
            for row in found.mappings()
        ]


def paid_request_of(row: RowMapping) -> PaidRequest:
    """The request in a row of the table."""
    order = Order(
        kind=PaidKind(row["kind"]),
        need=row["need"],
        target=row["target"],
        urgency=Urgency(row["urgency"]),
        email=row["email"],
        phone=row["phone"],
        capacity_gb=row["capacity_gb"],
    )
    names = ("id", "reference", "conversation_id", "seq", "created_at", "updated_at", "expires_at", "staff_id", "score")
    return PaidRequest(
        **{name: row[name] for name in names},
        order=order,
        standing=Standing(PaidState(row["state"]), row["quote"], row["invoice"], row["out_of_field"], row["version"]),
    )


def _conditions(wanted: PaidFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states is not None:
        conditions.append(table.c.state.in_(sorted(state.value for state in wanted.states)))
    if wanted.conversation_id is not None:
        conditions.append(table.c.conversation_id == wanted.conversation_id)
    if wanted.query:
        invoiced: Any = select(paid_invoice.c.request_id).where(paid_invoice.c.number == wanted.query.upper())
        conditions.append(
            or_(
                table.c.reference == wanted.query.upper(),
                table.c.id.in_(invoiced),
                func.lower(table.c.target).startswith(wanted.query.casefold(), autoescape=True),
            )
        )
    return conditions
