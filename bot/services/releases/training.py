"""The job that trains a candidate and compares it with the live model."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from bot.helpdesk.releases.jobs import Job, Step, progress_of
from bot.helpdesk.releases.versions import Gate, ModelVersion, VersionState
from bot.services.ports import Clock, Store
from bot.services.ports.releases import JobReport, ModelMaking

_STAGES = {"train": "Melatih model", "compare": "Membandingkan dengan model yang sedang dipakai"}
_DEFAULT = {"train": 60.0, "compare": 30.0}
_TICK = 1.0


class TrainCandidate:
    """`bot.services.ports.releases.JobWork` of training."""

    def __init__(self, store: Store, clock: Clock, making: ModelMaking) -> None:
        self._store = store
        self._clock = clock
        self._making = making
        # What the last job took, for the estimate of the next one.
        self._seconds = dict(_DEFAULT)

    async def __call__(self, job: Job, report: JobReport) -> None:
        await report("Menyalin data latih", 1, sum(self._seconds.values()))
        async with self._store.read() as work:
            newest = await work.training_changes.newest()
            serving = await work.versions.serving()
            live = await work.versions.get(serving.version) if serving else None
        snapshot = await self._making.snapshot(job.id)
        try:
            await self._train(job, report, snapshot, live, newest)
        finally:
            await self._making.forget_snapshot(snapshot)

    async def _train(self, job: Job, report: JobReport, snapshot: str, live: ModelVersion | None, newest: int) -> None:
        details: list[str] = []
        async with _Told(report, self._seconds, "train", details):
            trained = await self._making.train(snapshot, details.append)
        version = ModelVersion(
            number=0,
            state=VersionState.CANDIDATE,
            file=trained.file,
            frame=trained.frame,
            data_digest=trained.data_digest,
            trained_at=self._clock.now(),
            seconds=trained.seconds,
            by_id=job.by_id,
            by_name=job.by_name,
            note=str(job.asked.get("note") or ""),
            sentences=trained.sentences,
            change_number=newest,
            against=live.number if live else None,
        )
        async with self._store.begin() as work:
            version = await work.versions.add(version)
            await work.jobs.set_version(job.id, version.number)
            await work.commit()
        await self._making.keep_snapshot(snapshot, version.number)
        async with _Told(report, self._seconds, "compare", []):
            compared = await self._making.compare(
                version.number, version.file, (live.number, live.file) if live else None, snapshot
            )
        gates = tuple(Gate(**gate) for gate in compared["gates"])
        async with self._store.begin() as work:
            await work.versions.put(replace(version, scores=compared["scores"], gates=gates))
            was = await work.versions.get(live.number) if live else None
            if was is not None and not was.scores.get("full") and compared.get("live_scores"):
                # One that a start has trained was never compared itself.
                await work.versions.put(replace(was, scores={**was.scores, **compared["live_scores"]}))
            await work.commit()


class _Told:
    """Tells a step's progress each second while the block runs, and keeps how long it took."""

    def __init__(self, report: JobReport, seconds: dict[str, float], step: str, details: list[str]) -> None:
        self._report = report
        self._seconds = seconds
        self._step = step
        self._details = details
        self._started = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._tell())

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if kind is None:
            self._seconds[self._step] = time.monotonic() - self._started

    async def _tell(self) -> None:
        steps = [Step(name, seconds) for name, seconds in self._seconds.items()]
        while True:
            percent, remaining = progress_of(steps, self._step, time.monotonic() - self._started)
            stage = _STAGES[self._step]
            await self._report(f"{stage}: {self._details[-1]}" if self._details else stage, max(1, percent), remaining)
            await asyncio.sleep(_TICK)
