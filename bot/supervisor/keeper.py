"""Keeps one part up: starts it, checks its health, starts it again with growing pauses."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.supervisor.backoff import Backoff
from bot.supervisor.console import say
from bot.supervisor.errors import StartError
from bot.supervisor.health import probe
from bot.supervisor.logs import tail
from bot.supervisor.part import Part
from bot.supervisor.process import Guard, PartProcess

_STARTING_PROBE_EVERY = 0.1


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all keepers share. `changed` is called when the process, `is_healthy` or `broken` of a keeper changes."""

    guard: Guard
    log_dir: Path
    changed: Callable[[], None]
    verbose: bool = False
    make_backoff: Callable[[], Backoff] = Backoff


class Keeper:
    """Runs one part for good."""

    def __init__(self, part: Part, shared: Surroundings) -> None:
        self.part = part
        self.is_healthy = False
        self.broken: str | None = None
        self._shared = shared
        self._log_path = shared.log_dir / f"{part.name}.log"
        self._backoff = shared.make_backoff()
        self._told: str | None = None
        self._process: PartProcess | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the part, None between two starts."""
        return self._process.pid if self._process else None

    def start(self) -> asyncio.Task[None]:
        """Begins to keep the part up; the task never ends by itself."""
        self._task = asyncio.create_task(self._run(), name=self.part.name)
        return self._task

    async def stop(self) -> None:
        """Stops the part, gently as long as its stop limit."""
        await self._end_task()
        if self._process:
            await self._process.stop(self.part.stop_limit)

    async def kill(self) -> None:
        """Stops the part at once."""
        if self._process:
            await self._process.kill()
        await self._end_task()
        # The task may have been in the middle of a start.
        if self._process:
            await self._process.kill()

    async def _end_task(self) -> None:
        if self._task:
            self._task.cancel()
            # An error of its own was reported by whoever watches the task.
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            reason = await self._one_life()
            self.is_healthy = False
            delay = self._backoff.failed(time.monotonic())
            self._report(reason, delay)
            if self._process:
                await self._process.kill()
                self._process = None
            self._shared.changed()
            await asyncio.sleep(delay)

    async def _one_life(self) -> str:
        """Starts the part and returns why it has to be started again."""
        part = self.part
        self.broken = None
        try:
            self._process = await PartProcess.start(part.argv(), part.env, part.cwd, self._log_path, self._shared.guard)
        except StartError as error:
            return self._became_broken(str(error))
        except OSError as error:
            return f"could not be started ({error.strerror or error})"
        self._shared.changed()
        ended = asyncio.create_task(self._process.wait())
        watched = asyncio.create_task(self._watch_health())
        try:
            await asyncio.wait({ended, watched}, return_when=asyncio.FIRST_COMPLETED)
            return _describe_end(ended.result()) if ended.done() else watched.result()
        finally:
            for task in (ended, watched):
                task.cancel()
            await asyncio.gather(ended, watched, return_exceptions=True)

    async def _watch_health(self) -> str:
        """Returns, with the reason, when the part must be killed."""
        part = self.part
        started = time.monotonic()
        while (status := await probe(part.health_url, part.probe_limit) or 0) != 200:
            if status in part.broken_statuses:
                return self._became_broken(part.broken_statuses[status]())
            if time.monotonic() - started > part.start_limit:
                return f"was not ready within {part.start_limit:g} s"
            await asyncio.sleep(_STARTING_PROBE_EVERY)
        self._became_healthy(time.monotonic() - started)
        failures = 0
        while failures < part.probe_failures:
            await asyncio.sleep(part.probe_every)
            healthy = await probe(part.health_url, part.probe_limit) == 200
            failures = 0 if healthy else failures + 1
        return f"failed its health check {failures} times"

    def _became_healthy(self, seconds: float) -> None:
        self._backoff.healthy(time.monotonic())
        self.is_healthy = True
        self.broken = self._told = None
        say(f"{self.part.name} is up after {seconds:.1f} s.")
        self._shared.changed()

    def _became_broken(self, line: str) -> str:
        # Said before anybody can see it, since the first start ends with it.
        if self._told != line:
            say(f"{self.part.name} cannot start: {line}")
        self.broken = self._told = line
        self._shared.changed()
        return "is broken"

    def _report(self, reason: str, delay: float) -> None:
        name, log = self.part.name, self._log_path
        if self.broken is not None:
            # That line was enough; the log adds nothing that the operator could use.
            return
        if self._backoff.just_gave_up:
            say(
                f"{name} cannot start: it {reason}, {self._backoff.quick_deaths} times in a row. See {log}. "
                f"It is tried again every {delay:g} s; the other parts go on."
            )
        elif not self._backoff.cannot_start:
            say(f"{name} {reason}; it is started again in {delay:g} s. See {log}.")
        if self._process and (self._backoff.first_failure or self._backoff.just_gave_up):
            count = 40 if self._shared.verbose else 3
            with contextlib.suppress(OSError):
                for line in tail(log, self._process.log_start, count, verbose=self._shared.verbose):
                    say(f"  {name}: {line[:300]}")


def _describe_end(code: int) -> str:
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
