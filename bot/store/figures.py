"""What happened at the desk, read for the team lead: one statement a table, whatever the length of the period."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Owner, Sender
from bot.helpdesk.figures import COUNTED_EVENTS
from bot.helpdesk.history import ChangeFact, ConversationFact, History, RatingFact, RequestFact
from bot.helpdesk.ownership import State
from bot.helpdesk.period import Period
from bot.store.tables import conversation, handoff, message, ownership_change, rating, staff

_Fact = TypeVar("_Fact")
# Rows that are read at once; other tasks of the process get their turn in between.
_BATCH = 1000


class SqlFigures:
    """`bot.services.ports.figures.FigureRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def history(self, period: Period) -> History:
        return History(
            requests=await self._all(_requests(period), RequestFact._make),
            changes=await self._all(_changes(period), ChangeFact._make),
            ratings=await self._all(_ratings(period), RatingFact._make),
            conversations=await self._all(_conversations(period), ConversationFact._make),
            names=dict(await self._all(select(staff.c.id, staff.c.display_name), tuple)),
        )

    async def _all(self, statement: Select[Any], make: Callable[[Row[Any]], _Fact]) -> list[_Fact]:
        facts: list[_Fact] = []
        async with self._connection.stream(statement.execution_options(yield_per=_BATCH)) as result:
            async for batch in result.partitions():
                facts.extend(map(make, batch))
        return facts


def _within(column: ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    return (column >= period.start) & (column < period.end)


def _requests(period: Period) -> Select[Any]:
    """With the first message of an agent in the service that began when the request was accepted.

    What an agent writes after the bot had the conversation again, or after it was closed, answers a later request.
    """
    ended_before = (
        exists()
        .where(
            ownership_change.c.conversation_id == handoff.c.conversation_id,
            ownership_change.c.old_state == State.AGENT.value,
            ownership_change.c.new_state.in_([State.BOT.value, State.CLOSED.value]),
            ownership_change.c.at > handoff.c.accepted_at,
            ownership_change.c.at < message.c.created_at,
        )
        .correlate(handoff, message)
    )
    answered_at = (
        select(message.c.created_at)
        .where(
            message.c.conversation_id == handoff.c.conversation_id,
            message.c.seq > handoff.c.requested_seq,
            message.c.sender == Sender.AGENT.value,
            message.c.created_at >= handoff.c.accepted_at,
            ~ended_before,
        )
        .order_by(message.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    table = handoff.c
    return select(
        *(table.created_at, table.reason, table.mode == "message", table.accepted_at, table.accepted_by),
        *(answered_at, table.closed_at.is_not(None)),
    ).where(_within(table.created_at, period))


def _changes(period: Period) -> Select[Any]:
    table = ownership_change.c
    return select(
        *(table.conversation_id, table.at, table.event, table.actor),
        *(table.old_agent_id, table.new_agent_id, table.reason),
    ).where(_within(table.at, period), table.event.in_(sorted(COUNTED_EVENTS)))


def _ratings(period: Period) -> Select[Any]:
    return select(rating.c.asked_at, rating.c.staff_id, rating.c.score).where(_within(rating.c.asked_at, period))


def _conversations(period: Period) -> Select[Any]:
    # A request cannot be older than its conversation, so that the index on its time bounds them.
    asked = select(handoff.c.conversation_id).where(handoff.c.created_at >= period.start).distinct().subquery()
    with_a_person = exists().where(
        ownership_change.c.conversation_id == conversation.c.id,
        ownership_change.c.new_state.in_([State.QUEUE.value, State.AGENT.value]),
    )
    # The owner and the requests also tell of conversations that are older than the log of changes.
    handed_over = or_(conversation.c.owner != Owner.BOT.value, asked.c.conversation_id.is_not(None), with_a_person)
    return (
        select(
            conversation.c.created_at,
            conversation.c.customer_seq > 0,
            handed_over,
            rating.c.conversation_id.is_not(None),
            rating.c.solved,
        )
        .outerjoin(asked, asked.c.conversation_id == conversation.c.id)
        .outerjoin(rating, rating.c.conversation_id == conversation.c.id)
        .where(_within(conversation.c.created_at, period))
    )
