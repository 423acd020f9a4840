"""Puts messages that the model was asked about into groups, and reckons what a group is worth."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from bot.helpdesk.inbox.gain import expected_gain
from bot.helpdesk.inbox.grouping import Vectors, joined_group, middle
from bot.helpdesk.inbox.items import InboxMessage, Reviewed
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.inbox.worth import is_unsure, suggests_new_topic
from bot.services.ports import UnitOfWork
from bot.services.ports.trainer_inbox import GroupFigures, Leader, Review
from bot.services.trainer.known_texts import KnownTexts

# The newest of a group say where its middle is; more would only cost time.
_LOOKED_AT = 200
# Between unrelated and the same: as long as the nearest sentence is not known.
_UNKNOWN_SIMILARITY = 0.925
_MILLION = 1_000_000


def is_worth_it(message: InboxMessage, reviewed: Reviewed, known: KnownTexts) -> bool:
    """Whether the message stays: nothing that the training data holds, nor what only seemed unsure."""
    if known.holds(message.text):
        return False
    return message.reasons != {Reason.UNSURE} or is_unsure(reviewed.ranking)


async def put_into_groups(
    work: UnitOfWork, messages: Sequence[InboxMessage], review: Review, known: KnownTexts, now: datetime
) -> None:
    """Each message joins the group that it resembles, or opens one; what is not worth it is dropped."""
    await work.inbox.lock_grouping(now)
    leaders = await work.inbox.leaders(review.encoder)
    rows = [vector_of(leader.vector) for leader in leaders]
    changed: dict[str, None] = {}
    # Whoever took longer than the claim lasts may find them grouped by another process.
    new = await work.inbox.still_new([message.id for message in messages])
    for message, reviewed in zip(messages, review.reviewed, strict=True):
        if message.id not in new:
            continue
        if not is_worth_it(message, reviewed, known):
            await work.inbox.drop(message.id)
            continue
        vector, topic = vector_of(reviewed.vector), topic_of(reviewed)
        place = joined_group(vector, topic, np.stack(rows), [leader.topic for leader in leaders]) if rows else None
        leader = Leader(str(uuid.uuid4()), reviewed.vector, topic) if place is None else leaders[place]
        if place is None:
            await work.inbox.add_group(leader, review.encoder, now)
        if await work.inbox.join(message.id, leader.group_id, reviewed):
            changed[leader.group_id] = None
            if place is None:
                leaders.append(leader)
                rows.append(vector)
    for group_id in changed:
        await reckon(work, group_id)


def topic_of(reviewed: Reviewed) -> str:
    """The likeliest topic; empty where nothing was understood."""
    return reviewed.ranking[0].intent if reviewed.ranking else ""


async def reckon(work: UnitOfWork, group_id: str) -> None:
    """Middle, size and gain of a group from its messages as they are."""
    messages = await work.inbox.messages_of(group_id, _LOOKED_AT)
    if any(message.reviewed is not None for message in messages):
        await work.inbox.set_figures(group_id, figures_of(messages, await work.inbox.size_of(group_id)))


def figures_of(messages: Sequence[InboxMessage], size: int) -> GroupFigures:
    """Of the newest messages of a group, newest first, one or more of them reviewed; `size`: of the whole group."""
    messages = messages[:_LOOKED_AT]
    seen = [(message, message.reviewed) for message in messages if message.reviewed is not None]
    chosen, reviewed = seen[middle(np.stack([vector_of(one.vector) for _, one in seen]))]
    reasons = frozenset[Reason]().union(*(message.reasons for message in messages))
    probabilities = [candidate.probability for candidate in reviewed.ranking]
    similarity = _UNKNOWN_SIMILARITY if reviewed.similarity is None else reviewed.similarity
    return GroupFigures(
        size=size,
        newest_at=messages[0].created_at,
        middle_id=chosen.id,
        gain=round(expected_gain(probabilities, similarity, size, reasons) * _MILLION),
        suggests_new_topic=suggests_new_topic(reviewed.similarity, reviewed.ranking, size),
    )


def vector_of(raw: bytes) -> Vectors:
    """As it is stored."""
    return np.frombuffer(raw, dtype="<f4")
