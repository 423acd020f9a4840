"""Finds the transfers that are awaited in a statement of the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import PaidSupportError
from bot.helpdesk.message_text import checked_client_message_id
from bot.helpdesk.paid.statement import StatementLine, parse_statement
from bot.helpdesk.paid.states import PaidActor, PaidCause
from bot.helpdesk.staff import Staff
from bot.services.paid.moving import the_request
from bot.services.paid.payments import Payments
from bot.services.paid.telling import news_of, publish
from bot.services.ports import Clock, Notifier, Store

MAX_STATEMENT = 2_000_000


@dataclass(frozen=True)
class MatchedLine:
    """A line, and the payment that it is."""

    line: StatementLine
    order_id: str
    reference: str


@dataclass(frozen=True)
class ImportedStatement:
    """What became of the lines; `known` were read before."""

    matched: Sequence[MatchedLine]
    unmatched: Sequence[StatementLine]
    known: int


class BankStatements:
    """Every matched line is booked in a transaction of its own, once, however often the file is read."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, payments: Payments) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._payments = payments

    async def read(self, staff: Staff, *, csv: object, key: object) -> ImportedStatement:
        """Book the transfers in `csv` that are awaited. Raises PaidSupportError, naming line and column."""
        checked_client_message_id(key)
        if not isinstance(csv, str) or not csv.strip() or len(csv) > MAX_STATEMENT:
            raise PaidSupportError("csv is no text of bounded length", field="csv")
        matched: list[MatchedLine] = []
        unmatched: list[StatementLine] = []
        known = 0
        for line in parse_statement(csv):
            found = await self._book(line, staff)
            if isinstance(found, MatchedLine):
                matched.append(found)
            elif found:
                known += 1
            else:
                unmatched.append(line)
        return ImportedStatement(matched, unmatched, known)

    async def _book(self, line: StatementLine, staff: Staff) -> MatchedLine | bool:
        """The payment of this line; True where the line was read before, False where nobody awaits it."""
        async with self._store.begin() as work:
            if await work.billing.is_booked(line.digest):
                return True
            order_id = (await work.billing.awaited_transfers()).get(line.amount)
            payment = await work.billing.payment(order_id) if order_id else None
            # An older line of the same amount is other money.
            if payment is None or line.date < payment.opened_at.date():
                return False
            request, now = await the_request(work, payment.request_id), self._clock.now()
            cause = PaidCause(PaidActor.STAFF, staff.id, key=f"statement:{line.digest[:40]}")
            evidence = f"mutasi {line.date.isoformat()}"
            messages = await self._payments.book_within(work, request, payment, cause, None, evidence)
            if messages is None or not await work.billing.book_line(
                line.digest, booked_on=line.date, amount=line.amount, order_id=payment.order_id, at=now
            ):
                return True
            news = await news_of(work, [request.id])
            await work.commit()
        await publish(self._notifier, messages, news)
        return MatchedLine(line, payment.order_id, request.reference)
