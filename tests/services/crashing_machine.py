"""What the state machines over a crashing store have in common."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from tests.fakes import FakeClock
from tests.services.crashing import CrashingStore
from tests.templates import Templates


class CrashingMachine(RuleBasedStateMachine):
    """A database of its own, and a loop to work on it from Hypothesis' plain functions."""

    templates: Templates
    clock: FakeClock

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = self.run(self.templates.new_folder())
        self.store = CrashingStore.connect(f"sqlite+aiosqlite:///{self.folder / 'test.db'}")

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def step(self, work: Coroutine[Any, Any, Any]) -> Any:
        """One thing that happens; a second passes before it, so that times tell the order."""
        self.clock.pass_time(1)
        return self.run(self._step(work))

    async def _step(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Does it, and what follows where the process dies in it."""
        raise NotImplementedError

    def in_the_end(self) -> None:
        """What is done and must hold after each history."""
        raise NotImplementedError

    def teardown(self) -> None:
        try:
            self.in_the_end()
        finally:
            self.run(self.store.close())
            self.loop.close()
            shutil.rmtree(self.folder)
