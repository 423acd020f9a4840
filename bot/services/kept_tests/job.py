"""The job that runs the kept tests with the live model, or another version."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from bot.errors import NotFoundError
from bot.helpdesk.releases.jobs import Job, JobKind
from bot.helpdesk.staff import Staff
from bot.services.kept_tests.results import ResultFile
from bot.services.kept_tests.running import TestRunError, run_kept_tests
from bot.services.ports import Clock, Store
from bot.services.ports.releases import JobReport, ModelFiles
from bot.services.releases.jobs import TrainerJobs
from bot.services.releases.problems import FILE_BROKEN, LIVE_GOES_ON, OUTDATED, JobFailedError

_LOADING = "Memuat model"
_TICK = 1.0
_FAILED = f"Uji tidak dapat dijalankan. {LIVE_GOES_ON} Periksa berkas di data/tests, lalu coba lagi."


class _Run(Protocol):
    def __call__(
        self, model: Path | None, progress: Callable[[int, int], None], *, root: Path
    ) -> Awaitable[Mapping[str, Any]]: ...


class TestRuns:
    """Begins to run the kept tests."""

    __test__ = False  # nothing for pytest

    def __init__(self, store: Store, jobs: TrainerJobs) -> None:
        self._store = store
        self._jobs = jobs

    async def begin(self, staff: Staff, version: int | None, key: str) -> Job:
        """A job that runs them with `version`, else the live one. Raises NotFoundError and JobRunningError."""
        if version is not None:
            async with self._store.read() as work:
                if await work.versions.get(version) is None:
                    raise NotFoundError("no such version")
        return await self._jobs.begin(staff, JobKind.TEST, key, {"version": version}, version=version)


class RunKeptTests:
    """`bot.services.ports.releases.JobWork` of kept tests."""

    def __init__(  # noqa: PLR0913 - what the parts have in common
        self,
        store: Store,
        clock: Clock,
        files: ModelFiles,
        results: ResultFile,
        root: Path,
        *,
        run: _Run = run_kept_tests,
    ) -> None:
        self._store = store
        self._clock = clock
        self._files = files
        self._results = results
        self._root = root
        self._run = run

    async def __call__(self, job: Job, report: JobReport) -> None:
        await report(_LOADING, 1)
        number, model = await self._model(job.version)
        if number is not None and job.version is None:
            await report.version(number)
        seen = [0, 0]

        def progress(done: int, count: int) -> None:
            seen[:] = done, count

        telling = asyncio.create_task(_tell(report, seen))
        try:
            results = await self._run(model, progress, root=self._root)
        except TestRunError as error:
            raise JobFailedError(_FAILED) from error
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
        await asyncio.to_thread(self._results.keep, results, number, self._clock.now())

    async def _model(self, wanted: int | None) -> tuple[int | None, Path | None]:
        """The version's file; the newest model of the home where no version was ever published."""
        async with self._store.read() as work:
            serving = await work.versions.serving()
            number = wanted if wanted is not None else serving.version if serving else None
            version = await work.versions.get(number) if number is not None else None
        if version is None:
            return None, None
        if not self._files.is_complete(version.file):
            raise JobFailedError(FILE_BROKEN.format(version.number))
        is_served = serving is not None and serving.version == version.number
        if not is_served and not await asyncio.to_thread(self._files.fits, version):
            raise JobFailedError(OUTDATED.format(version.number))
        return version.number, Path(self._files.path(version.file))


async def _tell(report: JobReport, seen: list[int]) -> None:
    """Each second: a sign of life, and how far it is."""
    while True:
        done, count = seen
        stage = f"Menjalankan uji {done} dari {count}" if done else _LOADING
        await report(stage, max(1, 100 * done // count) if count else 1)
        await asyncio.sleep(_TICK)
