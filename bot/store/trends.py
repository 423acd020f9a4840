"""Repository of the trends: sums over the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Outcome, Sender
from bot.helpdesk.inbox.reasons import Reason
from bot.services.ports.trends import AnswerCount
from bot.store.tables import inbox_message, inbox_reason, message

_ASKED = message.alias("asked")
_ANSWER = message.alias("answer")
_EARLIER = message.alias("earlier")


class SqlTrends:
    """`bot.services.ports.trends.TrendRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def answers(self, starts: Sequence[datetime], end: datetime) -> list[AnswerCount]:
        ends = [*starts[1:], end]
        each = (
            select(
                case(*((_ASKED.c.created_at < to, number) for number, to in enumerate(ends))).label("week"),
                _ANSWER.c.intent,
                _ANSWER.c.outcome,
                _has(Reason.HANDED_OFF).label("handed_off"),
                _has(Reason.THUMBS_DOWN, Reason.CORRECTED).label("wrong"),
            )
            .join(
                _ANSWER, (_ANSWER.c.conversation_id == _ASKED.c.conversation_id) & (_ANSWER.c.reply_to == _ASKED.c.seq)
            )
            .where(
                _ASKED.c.created_at >= starts[0],
                _ASKED.c.created_at < end,
                _ASKED.c.sender == Sender.CUSTOMER.value,
                _ASKED.c.payload.is_(None),
                _ANSWER.c.sender == Sender.BOT.value,
                _ANSWER.c.outcome.is_not(None),
                _ANSWER.c.outcome != Outcome.SMALLTALK.value,
                ~_answered_earlier(),
            )
            .subquery()
        )
        counted = select(*each.c, func.count()).group_by(*each.c)
        return [AnswerCount(*row) for row in await self._connection.execute(counted)]

    async def texts(self, since: datetime, limit: int) -> AsyncIterator[tuple[str, str]]:
        query = (
            select(message.c.conversation_id, message.c.text)
            .where(
                message.c.created_at >= since,
                message.c.sender == Sender.CUSTOMER.value,
                message.c.payload.is_(None),
            )
            .order_by(message.c.created_at.desc())
            .limit(limit)
        )
        async with self._connection.stream(query.execution_options(yield_per=500)) as result:
            async for conversation_id, text in result:
                yield conversation_id, text


def _has(*reasons: Reason) -> ColumnElement[bool]:
    of_it: Any = (
        select(inbox_reason.c.reason)
        .join(inbox_message, inbox_message.c.id == inbox_reason.c.message_id)
        .where(
            inbox_message.c.conversation_id == _ASKED.c.conversation_id,
            inbox_message.c.seq == _ASKED.c.seq,
            inbox_reason.c.reason.in_([reason.value for reason in reasons]),
        )
    )
    return of_it.exists()  # type: ignore[no-any-return]


def _answered_earlier() -> ColumnElement[bool]:
    """Of several replies to one message the first counts."""
    return exists().where(
        _EARLIER.c.conversation_id == _ANSWER.c.conversation_id,
        _EARLIER.c.reply_to == _ANSWER.c.reply_to,
        _EARLIER.c.seq < _ANSWER.c.seq,
        _EARLIER.c.sender == Sender.BOT.value,
    )
