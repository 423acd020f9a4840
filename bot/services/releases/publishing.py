"""The job that publishes a version: load, check, then move the traffic; nothing before that touches the live model."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.helpdesk.audit import AuditEntry, Author
from bot.helpdesk.releases.jobs import Job
from bot.helpdesk.releases.versions import SHADOW_SLOT, SLOTS, ModelVersion, Serving, VersionState, other_slot
from bot.services.ports import Clock, Store
from bot.services.ports.releases import JobReport, ModelFiles, PublishedSet, Slots
from bot.services.releases.problems import (
    FILE_BROKEN,
    NO_LOAD,
    NO_SLOT,
    NO_VERSION,
    OTHER_ANSWERS,
    OUTDATED,
    JobFailedError,
)

logger = logging.getLogger(__name__)
_POLL = 0.1
_LOAD_SECONDS = 8.0
# Messages whose answers must be those of the comparison.
_PROBES = 8
PUBLISH_ACTION = "model_published"


class PublishVersion:
    """`bot.services.ports.releases.JobWork` of publishing and of taking back.

    `standby` is how long the former model stays loaded; `patience` how long a model may take to load, in seconds.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        store: Store,
        clock: Clock,
        slots: Slots,
        files: ModelFiles,
        *,
        standby: float,
        patience: float = 180.0,
        published: PublishedSet | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._slots = slots
        self._files = files
        self._standby = timedelta(seconds=standby)
        self._patience = patience
        self._published = published

    async def __call__(self, job: Job, report: JobReport) -> None:
        await report("Memeriksa berkas model", 5, _LOAD_SECONDS)
        version, serving = await self._asked(int(job.version or 0))
        await check(self._files, version)
        slot = serving.standby_slot if serving.standby_version == version.number else other_slot(serving.slot)
        slot = slot or other_slot(serving.slot)
        try:
            self._slots.want({**self._slots.wanted(), slot: version.file})
            await load(self._slots, slot, version, report, self._patience)
            await report("Memeriksa jawaban model", 80, 2)
            await self._check_answers(slot, version)
            await report("Mengalihkan percakapan ke model baru", 95, 1)
        except BaseException:
            # Whoever stopped it: the slot is as it was, and the live model has never been touched.
            restore(self._slots, serving, await self._file_of(serving.standby_version))
            raise
        published = self._published
        if published is not None:
            await _whatever_happens(published.expect(version))
        version, serving = await self._flip(job, report, version, slot)
        self._files.note_live(version, slot)
        if published is not None:
            await _whatever_happens(published.commit_published(version))

    async def _asked(self, number: int) -> tuple[ModelVersion, Serving]:
        async with self._store.read() as work:
            version, serving = await work.versions.get(number), await work.versions.serving()
        if serving is None:
            raise JobFailedError(NO_SLOT)
        if version is None or not version.may_be_published:
            raise JobFailedError(NO_VERSION)
        return version, serving

    async def _file_of(self, number: int | None) -> str | None:
        if number is None:
            return None
        async with self._store.read() as work:
            version = await work.versions.get(number)
        return version.file if version else None

    async def _check_answers(self, slot: str, version: ModelVersion) -> None:
        tried = self._slots.tried(slot)
        for probe in probes(self._files.comparison(version.number)):
            found = await tried.try_text(probe["text"])
            if found is None:
                raise JobFailedError(NO_LOAD.format(version.number, slot))
            if (found.outcome, list(found.clauses)) != (probe["outcome"], list(probe["clauses"])):
                raise JobFailedError(OTHER_ANSWERS.format(version.number, probe["text"]))

    async def _flip(
        self, job: Job, report: JobReport, version: ModelVersion, slot: str
    ) -> tuple[ModelVersion, Serving]:
        """One transaction: what is served, the states of both versions, the audit log and the end of the job."""
        now = self._clock.now()
        async with self._store.begin() as work:
            was = await work.versions.serving()
            former = await work.versions.get(was.version) if was else None
            if was is None or former is None:
                raise JobFailedError(NO_SLOT)
            override = str(job.asked.get("override") or "") or None
            version = replace(
                version,
                state=VersionState.LIVE,
                published_at=now,
                published_by=job.by_name,
                override=override,
                note=str(job.asked.get("note") or "") or version.note,
            )
            serving = replace(
                was,
                version=version.number,
                slot=slot,
                standby_version=former.number,
                standby_slot=was.slot,
                standby_until=now + self._standby,
            )
            if was.shadow_version == version.number:
                serving = replace(serving, shadow_version=None, shadow_since=None)
            await work.versions.put(replace(former, state=VersionState.FORMER))
            await work.versions.put(version)
            await work.versions.serve(serving)
            await work.training_changes.set_version(version.change_number, version.number)
            author = Author(job.by_name, job.by_id)
            detail = {"version": version.number, "from": former.number, "override": override}
            await work.audit.add(AuditEntry(now, author, PUBLISH_ACTION, f"model:{version.number}", detail))
            await report.end_in(work)
            await work.commit()
        return version, serving


