"""Reads the log for what says that an answer of the bot was not right, or may not have been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Outcome, Sender
from bot.helpdesk.inbox.items import Answered
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.inbox.worth import ASKS_FOR_A_PERSON, SEARCHED_INTENT
from bot.helpdesk.ownership import Event
from bot.services.ports.trainer_inbox import Sign
from bot.store.inbox_rows import answered_of
from bot.store.inserting import insert_new
from bot.store.tables import (
    handoff,
    inbox_message,
    inbox_progress,
    inbox_reason,
    message,
    ownership_change,
    rating,
    shadow_difference,
)

# Ratings are found by when they were asked for, which has an index; nobody answers later than this.
_ANSWERED_WITHIN = timedelta(days=14)
# A candidate that listens may be that far behind the answers.
_HEARD_WITHIN = timedelta(days=1)
# Customers give 1 to 5.
_LOW_SCORE = 2
_ASKED = message.alias("asked")
_ANSWER = message.alias("answer")
_DOUBTFUL_OUTCOMES = (Outcome.CLARIFY.value, Outcome.REFUSE.value)


class InboxSigns:
    """The part of `bot.services.ports.trainer_inbox.InboxRepository` that looks into the log."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def until(self, sign: str) -> datetime | None:
        found = await self._connection.execute(select(inbox_progress.c.until).where(inbox_progress.c.sign == sign))
        return found.scalar_one_or_none()

    async def set_until(self, sign: str, at: datetime) -> None:
        if not await insert_new(self._connection, inbox_progress, sign=sign, until=at):
            await self._connection.execute(
                update(inbox_progress)
                .where(inbox_progress.c.sign == sign, inbox_progress.c.until < at)
                .values(until=at)
            )

    async def doubtful(self, since: datetime, limit: int, below: float) -> list[tuple[datetime, Answered]]:
        known = exists().where(
            inbox_message.c.conversation_id == _ASKED.c.conversation_id, inbox_message.c.seq == _ASKED.c.seq
        )
        found = await self._connection.execute(
            _answered()
            .where(
                _ANSWER.c.created_at >= since,
                or_(
                    _ANSWER.c.outcome.in_(_DOUBTFUL_OUTCOMES),
                    _ANSWER.c.intent == SEARCHED_INTENT,
                    _ANSWER.c.confidence < below,
                ),
                ~known,
            )
            .order_by(_ANSWER.c.created_at, _ANSWER.c.conversation_id, _ANSWER.c.seq)
            .limit(limit)
        )
        return [(row["answered_at"], answered_of(row)) for row in found.mappings()]

    async def signs(self, reason: Reason, since: datetime, limit: int) -> list[Sign]:
        statement = _SIGNS[reason](since)
        found = await self._connection.execute(statement.order_by(statement.selected_columns[2]).limit(limit))
        return [Sign(conversation_id, before, at, reason) for conversation_id, before, at in found]

    async def shadowed(self, since: datetime, limit: int) -> list[tuple[datetime, Answered]]:
        noted = (
            exists()
            .where(
                inbox_message.c.conversation_id == _ASKED.c.conversation_id,
                inbox_message.c.seq == _ASKED.c.seq,
                inbox_reason.c.message_id == inbox_message.c.id,
                inbox_reason.c.reason == Reason.SHADOW.value,
            )
            .correlate(_ASKED)
        )
        heard = exists().where(
            shadow_difference.c.conversation_id == _ASKED.c.conversation_id,
            shadow_difference.c.seq == _ASKED.c.seq,
            shadow_difference.c.at >= since - _HEARD_WITHIN,
        )
        found = await self._connection.execute(
            _answered()
            .where(_ANSWER.c.created_at >= since - _HEARD_WITHIN, heard, ~noted)
            .order_by(_ANSWER.c.created_at, _ANSWER.c.conversation_id, _ANSWER.c.seq)
            .limit(limit)
        )
        return [(row["answered_at"], answered_of(row)) for row in found.mappings()]

    async def last_answered(self, conversation_id: str, before: int, unless: Reason) -> Answered | None:
        query = (
            _answered()
            .where(
                _ASKED.c.conversation_id == conversation_id,
                _ASKED.c.seq < before,
                _ANSWER.c.intent.not_in(ASKS_FOR_A_PERSON),
                _ANSWER.c.outcome != Outcome.HANDOFF.value,
            )
            .order_by(_ASKED.c.seq.desc(), _ANSWER.c.seq)
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().first()
        if row is None:
            return None
        noted = (
            select(inbox_reason.c.reason)
            .join(inbox_message, inbox_message.c.id == inbox_reason.c.message_id)
            .where(
                inbox_message.c.conversation_id == conversation_id,
                inbox_message.c.seq == row["seq"],
                inbox_reason.c.reason == unless.value,
            )
        )
        return None if (await self._connection.execute(noted)).first() else answered_of(row)


def _answered() -> Select[Any]:
    """What customers typed, with each answer of the bot that is no small talk."""
    of_it = (_ANSWER.c.conversation_id == _ASKED.c.conversation_id) & (_ANSWER.c.reply_to == _ASKED.c.seq)
    return (
        select(
            _ASKED.c.conversation_id,
            _ASKED.c.seq,
            _ASKED.c.text,
            _ASKED.c.created_at,
            _ANSWER.c.created_at.label("answered_at"),
            _ANSWER.c.intent,
            _ANSWER.c.outcome,
            _ANSWER.c.clauses,
            _ANSWER.c.confidence,
        )
        .join(_ANSWER, of_it)
        .where(
            _ASKED.c.sender == Sender.CUSTOMER.value,
            _ASKED.c.payload.is_(None),
            _ANSWER.c.sender == Sender.BOT.value,
            _ANSWER.c.intent.is_not(None),
            _ANSWER.c.outcome != Outcome.SMALLTALK.value,
        )
    )


def _handed_off(since: datetime) -> Select[Any]:
    """Whoever asks for a person, or complains, after the bot has answered."""
    return select(handoff.c.conversation_id, handoff.c.requested_seq, handoff.c.created_at).where(
        handoff.c.created_at >= since, handoff.c.reason.in_(ASKS_FOR_A_PERSON)
    )


def _thumbs_down(since: datetime) -> Select[Any]:
    """Not solved, or few stars where no agent served: the last message that the bot answered before that."""
    said_before = (
        select(func.max(message.c.seq))
        .where(message.c.conversation_id == rating.c.conversation_id, message.c.created_at <= rating.c.rated_at)
        .scalar_subquery()
    )
    low = (rating.c.score <= _LOW_SCORE) & rating.c.staff_id.is_(None)
    return select(rating.c.conversation_id, func.coalesce(said_before, 0) + 1, rating.c.rated_at).where(
        rating.c.asked_at >= since - _ANSWERED_WITHIN, rating.c.rated_at >= since, or_(rating.c.solved == false(), low)
    )


def _corrected(since: datetime) -> Select[Any]:
    """An agent took over from the bot, unasked, and wrote."""
    took_over = exists().where(
        ownership_change.c.conversation_id == message.c.conversation_id,
        ownership_change.c.event == Event.TAKE_OVER.value,
        ownership_change.c.old_state == "bot",
        ownership_change.c.at <= message.c.created_at,
        ownership_change.c.new_agent_id == message.c.staff_id,
    )
    return select(message.c.conversation_id, message.c.seq, message.c.created_at).where(
        message.c.sender == Sender.AGENT.value, message.c.created_at >= since, took_over
    )


_SIGNS: dict[Reason, Callable[[datetime], Select[Any]]] = {
    Reason.HANDED_OFF: _handed_off,
    Reason.THUMBS_DOWN: _thumbs_down,
    Reason.CORRECTED: _corrected,
}
