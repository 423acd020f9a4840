"""What was started without the console becomes a version as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from bot.helpdesk.releases.versions import SLOTS, ModelVersion, Serving, VersionState
from bot.services.training_data import read_training_sentences
from bot.store.unit_of_work import SqlStore
from bot.trainer.files import VersionFiles
from bot.training import data_digest, frame_fingerprint

_STARTED_BY = "make run"


async def adopt_started(store: SqlStore, files: VersionFiles, project: Path, wanted: Mapping[str, str | None]) -> None:
    """The database says what the supervisor has begun with: one model in an answering slot.

    It says so already where only this process was started again. A model that is no version yet becomes one, live.
    """
    async with store.read() as work:
        serving, versions = await work.versions.serving(), await work.versions.all()
    loaded = {slot: wanted.get(slot) for slot in SLOTS if wanted.get(slot)}
    by_file = {version.file: version for version in versions}
    if serving is not None:
        live = next((version for version in versions if version.number == serving.version), None)
        if live is not None and loaded.get(serving.slot) == live.file:
            return
    if not loaded:
        return
    slot, file = next(iter(loaded.items()))
    assert file is not None  # noqa: S101 - for the type checker: empty slots were left out
    files.adopt(file)
    now = datetime.now(timezone.utc)
    async with store.begin() as work:
        version = by_file.get(file)
        newest = await work.training_changes.newest()
        if version is None:
            made = ModelVersion(
                number=0,
                state=VersionState.LIVE,
                file=file,
                frame=frame_fingerprint(project),
                data_digest=data_digest(project),
                trained_at=now,
                seconds=0.0,
                by_id=None,
                by_name=_STARTED_BY,
                note="",
                sentences=len(read_training_sentences(project)),
                change_number=newest,
            )
            version = await work.versions.add(made)
            await work.training_changes.set_version(newest, version.number)
        for other in versions:
            if other.state is VersionState.LIVE and other.number != version.number:
                await work.versions.put(replace(other, state=VersionState.FORMER))
        if version.state is not VersionState.LIVE or version.published_at is None:
            version = replace(version, state=VersionState.LIVE, published_at=now, published_by=_STARTED_BY)
            await work.versions.put(version)
        await work.versions.serve(Serving(version.number, slot))
        await work.commit()
    files.note_live(version, slot)