class ShadowVersion:
    """`bot.services.ports.releases.JobWork` of a candidate that begins to listen."""

    def __init__(self, store: Store, clock: Clock, slots: Slots, files: ModelFiles, *, patience: float = 180.0) -> None:
        self._store = store
        self._clock = clock
        self._slots = slots
        self._files = files
        self._patience = patience

    async def __call__(self, job: Job, report: JobReport) -> None:
        await report("Memeriksa berkas model", 5, _LOAD_SECONDS)
        async with self._store.read() as work:
            version = await work.versions.get(int(job.version or 0))
        if version is None or version.state is not VersionState.CANDIDATE:
            raise JobFailedError(NO_VERSION)
        await check(self._files, version)
        self._slots.want({**self._slots.wanted(), SHADOW_SLOT: version.file})
        try:
            await load(self._slots, SHADOW_SLOT, version, report, self._patience)
            async with self._store.begin() as work:
                serving = await work.versions.serving()
                if serving is None:
                    raise JobFailedError(NO_SLOT)
                started = replace(
                    serving,
                    shadow_version=version.number,
                    shadow_since=self._clock.now(),
                    shadow_seen=0,
                    shadow_different=0,
                )
                await work.versions.serve(started)
                await report.end_in(work)
                await work.commit()
        except BaseException:
            self._slots.want({**self._slots.wanted(), SHADOW_SLOT: None})
            raise


async def _whatever_happens(keeping: Awaitable[None]) -> None:
    """Publishing does not depend on whether it is kept."""
    try:
        await keeping
    except Exception:
        logger.exception("What was published was not kept in git")


async def check(files: ModelFiles, version: ModelVersion) -> None:
    """Whether the version can be loaded at all. Raises JobFailedError."""
    if not await asyncio.to_thread(files.is_complete, version.file):
        raise JobFailedError(FILE_BROKEN.format(version.number))
    if not await asyncio.to_thread(files.fits, version):
        raise JobFailedError(OUTDATED.format(version.number))


async def load(slots: Slots, slot: str, version: ModelVersion, report: JobReport, patience: float) -> None:
    """Waits until `slot` has the model of `version`. Raises JobFailedError."""
    tried = slots.tried(slot)
    loop = asyncio.get_running_loop()
    started = loop.time()
    while (loaded := await tried.loaded()) != version.file:
        elapsed = loop.time() - started
        if loaded == "" or elapsed > patience:
            raise JobFailedError(NO_LOAD.format(version.number, slot))
        percent = 10 + int(60 * min(1.0, elapsed / _LOAD_SECONDS))
        await report("Memuat model di server baru", percent, max(1.0, round(_LOAD_SECONDS - elapsed)))
        await asyncio.sleep(_POLL)


def restore(slots: Slots, serving: Serving, standby_file: str | None) -> None:
    """The slot that does not answer holds the former model again, or nothing."""
    idle = other_slot(serving.slot)
    slots.want({**slots.wanted(), idle: standby_file if serving.standby_slot == idle else None})


def probes(comparison: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    """Some of the compared messages, spread over all; none where nothing was compared."""
    answers = list((comparison or {}).get("probes") or ())
    return answers[:: max(1, len(answers) // _PROBES)][:_PROBES]


def wanted_slots(serving: Serving, files: Mapping[int, str]) -> dict[str, str | None]:
    """What must be loaded for what is served, by slot."""
    wanted: dict[str, str | None] = dict.fromkeys((*SLOTS, SHADOW_SLOT))
    wanted[serving.slot] = files.get(serving.version)
    if serving.standby_slot and serving.standby_version is not None:
        wanted[serving.standby_slot] = files.get(serving.standby_version)
    if serving.shadow_version is not None:
        wanted[SHADOW_SLOT] = files.get(serving.shadow_version)
    return wanted
