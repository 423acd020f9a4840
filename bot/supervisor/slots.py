"""Rasa servers that come and go while the helpdesk runs: one for each slot that has a model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.supervisor.console import say
from bot.supervisor.keeper import Keeper, Surroundings
from bot.supervisor.part import Part

_LOOK_EVERY = 0.2


@dataclass(frozen=True)
class SlotPlan:
    """`wanted` gives the model file by slot, None for an empty one; `part` is what runs for (slot, file)."""

    wanted: Callable[[], Mapping[str, str | None]]
    part: Callable[[str, str], Part]


class Slots:
    """Keeps up what the plan wants. One slot never holds up another: a stop may take seconds."""

    def __init__(self, plan: SlotPlan, shared: Surroundings) -> None:
        self._plan = plan
        self._shared = shared
        self._keepers: dict[str, Keeper] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def keepers(self) -> list[Keeper]:
        """Those that run now, by slot."""
        return [self._keepers[slot] for slot in sorted(self._keepers)]

    def start(self) -> list[asyncio.Task[None]]:
        """Begins with what is wanted now; the tasks never end by themselves."""
        for slot, file in self._plan.wanted().items():
            if file is not None:
                self._begin(slot, file)
            self._tasks.append(asyncio.create_task(self._follow(slot, file), name=slot))
        return self._tasks

    async def stop_following(self) -> None:
        """Nothing is started any more; what runs goes on, for whoever stops all parts in their order."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow(self, slot: str, file: str | None) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            wanted = self._plan.wanted().get(slot)
            if wanted == file:
                continue
            if slot in self._keepers:
                say(f"{slot} is stopped.")
                await self._keepers[slot].stop()
                del self._keepers[slot]
            file = wanted
            if file is not None:
                say(f"{slot} is started with {file}.")
                self._begin(slot, file)
            self._shared.changed()

    def _begin(self, slot: str, file: str) -> None:
        keeper = self._keepers[slot] = Keeper(self._plan.part(slot, file), self._shared)
        keeper.start()
