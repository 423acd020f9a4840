"""After a publish: forms the groups that nobody has looked at anew, with what the new model makes of their messages."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from bot.helpdesk.inbox.grouping import groups_of
from bot.helpdesk.inbox.items import InboxMessage, Reviewed
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.trainer_inbox import Leader, Review, Reviewer, UntouchedGroup
from bot.services.trainer.grouping import figures_of, is_worth_it, topic_of, vector_of
from bot.services.trainer.known_texts import KnownTexts, TrainingTexts

logger = logging.getLogger(__name__)

_FORMED = "formed"
# As many as one review takes; customers' messages come in between.
_BATCH = 32
_PAUSE = 0.1
_CLAIM = timedelta(seconds=30)
# Until then all web processes know whom to ask.
_SETTLED = timedelta(seconds=2)


class FormAnew:
    """Of several web processes one does it. Decisions that race with it are refused, or made before it and kept."""

    def __init__(self, store: Store, clock: Clock, reviewer: Reviewer, texts: TrainingTexts) -> None:
        self._store = store
        self._clock = clock
        self._reviewer = reviewer
        self._texts = texts

    async def turn(self) -> bool:
        """Whether groups were formed: once after each publish. Raises BrainUnavailableError; then later again."""
        now = self._clock.now()
        async with self._store.read() as work:
            published = await _published(work)
            if published is None or not await _is_due(work, published) or now < published + _SETTLED:
                return False
            first = await work.inbox.until(_FORMED) is None
        if first:  # a new installation: what there is was grouped with this very version
            async with self._store.begin() as work:
                await work.inbox.set_until(_FORMED, published)
                await work.commit()
            return False
        async with self._store.begin() as work:
            if not await work.inbox.claim_forming(now, now + _CLAIM):
                return False
            await work.commit()
        async with self._store.read() as work:
            ids = await work.inbox.untouched_ids()
        reviews, encoder = await self._ask(ids)
        known = await self._texts.current()
        groups = await asyncio.to_thread(_formed, list(reviews.values()))
        async with self._store.begin() as work:
            await work.inbox.lock_grouping(now)
            if await _published(work) != published or not await _is_due(work, published):
                return False
            await _put(work, groups, reviews, encoder, known, self._clock.now())
            await work.inbox.set_until(_FORMED, published)
            await work.inbox.keep_forming(self._clock.now())
            await work.commit()
        return True

    async def _ask(self, ids: Sequence[str]) -> tuple[dict[str, Reviewed], str]:
        """What the model makes of the messages, oldest first; vectors of one encoder alone, the last one's."""
        reviews: dict[str, Reviewed] = {}
        encoder = ""
        for start in range(0, len(ids), _BATCH):
            async with self._store.read() as work:
                found = {message.id: message for message in await work.inbox.messages(ids[start : start + _BATCH])}
            messages = [found[one] for one in ids[start : start + _BATCH] if one in found]
            if start:
                await asyncio.sleep(_PAUSE)
            if not messages:
                continue
            review: Review = await self._reviewer.review([message.text for message in messages])
            if review.encoder != encoder:
                reviews, encoder = {}, review.encoder
            reviews |= {message.id: one for message, one in zip(messages, review.reviewed, strict=True)}
            async with self._store.begin() as work:
                await work.inbox.keep_forming(self._clock.now() + _CLAIM)
                await work.commit()
        return reviews, encoder


async def _published(work: UnitOfWork) -> datetime | None:
    serving = await work.versions.serving()
    version = await work.versions.get(serving.version) if serving else None
    return version.published_at if version else None


async def _is_due(work: UnitOfWork, published: datetime) -> bool:
    formed = await work.inbox.until(_FORMED)
    return formed is None or formed < published


def _formed(reviewed: Sequence[Reviewed]) -> list[list[int]]:
    if not reviewed:
        return []
    return groups_of(np.stack([vector_of(one.vector) for one in reviewed]), [topic_of(one) for one in reviewed])


async def _put(  # noqa: PLR0913, PLR0917 - what was found out before the transaction
    work: UnitOfWork,
    formed: Sequence[Sequence[int]],
    reviews: Mapping[str, Reviewed],
    encoder: str,
    known: KnownTexts,
    now: datetime,
) -> None:
    former = await work.inbox.take_untouched()
    free = [one for group in former for one in group.message_ids]
    # What came meanwhile is grouped like anything new.
    await work.inbox.take_out([one for one in free if one not in reviews], dropped=False)
    messages = await _messages(work, [one for one in free if one in reviews], reviews)
    worthless = [one for one, message in messages.items() if not is_worth_it(message, reviews[one], known)]
    await work.inbox.take_out(worthless, dropped=True)
    left = messages.keys() - set(worthless)
    order = list(reviews)
    groups = [[order[row] for row in group if order[row] in left] for group in formed]
    kept = _kept(former, groups)
    places: dict[str, tuple[str, Reviewed]] = {}
    for number, members in enumerate(groups):
        if not members:
            continue
        first = reviews[members[0]]
        leader = Leader(kept.get(number) or str(uuid.uuid4()), first.vector, topic_of(first))
        if number in kept:
            await work.inbox.lead(leader, encoder)
        else:
            await work.inbox.add_group(leader, encoder, now)
        newest_first = sorted((messages[one] for one in members), key=lambda one: one.created_at, reverse=True)
        await work.inbox.set_figures(leader.group_id, figures_of(newest_first, len(members)))
        places |= {one: (leader.group_id, reviews[one]) for one in members}
    await work.inbox.place(places)
    await work.inbox.dissolve([group.id for group in former if group.id not in kept.values()])
    logger.info("%d groups of the inbox are %d after the publish", len(former), sum(map(bool, groups)))


async def _messages(work: UnitOfWork, ids: Sequence[str], reviews: Mapping[str, Reviewed]) -> dict[str, InboxMessage]:
    found: dict[str, InboxMessage] = {}
    for start in range(0, len(ids), 500):  # databases bound how many values a statement has
        for message in await work.inbox.messages(ids[start : start + 500]):
            found[message.id] = replace(message, reviewed=reviews[message.id])
    return found


def _kept(former: Sequence[UntouchedGroup], groups: Sequence[Sequence[str]]) -> dict[int, str]:
    """Which group, by its place, goes on under which id: the greatest whose middle message is in it."""
    where = {message_id: place for place, group in enumerate(groups) for message_id in group}
    kept: dict[int, str] = {}
    for group in sorted(former, key=lambda one: (-len(one.message_ids), one.id)):
        place = where.get(group.middle_id or "")
        if place is not None:
            kept.setdefault(place, group.id)
    return kept
