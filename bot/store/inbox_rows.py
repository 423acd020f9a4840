"""Rows of the inbox as what they stand for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping

from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.inbox.items import (
    Action,
    Answered,
    Decision,
    GroupState,
    InboxGroup,
    InboxMessage,
    MessageState,
    NearSentence,
    Reviewed,
)
from bot.helpdesk.inbox.reasons import Reason


def new_message_id() -> str:
    """For a row of the inbox."""
    return str(uuid.uuid4())


def ranking_json(ranking: Sequence[Candidate]) -> list[list[Any]]:
    """As it is stored."""
    return [[candidate.intent, round(candidate.probability, 6)] for candidate in ranking]


def nearest_json(nearest: Sequence[NearSentence]) -> list[list[Any]]:
    """As it is stored."""
    return [[one.text, one.intent, round(one.similarity, 6)] for one in nearest]


def answered_of(row: RowMapping) -> Answered:
    """A message of the log with its answer."""
    return Answered(
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        text=row["text"],
        created_at=row["created_at"],
        intent=row["intent"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        clauses=tuple(row["clauses"] or ()),
        confidence=row["confidence"],
    )


def message_of(row: RowMapping, reasons: frozenset[Reason]) -> InboxMessage:
    """A message of the inbox."""
    reviewed = None
    if row["vector"] is not None:
        reviewed = Reviewed(
            ranking=tuple(Candidate(*pair) for pair in row["ranking"]),
            vector=row["vector"],
            nearest=tuple(NearSentence(*one) for one in row["nearest"]),
        )
    return InboxMessage(
        id=row["id"],
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        text=row["text"],
        created_at=row["created_at"],
        intent=row["intent"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        clauses=tuple(row["clauses"]),
        confidence=row["confidence"],
        reasons=reasons,
        state=MessageState(row["state"]),
        group_id=row["group_id"],
        reviewed=reviewed,
    )


def group_of(row: RowMapping, middle: InboxMessage, reasons: frozenset[Reason]) -> InboxGroup:
    """A group with the message in its middle."""
    same = (
        *("id", "revision", "gain", "size", "newest_at", "suggests_new_topic", "skipped_until", "sent_to", "sent_by"),
        *("note", "decided_intent", "decided_by", "decided_at"),
    )
    return InboxGroup(
        **{name: row[name] for name in same},
        state=GroupState(row["state"]),
        middle=middle,
        reasons=reasons,
        decided_action=Action(row["decided_action"]) if row["decided_action"] else None,
    )


def decision_of(row: RowMapping) -> Decision:
    """A decision."""
    return Decision(**row)
