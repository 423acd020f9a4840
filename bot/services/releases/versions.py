"""Use cases of versions as trainers see them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import (
    ForbiddenError,
    GatesFailedError,
    InvalidMessageError,
    NotFoundError,
    VersionOutdatedError,
    VersionUnusableError,
)
from bot.helpdesk.audit import AuditEntry, Author
from bot.helpdesk.releases.jobs import Job, JobKind
from bot.helpdesk.releases.versions import ModelVersion, Serving, VersionState, to_forget
from bot.helpdesk.staff import Permission, Staff
from bot.helpdesk.workshop.changes import Change
from bot.services.ports import Clock, Store
from bot.services.ports.releases import Difference, ModelFiles
from bot.services.releases.jobs import TrainerJobs, checked_key

_LONGEST_NOTE = 200
_MOST_CHANGES = 200
_PAGE = 100


@dataclass(frozen=True)
class Training:
    """What the training page shows."""

    job: Job | None
    live: ModelVersion | None
    candidate: ModelVersion | None
    shadow: ModelVersion | None
    unpublished: int


@dataclass(frozen=True)
class Listening:
    """What a candidate has heard; `next` is where older differences go on."""

    version: ModelVersion | None
    serving: Serving | None
    differences: Sequence[Difference]
    next: int | None


class ModelVersions:
    """Versions and the jobs that concern them."""

    def __init__(self, store: Store, clock: Clock, files: ModelFiles, jobs: TrainerJobs) -> None:
        self._store = store
        self._clock = clock
        self._files = files
        self._jobs = jobs

    async def training(self) -> Training:
        """The newest job, what is live, the newest candidate, who listens, and how much waits for a publish."""
        job = await self._jobs.newest()
        async with self._store.read() as work:
            versions, serving = await work.versions.all(), await work.versions.serving()
            unpublished = await work.training_changes.unpublished()
        by_number = {version.number: version for version in versions}
        live = by_number.get(serving.version) if serving else None
        candidates = (v for v in versions if v.state is VersionState.CANDIDATE and (not live or v.number > live.number))
        shadow = by_number.get(serving.shadow_version or 0) if serving else None
        return Training(job, live, next(candidates, None), shadow, unpublished)

    async def train(self, staff: Staff, key: object, note: object) -> Job:
        """Raises JobRunningError, and InvalidMessageError naming the field."""
        return await self._jobs.begin(staff, JobKind.TRAIN, key, {"note": _text(note, "note")})

    async def all(self) -> list[ModelVersion]:
        """Live, candidates and the last ten that were live, newest first."""
        async with self._store.read() as work:
            versions = await work.versions.all()
        gone = {version.number for version in to_forget(versions)}
        return [version for version in versions if version.number not in gone]

    async def one(self, number: int) -> tuple[ModelVersion, Mapping[str, Any], Sequence[Change]]:
        """The version, its comparison, and the changes since the one before it. Raises NotFoundError."""
        async with self._store.read() as work:
            version = await work.versions.get(number)
            if version is None:
                raise NotFoundError("no such version")
            against = await work.versions.get(version.against) if version.against else None
            changes: list[Change] = []
            before: int | None = version.change_number + 1
            since = against.change_number if against else version.change_number
            while len(changes) < _MOST_CHANGES and (page := await work.training_changes.page(before, _PAGE)):
                changes += [change for change in page if change.number > since]
                before = page[-1].number
                if before <= since:
                    break
        compared = await asyncio.to_thread(self._files.comparison, number)
        return version, compared or {}, changes

    async def picture(self, number: int, name: str) -> bytes:
        """A PNG. Raises NotFoundError."""
        found = await asyncio.to_thread(self._files.picture, number, name)
        if found is None:
            raise NotFoundError("no such picture")
        return found

    async def publish(self, staff: Staff, number: int, key: object, *, note: object, override: object) -> Job:
        """Raises NotFoundError, VersionUnusableError, GatesFailedError, ForbiddenError, JobRunningError."""
        reason = _text(override, "override")
        version = await self._get(number)
        known = await self._known(staff, key)
        if known is not None:
            return known
        if not version.may_be_published:
            raise VersionUnusableError("it is live or discarded")
        if not await asyncio.to_thread(self._files.is_complete, version.file):
            raise VersionUnusableError("its file is not whole")
        if not await asyncio.to_thread(self._files.fits, version):
            raise VersionOutdatedError("it is of another frame")
        if not version.passes:
            if not staff.may(Permission.ADMINISTER) or not reason:
                raise GatesFailedError("a gate fails")
        elif reason and not staff.may(Permission.ADMINISTER):
            raise ForbiddenError("only admins override")
        asked = {"note": _text(note, "note"), "override": reason if not version.passes else ""}
        return await self._jobs.begin(staff, JobKind.PUBLISH, key, asked, version=number)

    async def discard(self, staff: Staff, number: int, key: object) -> ModelVersion:
        """Of a candidate; again it changes nothing. Raises NotFoundError and VersionUnusableError."""
        checked_key(key)
        async with self._store.begin() as work:
            version = await work.versions.get(number)
            if version is None:
                raise NotFoundError("no such version")
            if version.state is VersionState.DISCARDED:
                return version
            if version.state is not VersionState.CANDIDATE:
                raise VersionUnusableError("it was live")
            version = replace(version, state=VersionState.DISCARDED)
            await work.versions.put(version)
            entry = AuditEntry(self._clock.now(), Author.of(staff), "model_discarded", f"model:{number}")
            await work.audit.add(entry)
            await work.commit()
        return version

    async def listen(self, staff: Staff, number: object, key: object) -> Job:
        """A candidate begins to hear. Raises NotFoundError, VersionUnusableError, JobRunningError."""
        if not isinstance(number, int) or isinstance(number, bool):
            raise InvalidMessageError("version is not a number", field="version")
        version = await self._get(number)
        if version.state is not VersionState.CANDIDATE:
            raise VersionUnusableError("only a candidate listens")
        if not await asyncio.to_thread(self._files.fits, version):
            raise VersionOutdatedError("it is of another frame")
        return await self._jobs.begin(staff, JobKind.SHADOW, key, {}, version=number)

    async def listen_no_more(self) -> None:
        """The slot is emptied by the trainer part."""
        async with self._store.begin() as work:
            serving = await work.versions.serving()
            if serving is not None and serving.shadow_version is not None:
                await work.versions.serve(replace(serving, shadow_version=None, shadow_since=None))
                await work.commit()

    async def heard(self, *, before: int | None, limit: int) -> Listening:
        """What the candidate understands otherwise, newest first."""
        async with self._store.read() as work:
            serving = await work.versions.serving()
            number = serving.shadow_version if serving else None
            if number is None:
                return Listening(None, None, [], None)
            version = await work.versions.get(number)
            found = await work.shadow.differences(number, before=before, limit=limit + 1)
        return Listening(version, serving, found[:limit], found[limit - 1].id if len(found) > limit else None)

    async def _get(self, number: int) -> ModelVersion:
        async with self._store.read() as work:
            version = await work.versions.get(number)
        if version is None:
            raise NotFoundError("no such version")
        return version

    async def _known(self, staff: Staff, key: object) -> Job | None:
        async with self._store.read() as work:
            return await work.jobs.by_key(f"{staff.id}:{checked_key(key)}")


def _text(value: object, field: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_NOTE:
        raise InvalidMessageError(f"{field} is no text, or too long", field=field, max=_LONGEST_NOTE)
    return value.strip()
