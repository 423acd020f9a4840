"""Runs the jobs: claims one, does its work, tells how far it is, and ends it whatever happens."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta

from bot.helpdesk.releases.jobs import HOLDER_DIED, Job, JobKind, JobState, Progress
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.releases import JobWork
from bot.services.releases.problems import LIVE_GOES_ON, JobCancelledError, JobFailedError

logger = logging.getLogger(__name__)
_LEASE = timedelta(seconds=6)
_BEAT = 1.0
_CANCELLED = "Dibatalkan"
_UNEXPECTED = (
    f"Terjadi kesalahan yang tidak terduga ({{}}). {LIVE_GOES_ON} "
    "Coba lagi; bila terulang, minta admin memeriksa logs/trainer.log."
)


class JobReporter:
    """`bot.services.ports.releases.JobReport` for one job; renews its lease, also between reports."""

    def __init__(self, store: Store, clock: Clock, job: Job, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._job = job
        self._holder = holder
        self._told = Progress(job.stage, job.percent, job.remaining)
        self._ended = False
        self.cancelled = asyncio.Event()

    async def __call__(self, stage: str, percent: int, remaining: float | None = None) -> None:
        self._told = Progress(stage, percent, remaining)
        await self._note()
        if self.cancelled.is_set():
            raise JobCancelledError

    async def version(self, number: int) -> None:
        """The version that the job is about."""
        async with self._store.begin() as work:
            await work.jobs.set_version(self._job.id, number)
            await work.commit()

    async def end_in(self, work: UnitOfWork) -> None:
        """The job is done with this very transaction. Raises JobCancelledError where another process has it."""
        if not await work.jobs.end(self._job.id, self._holder, JobState.DONE, self._clock.now(), None):
            raise JobCancelledError
        self._ended = True

    async def beat(self) -> None:
        """Keeps the lease until cancelled or ended; sees when somebody asks to stop."""
        while not self.cancelled.is_set() and not self._ended:
            await asyncio.sleep(_BEAT)
            try:
                await self._note()
            except Exception:
                logger.exception("The lease of a job was not renewed")

    async def _note(self) -> None:
        async with self._store.begin() as work:
            noted = await work.jobs.note(self._job.id, self._holder, self._told, self._clock.now() + _LEASE)
            await work.commit()
        # A job that has ended itself has no lease left: what it still tidies up is not to be cancelled for that.
        if (noted is None or noted.cancel_asked) and not self._ended:
            self.cancelled.set()


class JobRunner:
    """Does the jobs of all kinds that `works` knows."""

    def __init__(self, store: Store, clock: Clock, works: Mapping[JobKind, JobWork]) -> None:
        self._store = store
        self._clock = clock
        self._works = works
        self._holder = uuid.uuid4().hex

    async def turn(self) -> Job | None:
        """Fails what was abandoned, then does the job that waits, if there is one; gives it as it was claimed."""
        now = self._clock.now()
        async with self._store.read() as work:
            if await work.jobs.active() is None:
                return None
        async with self._store.begin() as work:
            for job_id in await work.jobs.fail_abandoned(now, HOLDER_DIED):
                logger.warning("Job %s was abandoned", job_id)
            job = await work.jobs.claim(self._holder, now, now + _LEASE)
            await work.commit()
        if job is not None:
            await self._do(job)
        return job

    async def _do(self, job: Job) -> None:
        reporter = JobReporter(self._store, self._clock, job, self._holder)
        beating = asyncio.create_task(reporter.beat())
        working = asyncio.ensure_future(self._work(job, reporter))
        stopping = asyncio.create_task(reporter.cancelled.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                working.cancel()
            state, problem = await _outcome(working)
        finally:
            for task in (working, beating, stopping):
                task.cancel()
            await asyncio.gather(working, beating, stopping, return_exceptions=True)
        async with self._store.begin() as work:
            await work.jobs.end(job.id, self._holder, state, self._clock.now(), problem)
            await work.commit()

    async def _work(self, job: Job, reporter: JobReporter) -> None:
        work = self._works.get(job.kind)
        if work is None:
            raise JobFailedError("Pekerjaan ini tidak dikenal oleh proses pelatih. Muat ulang halaman lalu coba lagi.")
        await work(job, reporter)


async def _outcome(working: asyncio.Future[None]) -> tuple[JobState, str | None]:
    try:
        await working
    except (JobCancelledError, asyncio.CancelledError):
        if not working.cancelled() and working.exception() is None:
            raise
        return JobState.CANCELLED, _CANCELLED
    except JobFailedError as problem:
        return JobState.FAILED, str(problem)
    except Exception as error:
        logger.exception("A job has failed")
        return JobState.FAILED, _UNEXPECTED.format(type(error).__name__)
    return JobState.DONE, None
