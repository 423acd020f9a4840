"""Fills the trainers' inbox again and again: what is worth a look, what the model makes of it, what asks the same."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.errors import BrainUnavailableError
from bot.helpdesk.inbox.items import InboxMessage
from bot.services.ports import Clock, Store
from bot.services.ports.trainer_inbox import Review, Reviewer
from bot.services.trainer.forming import FormAnew
from bot.services.trainer.grouping import put_into_groups, reckon
from bot.services.trainer.inbox_intake import InboxIntake
from bot.services.trainer.known_texts import TrainingTexts

logger = logging.getLogger(__name__)

_EVERY = 1.5
# As many as one review takes.
_BATCH = 32
# A process that claimed messages and died is replaced after this long.
_CLAIM = timedelta(seconds=30)
# Claiming is a write, so a model that is away is not asked in every round.
_AFTER_FAILURE = timedelta(seconds=4)
# The model's server reads the training sentences in the meantime.
_COMPLETE_EVERY = timedelta(seconds=20)


class InboxSweep:
    """Runs in each web process; what several find or group at once is done once (compare-and-set).

    `finish` carries on decisions that a crash has cut off.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        reviewer: Reviewer,
        texts: TrainingTexts,
        finish: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._reviewer = reviewer
        self._texts = texts
        self._finish = finish
        self._intake = InboxIntake(store, clock)
        self._forming = FormAnew(store, clock, reviewer, texts)
        self._not_before: datetime | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._tasks = [
            asyncio.create_task(_forever(self.sweep), name="inbox-sweep"),
            # By itself: new messages need not wait until all old ones were asked about.
            asyncio.create_task(_forever(self.form_anew), name="inbox-forming"),
        ]

    async def stop(self) -> None:
        """End; what is left undone is done by the next process."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def sweep(self) -> None:
        """Everything once. One step that fails keeps no other from being done."""
        steps = [self._intake.look_for_doubt, self._intake.look_for_signs, self.ask_the_model]
        for step in [*steps, *([self._finish] if self._finish else [])]:
            try:
                await step()
            except Exception:
                logger.exception("A step of the inbox's sweep failed; it is tried again")

    async def form_anew(self) -> None:
        """After a publish: groups that nobody has looked at, with what the new model makes of their messages."""
        try:
            await self._forming.turn()
        except BrainUnavailableError as error:
            logger.warning("Groups of the inbox are formed anew later: %s", error)
        except Exception:
            logger.exception("Groups of the inbox were not formed anew; it is tried again")

    async def ask_the_model(self) -> None:
        """Group what is new, and complete what is not; while there is no model, both wait."""
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return
        try:
            await self.group_new()
            await self.complete()
        except BrainUnavailableError as error:
            if self._not_before is None:
                logger.warning("The inbox waits for the model: %s", error)
            self._not_before = now + _AFTER_FAILURE
        else:
            self._not_before = None

    async def group_new(self) -> None:
        """Ask the model about new messages, and group them. Raises BrainUnavailableError; then they wait."""
        while True:
            now = self._clock.now()
            async with self._store.read() as work:
                if not await work.inbox.has_new():
                    return
            async with self._store.begin() as work:
                messages = await work.inbox.claim_new(now, now + _CLAIM, _BATCH)
                await work.commit()
            if not messages:
                return
            review = await self._review(messages)
            known = await self._texts.current()
            async with self._store.begin() as work:
                await put_into_groups(work, messages, review, known, self._clock.now())
                await work.commit()

    async def complete(self) -> None:
        """Ask again about messages that were grouped before their nearest sentences were known."""
        now = self._clock.now()
        async with self._store.read() as work:
            if not await work.inbox.has_incomplete(now):
                return
        async with self._store.begin() as work:
            messages = await work.inbox.claim_incomplete(now, now + _COMPLETE_EVERY, _BATCH)
            await work.commit()
        if not messages:
            return
        review = await self._reviewer.review([message.text for message in messages])
        if not any(reviewed.nearest for reviewed in review.reviewed):
            return
        async with self._store.begin() as work:
            await work.inbox.lock_grouping(now)
            for message, reviewed in zip(messages, review.reviewed, strict=True):
                await work.inbox.set_nearest(message.id, reviewed.nearest)
            for group_id in dict.fromkeys(message.group_id for message in messages if message.group_id):
                await reckon(work, group_id)
            await work.commit()

    async def _review(self, messages: list[InboxMessage]) -> Review:
        try:
            return await self._reviewer.review([message.text for message in messages])
        except BaseException:
            async with self._store.begin() as work:  # others, or this one, may try at once
                await work.inbox.release([message.id for message in messages])
                await work.commit()
            raise


async def _forever(step: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        await step()
