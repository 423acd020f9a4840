"""Finds the transfers that are awaited in a statement of the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from bot.errors import PaidSupportError
from bot.helpdesk.message_text import checked_client_message_id
from bot.helpdesk.paid.statement import OddCredit, StatementLine, match, parse_statement
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
    """What became of the lines; `known` were booked before, `odd` ones cannot be a payment.

    `ambiguous` ones have the amount of an awaited payment, but not as the only ones: staff decide.
    """

    matched: Sequence[MatchedLine]
    ambiguous: Sequence[StatementLine]
    unmatched: Sequence[StatementLine]
    odd: Sequence[OddCredit]
    known: int


class BankStatements:
    """Every matched line is booked in a transaction of its own, once, however often the file is read."""

    def __init__(self, store: Store, clock: Clock, notifier: Notifier, payments: Payments, zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier
        self._payments = payments
        self._zone = zone

    async def read(self, staff: Staff, *, csv: object, key: object) -> ImportedStatement:
        """Book the transfers in `csv` that are awaited. Raises PaidSupportError, naming line and column."""
        checked_client_message_id(key)
        if not isinstance(csv, str) or not csv.strip() or len(csv) > MAX_STATEMENT:
            raise PaidSupportError("csv is no text of bounded length", field="csv")
        # Lone surrogates, which JSON can write, are no text of a bank.
        statement = parse_statement(csv.encode("utf-8", "replace"))
        async with self._store.read() as work:
            fresh = [line for line in statement.lines if not await work.billing.is_booked(line.digest)]
            due = await work.billing.awaited_transfers()
        found = match(fresh, due)
        matched: list[MatchedLine] = []
        unmatched = list(found.unmatched)
        for line, order_id in found.matched:
            booked = await self._book(line, order_id, staff)
            if booked is None:
                unmatched.append(line)
            else:
                matched.append(booked)
        known = len(statement.lines) - len(fresh)
        ambiguous = [line for line, _ in found.ambiguous]
        return ImportedStatement(matched, ambiguous, unmatched, statement.odd, known)

    async def _book(self, line: StatementLine, order_id: str, staff: Staff) -> MatchedLine | None:
        """The payment of this line; None where it is other money, or was booked meanwhile."""
        async with self._store.begin() as work:
            payment = await work.billing.payment(order_id)
            # What came before the payment was asked for has the same amount by chance.
            if payment is None or line.date < payment.opened_at.astimezone(self._zone).date():
                return None
            request, now = await the_request(work, payment.request_id), self._clock.now()
            cause = PaidCause(PaidActor.STAFF, staff.id, key=f"statement:{line.digest}")
            evidence = f"mutasi {line.date.isoformat()}"
            messages = await self._payments.book_within(work, request, payment, cause, None, evidence)
            if messages is None or not await work.billing.book_line(
                line.digest, booked_on=line.date, amount=line.amount, order_id=payment.order_id, at=now
            ):
                return None
            news = await news_of(work, [request.id])
            await work.commit()
        await publish(self._notifier, messages, news)
        return MatchedLine(line, payment.order_id, request.reference)
