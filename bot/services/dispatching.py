"""Runs the answering of conversations side by side: at once when woken, and by a sweep for what was left behind."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.services.answering import AnswerCustomers
from bot.services.ports import Clock, Store

logger = logging.getLogger(__name__)

_SWEEP_EVERY = 0.5
_SWEEP_LIMIT = 200


class Dispatcher:
    """At most `workers` conversations at a time, one task a conversation; the log itself is the queue."""

    def __init__(self, answering: AnswerCustomers, store: Store, clock: Clock, *, workers: int) -> None:
        self._answering = answering
        self._store = store
        self._clock = clock
        self._places = asyncio.Semaphore(workers)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._sweeper: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin sweeping; needs a running event loop."""
        self._sweeper = asyncio.create_task(self._sweep_forever(), name="answer-sweeper")

    async def stop(self) -> None:
        """Stop taking work and end what runs; unanswered messages stay in the log for the next process."""
        tasks = [*self._running.values(), *([self._sweeper] if self._sweeper else [])]
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    def wake(self, conversation_id: str) -> None:
        """Have this conversation answered now."""
        if conversation_id in self._running:
            self._again.add(conversation_id)
            return
        self._running[conversation_id] = asyncio.create_task(self._run(conversation_id))

    async def _run(self, conversation_id: str) -> None:
        try:
            async with self._places:
                await self._answering.answer_all(conversation_id)
                while conversation_id in self._again:
                    self._again.discard(conversation_id)
                    await self._answering.answer_all(conversation_id)
        except Exception:
            logger.exception("Answering %s failed; the sweep tries again", conversation_id)
        finally:
            self._running.pop(conversation_id, None)
            self._again.discard(conversation_id)

    async def _sweep_forever(self) -> None:
        while True:
            try:
                async with self._store.read() as work:
                    waiting = await work.conversations.waiting_for_bot(self._clock.now(), _SWEEP_LIMIT)
                for conversation_id in waiting:
                    if conversation_id not in self._running:
                        self.wake(conversation_id)
            except Exception:
                logger.exception("The sweep failed; next one in %s s", _SWEEP_EVERY)
            await asyncio.sleep(_SWEEP_EVERY)
