"""What happened at the desk, read for the team lead: one statement a table, whatever the length of the period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Owner, Sender
from bot.helpdesk.history import ChangeFact, ConversationFact, History, RatingFact, RequestFact
from bot.helpdesk.ownership import State
from bot.helpdesk.period import Period
from bot.store.tables import conversation, handoff, message, ownership_change, rating, staff

# Rows that are read at once; other tasks of the process get their turn in between.
_BATCH = 1000


class SqlFigures:
    """`bot.services.ports.figures.FigureRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def history(self, period: Period) -> History:
        return History(
            requests=[_request(*row) for row in await self._rows(_requests(period))],
            changes=[ChangeFact(*row) for row in await self._rows(_changes(period))],
            ratings=[RatingFact(*row) for row in await self._rows(_ratings(period))],
            conversations=[ConversationFact(*row) for row in await self._rows(_conversations(period))],
            names={row.id: row.display_name for row in await self._rows(select(staff.c.id, staff.c.display_name))},
        )

    async def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        rows: list[Row[Any]] = []
        async with self._connection.stream(statement.execution_options(yield_per=_BATCH)) as result:
            async for batch in result.partitions():
                rows.extend(batch)
        return rows


def _within(column: ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    return (column >= period.start) & (column < period.end)


def _requests(period: Period) -> Select[Any]:
    """With the first message of an agent since it was accepted, and the end of the service that began then."""
    first_message = (
        select(message.c.created_at)
        .where(
            message.c.conversation_id == handoff.c.conversation_id,
            message.c.seq > handoff.c.requested_seq,
            message.c.sender == Sender.AGENT.value,
            message.c.created_at >= handoff.c.accepted_at,
        )
        .order_by(message.c.seq)
        .limit(1)
    )
    end_of_service = select(func.min(ownership_change.c.at)).where(
        ownership_change.c.conversation_id == handoff.c.conversation_id,
        ownership_change.c.at > handoff.c.accepted_at,
        ownership_change.c.old_state == State.AGENT.value,
        ownership_change.c.new_state.in_([State.BOT.value, State.CLOSED.value]),
    )
    return select(
        handoff.c.created_at,
        handoff.c.reason,
        handoff.c.mode,
        handoff.c.accepted_at,
        handoff.c.accepted_by,
        handoff.c.closed_at,
        first_message.scalar_subquery(),
        end_of_service.scalar_subquery(),
    ).where(_within(handoff.c.created_at, period))


def _request(created_at: Any, reason: Any, mode: Any, accepted_at: Any, *rest: Any) -> RequestFact:
    accepted_by, closed_at, answered_at, ended_at = rest
    if answered_at is not None and ended_at is not None and answered_at > ended_at:
        answered_at = None  # it answers a later request
    return RequestFact(created_at, reason, mode == "message", accepted_at, accepted_by, closed_at, answered_at)


def _changes(period: Period) -> Select[Any]:
    table = ownership_change.c
    return select(
        *(table.conversation_id, table.at, table.event, table.actor),
        *(table.old_agent_id, table.new_agent_id, table.reason),
    ).where(_within(table.at, period))


def _ratings(period: Period) -> Select[Any]:
    return select(rating.c.asked_at, rating.c.staff_id, rating.c.score).where(_within(rating.c.asked_at, period))


def _conversations(period: Period) -> Select[Any]:
    # Nothing can be handed over before it began, so the period bounds these from below.
    with_people = union(
        select(handoff.c.conversation_id).where(handoff.c.created_at >= period.start),
        select(ownership_change.c.conversation_id).where(
            ownership_change.c.at >= period.start,
            ownership_change.c.new_state.in_([State.QUEUE.value, State.AGENT.value]),
        ),
    ).subquery()
    handed_over = or_(conversation.c.owner != Owner.BOT.value, with_people.c.conversation_id.is_not(None))
    return (
        select(
            conversation.c.created_at,
            conversation.c.customer_seq > 0,
            handed_over,
            rating.c.conversation_id.is_not(None),
            rating.c.solved,
        )
        .outerjoin(with_people, with_people.c.conversation_id == conversation.c.id)
        .outerjoin(rating, rating.c.conversation_id == conversation.c.id)
        .where(_within(conversation.c.created_at, period))
    )
