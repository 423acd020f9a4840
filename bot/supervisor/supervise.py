"""Runs all parts until the operator says stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from pathlib import Path

from bot.supervisor.console import say
from bot.supervisor.errors import EXIT_FAILED, EXIT_MODEL, EXIT_OK
from bot.supervisor.keeper import Keeper, Surroundings
from bot.supervisor.part import Part
from bot.supervisor.process import Guard
from bot.supervisor.run_file import RunFile
from bot.supervisor.slots import SlotPlan, Slots

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# One Ctrl-C may arrive twice, from the terminal and passed on by make or `timeout`.
_SAME_PRESS = 0.5


class Supervisor:
    """Keeps `parts` up, and the Rasa servers of `slots`.

    `announce` runs once when all of them are healthy for the first time.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        home: Path,
        announce: Callable[[], Awaitable[None]],
        *,
        slots: SlotPlan | None = None,
        verbose: bool = False,
    ) -> None:
        self._slot_plan = slots
        self._slots: Slots | None = None
        self._parts = parts
        self._home = home
        self._announce = announce
        self._verbose = verbose
        self._run_file = RunFile(home)
        self._fixed: list[Keeper] = []
        self._changed = asyncio.Event()
        self._hurry = asyncio.Event()
        self._stop_asked: float | None = None

    async def run(self) -> int:
        """Returns the exit code after everything has been stopped."""
        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            loop.add_signal_handler(number, self._on_signal, number)
        guard = await Guard.start()
        try:
            shared = Surroundings(
                guard=guard, log_dir=self._home / "logs", changed=self._on_change, verbose=self._verbose
            )
            self._fixed = [Keeper(part, shared) for part in self._parts]
            if self._slot_plan is not None:
                self._slots = Slots(self._slot_plan, shared)
            try:
                return await self._until_told()
            finally:
                await self._stop_all()
        finally:
            await guard.stop()
            self._run_file.remove()

    @property
    def _keepers(self) -> list[Keeper]:
        return [*self._fixed, *(self._slots.keepers if self._slots else ())]

    async def _until_told(self) -> int:
        tasks = [keeper.start() for keeper in self._fixed]
        tasks += self._slots.start() if self._slots else []
        for task in tasks:
            task.add_done_callback(lambda _: self._changed.set())
        announcing: asyncio.Task[None] | None = None
        try:
            while self._stop_asked is None:
                await self._changed.wait()
                self._changed.clear()
                for task in tasks:
                    if task.done():
                        say(f"The supervisor failed while keeping {task.get_name()} up: {task.exception()!r}")
                        return EXIT_FAILED
                if announcing is None and any(keeper.broken for keeper in self._keepers):
                    return EXIT_MODEL
                if announcing is None and all(keeper.is_healthy for keeper in self._keepers):
                    announcing = asyncio.ensure_future(self._announce())
            return EXIT_OK
        finally:
            if announcing:
                announcing.cancel()

    async def _stop_all(self) -> None:
        if self._slots is not None:
            await self._slots.stop_following()
        gentle = asyncio.create_task(self._stop_in_order())
        hurry = asyncio.create_task(self._hurry.wait())
        await asyncio.wait({gentle, hurry}, return_when=asyncio.FIRST_COMPLETED)
        for task in (gentle, hurry):
            task.cancel()
        await asyncio.gather(gentle, hurry, return_exceptions=True)
        await asyncio.gather(*(keeper.kill() for keeper in self._keepers))
        say("Stopped.")

    async def _stop_in_order(self) -> None:
        def order(keeper: Keeper) -> int:
            return keeper.part.stop_order

        for _, keepers in groupby(sorted(self._keepers, key=order), key=order):
            await asyncio.gather(*(keeper.stop() for keeper in keepers))

    def _on_change(self) -> None:
        with contextlib.suppress(OSError):
            self._run_file.write({keeper.part.name: (keeper.pid, keeper.part.port) for keeper in self._keepers})
        self._changed.set()

    def _on_signal(self, number: signal.Signals) -> None:
        now = time.monotonic()
        if self._stop_asked is None:
            self._stop_asked = now
            say("Stopping; Ctrl-C once more stops at once.")
            self._changed.set()
        elif number == signal.SIGINT and now - self._stop_asked > _SAME_PRESS:
            self._hurry.set()
