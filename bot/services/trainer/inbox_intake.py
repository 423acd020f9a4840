"""Takes up messages that are worth a trainer's look, with the reasons that are known so far."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.helpdesk.inbox.items import Answered
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.inbox.worth import DOUBTFUL, reasons_of
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.trainer.grouping import reckon
from bot.text.masking import mask_personal_data

# Of an installation that has a log but no inbox yet.
_FIRST_LOOK = timedelta(days=30)
# What was written in a transaction that ended late has an earlier time than what was seen already.
_LOOK_BACK = timedelta(seconds=60)
_BATCH = 200
_INSTANT = timedelta(microseconds=1)
# Looking back is cheap; each note of how far was looked is a write.
_SAVE_EVERY = timedelta(seconds=15)
_LATER_SIGNS = (Reason.HANDED_OFF, Reason.THUMBS_DOWN, Reason.CORRECTED)
_Batch = Callable[[UnitOfWork, datetime], Awaitable[list[tuple[datetime, Answered | None]]]]


class InboxIntake:
    """Looks for messages in the log; what several processes find at once is taken up once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look_for_doubt(self) -> None:
        """Answers that ask back, refuse, were found by search or are unsure."""

        async def batch(work: UnitOfWork, since: datetime) -> list[tuple[datetime, Answered | None]]:
            return [*await work.inbox.doubtful(since, _BATCH, DOUBTFUL)]

        await self._look("answers", batch, reasons_of)

    async def look_for_signs(self) -> None:
        """What customers and agents did about earlier answers, and what a candidate understood otherwise."""
        for reason in _LATER_SIGNS:
            await self._look_for(reason)

        async def heard(work: UnitOfWork, since: datetime) -> list[tuple[datetime, Answered | None]]:
            return [*await work.inbox.shadowed(since, _BATCH)]

        await self._look(Reason.SHADOW.value, heard, lambda _: frozenset({Reason.SHADOW}))

    async def _look_for(self, reason: Reason) -> None:
        async def batch(work: UnitOfWork, since: datetime) -> list[tuple[datetime, Answered | None]]:
            signs = await work.inbox.signs(reason, since, _BATCH)
            return [(s.at, await work.inbox.last_answered(s.conversation_id, s.before, reason)) for s in signs]

        await self._look(reason.value, batch, lambda _: frozenset({reason}))

    async def _look(self, sign: str, batch: _Batch, reasons_of_it: Callable[[Answered], frozenset[Reason]]) -> None:
        now = self._clock.now()
        async with self._store.read() as work:
            until = await work.inbox.until(sign)
        since = now - _FIRST_LOOK if until is None else until - _LOOK_BACK
        while True:
            async with self._store.read() as work:
                found = await batch(work, since)
            for _, answered in found:
                if answered is not None and (reasons := reasons_of_it(answered)):
                    await self._take_up(answered, reasons)
            if len(found) < _BATCH:
                break
            since = max(found[-1][0], since + _INSTANT)
        if until is None or now - until > _SAVE_EVERY:
            async with self._store.begin() as work:
                await work.inbox.set_until(sign, now)
                await work.commit()

    async def _take_up(self, answered: Answered, reasons: frozenset[Reason]) -> None:
        async with self._store.begin() as work:
            masked = mask_personal_data(answered.text)
            # Its group must not be formed anew between the two.
            await work.inbox.lock_grouping(self._clock.now())
            group_id = await work.inbox.note(answered, masked, reasons)
            if group_id is not None:
                await reckon(work, group_id)
            await work.commit()
