"""Wires the trainer part: jobs, slots, the candidate that listens, cross-validation in the background."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import aiohttp

from bot.bootstrap.releases import adopt_started
from bot.brain.trying import TriedRasa
from bot.helpdesk.releases.jobs import JobKind
from bot.helpdesk.releases.versions import VersionState
from bot.services.kept_tests.job import RunKeptTests
from bot.services.kept_tests.results import ResultFile
from bot.services.ports import Clock
from bot.services.ports.releases import JobWork, ModelMaking, PublishedSet
from bot.services.releases.keeping import KeepSlots
from bot.services.releases.problems import JobFailedError
from bot.services.releases.publishing import PublishVersion, ShadowVersion
from bot.services.releases.running import JobRunner
from bot.services.releases.shadowing import ListenInShadow
from bot.services.releases.training import TrainCandidate
from bot.services.trainer.git_history import GitHistory
from bot.services.trainer.project_files import ProjectFiles
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from bot.supervisor.process import Guard
from bot.trainer.files import VersionFiles
from bot.trainer.heavy import Heavy
from bot.trainer.making import Making
from bot.trainer.slots_file import SlotsFile

logger = logging.getLogger(__name__)
_IDLE = 0.2
# Holds the number of a version between its publishing and its commit.
_PUBLISHING = "publishing"


class TrainerPart:
    """Runs until it is cancelled. `works` adds kinds of jobs to those of training and publishing."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        works: Mapping[JobKind, JobWork] | None = None,
        published: PublishedSet | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._works = works or {}
        self._published = published

    async def run(self) -> None:
        """Does everything of the part."""
        settings, clock = self._settings, self._clock
        store, guard = SqlStore.connect(settings.database_url), await Guard.start()
        session = aiohttp.ClientSession()
        files = VersionFiles(settings.home, settings.project)
        slots = SlotsFile(
            settings.home, lambda slot: TriedRasa(lambda: session, settings.slots[slot], settings.rasa_token)
        )
        making = Making(settings.project, settings.home, files, Heavy(guard, megabytes=settings.training_memory))
        making.tidy()
        await adopt_started(store, files, settings.project, slots.wanted())
        project = settings.project
        history = GitHistory(store, ProjectFiles(store, clock, project), project, settings.home / _PUBLISHING)
        await _tried(history.make_up)
        runner = JobRunner(
            store,
            clock,
            {
                JobKind.TRAIN: TrainCandidate(store, clock, making),
                JobKind.PUBLISH: PublishVersion(
                    store, clock, slots, files, standby=settings.standby, published=self._published or history
                ),
                JobKind.SHADOW: ShadowVersion(store, clock, slots, files),
                JobKind.TEST: RunKeptTests(store, clock, files, ResultFile(settings.home), settings.project),
                **self._works,
            },
        )
        keeping, listening = KeepSlots(store, clock, slots, files), ListenInShadow(store, slots)
        try:
            await asyncio.gather(
                _again_and_again(runner.turn),
                _again_and_again(keeping.turn),
                _again_and_again(listening.turn),
                _again_and_again(CrossValidation(store, making).turn),
            )
        finally:
            await session.close()
            await store.close()
            await guard.stop()


class CrossValidation:
    """Between jobs, at the lowest priority: cross-validates the newest version that was not yet."""

    def __init__(self, store: SqlStore, making: ModelMaking) -> None:
        self._store = store
        self._making = making
        self._given_up: set[int] = set()

    async def turn(self) -> None:
        """One version, if there is one; a training that begins meanwhile ends it."""
        async with self._store.read() as work:
            versions = await work.versions.all()
            if await work.jobs.active() is not None or not versions:
                return
        newest = versions[0]
        is_open = newest.state in (VersionState.CANDIDATE, VersionState.LIVE) and newest.scores
        if not is_open or newest.scores.get("cross_validation") or newest.number in self._given_up:
            return
        working = asyncio.ensure_future(self._making.cross_validate(newest.number))
        try:
            while not working.done():
                await asyncio.wait({working}, timeout=1.0)
                async with self._store.read() as work:
                    job = await work.jobs.active()
                if job is not None and job.kind is JobKind.TRAIN and not working.done():
                    return
            scores = working.result()
        except (JobFailedError, OSError, ValueError, KeyError) as error:
            self._given_up.add(newest.number)
            logger.warning("Version %s was not cross-validated: %s", newest.number, error)
            return
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        async with self._store.begin() as work:
            version = await work.versions.get(newest.number)
            if version is not None:
                await work.versions.put(replace(version, scores={**version.scores, "cross_validation": dict(scores)}))
            await work.commit()


async def _again_and_again(turn: Callable[[], Awaitable[Any]]) -> None:
    while True:
        if not await _tried(turn):  # the next turn tries again
            await asyncio.sleep(1.0)
        await asyncio.sleep(_IDLE)


async def _tried(turn: Callable[[], Awaitable[Any]]) -> bool:
    """Whether it went well: a full disk or a lost database must not end the part."""
    try:
        await turn()
    except Exception:
        logger.exception("A turn of the trainer part has failed")
        return False
    return True
