"""Use cases of jobs as trainers see them: begin one, look at it, cancel it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from bot.errors import InvalidMessageError, JobRunningError, NotFoundError
from bot.helpdesk.releases.jobs import NOBODY_TOOK_IT, WAITING_STAGE, Job, JobKind, JobState
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock, Store

_KEY = re.compile(r"[A-Za-z0-9-]{1,64}")
# A job that nobody takes for so long has no trainer process.
_PATIENCE = timedelta(seconds=30)


class TrainerJobs:
    """Jobs; the trainer process does them, one at a time."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def begin(
        self, staff: Staff, kind: JobKind, key: object, asked: Mapping[str, Any], *, version: int | None = None
    ) -> Job:
        """A new job, or that which the same account began with the same key.

        Raises InvalidMessageError for a key that is none, and JobRunningError while another job is active.
        """
        job = Job(
            id=str(uuid.uuid4()),
            kind=kind,
            state=JobState.WAITING,
            stage=WAITING_STAGE,
            percent=0,
            remaining=None,
            created_at=self._clock.now(),
            by_id=staff.id,
            by_name=staff.display_name,
            asked=asked,
            key=f"{staff.id}:{checked_key(key)}",
            version=version,
        )
        async with self._store.begin() as work:
            if known := await work.jobs.by_key(job.key):
                return known
            if not await work.jobs.add(job):
                running = await work.jobs.active() or await work.jobs.newest()
                raise JobRunningError("one at a time", job=None if running is None else job_view(running))
            await work.commit()
        return job

    async def newest(self) -> Job | None:
        """The newest job, also when it has ended."""
        async with self._store.read() as work:
            job = await work.jobs.newest()
        if job and job.state is JobState.WAITING and self._clock.now() - job.created_at > _PATIENCE:
            # Told, not stored: a trainer process that comes up late still does it.
            return replace(job, stage=NOBODY_TOOK_IT)
        return job

    async def cancel(self, job_id: str) -> Job:
        """A waiting job ends now, a running one soon; one that has ended stays as it is. Raises NotFoundError."""
        async with self._store.begin() as work:
            await work.jobs.ask_to_cancel(job_id, self._clock.now())
            job = await work.jobs.get(job_id)
            await work.commit()
        if job is None:
            raise NotFoundError("no such job")
        return job


def checked_key(key: object) -> str:
    """The client's key of a change. Raises InvalidMessageError."""
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise InvalidMessageError("key must be 1 to 64 letters, digits and -", field="key")
    return key


def job_view(job: Job) -> dict[str, Any]:
    """A job as clients read it."""
    shown = {"id", "kind", "state", "stage", "percent", "remaining", "version", "problem"}
    return {
        **{name: getattr(value, "value", value) for name, value in asdict(job).items() if name in shown},
        "started_at": job.started_at and job.started_at.isoformat(),
        "finished_at": job.finished_at and job.finished_at.isoformat(),
        "by": job.by_name,
    }
