"""The job that runs kept tests, over the real jobs and versions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.errors import JobRunningError, NotFoundError
from bot.helpdesk.kept_tests import KeptMessage
from bot.helpdesk.releases.jobs import Job, JobKind, JobState
from bot.helpdesk.releases.versions import ModelVersion, Serving, VersionState
from bot.helpdesk.staff import Role, Staff
from bot.services.kept_tests.job import RunKeptTests, TestRuns
from bot.services.kept_tests.reading import KeptTests
from bot.services.kept_tests.results import ResultFile
from bot.services.kept_tests.running import TestRunError
from bot.services.releases.jobs import TrainerJobs
from bot.services.releases.running import JobRunner
from bot.store.unit_of_work import SqlStore
from tests.staffing import SystemClock, add_staff

MESSAGE = KeptMessage("Halo", ("smalltalk",), ())
ROW = {
    "id": MESSAGE.id,
    "text": "Halo",
    "right": True,
    "actual": {"outcome": "smalltalk", "clauses": [], "intent": "x"},
}
KEPT = KeptTests((MESSAGE,), ())


class Files:
    """Model files of which some are broken."""

    def __init__(self, *broken: str) -> None:
        self._broken = broken

    def is_complete(self, file: str) -> bool:
        return file not in self._broken

    def fits(self, version: ModelVersion) -> bool:
        return version.frame == "now"

    def path(self, file: str) -> str:
        return f"/models/{file}"

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


class Run:
    """Runs nothing; `failure` is raised, and `waits` ends only by cancelling."""

    def __init__(self, failure: Exception | None = None, *, waits: bool = False) -> None:
        self.models: list[Path | None] = []
        self._failure = failure
        self._waits = waits

    async def __call__(
        self, model: Path | None, progress: Callable[[int, int], None], *, root: Path
    ) -> Mapping[str, Any]:
        self.models.append(model)
        progress(1, 1)
        if self._failure:
            raise self._failure
        if self._waits:
            await asyncio.Event().wait()
        return {"messages": [ROW], "conversations": []}


@pytest.fixture(name="trainer")
async def _trainer(store: SqlStore) -> Staff:
    return await add_staff(store, "tuti", Role.TRAINER)


@pytest.fixture(name="jobs")
def _jobs(store: SqlStore) -> TrainerJobs:
    return TrainerJobs(store, SystemClock())


async def begin(store: SqlStore, jobs: TrainerJobs, trainer: Staff, version: int | None, key: str) -> Job:
    return await TestRuns(store, jobs).begin(trainer, version, key)


def runner(store: SqlStore, run: Run, home: Path, *broken: str) -> JobRunner:
    work = RunKeptTests(store, SystemClock(), Files(*broken), ResultFile(home), home, run=run)
    return JobRunner(store, SystemClock(), {JobKind.TEST: work})


async def add_version(store: SqlStore, file: str, frame: str = "now") -> int:
    version = ModelVersion(
        number=0,
        state=VersionState.CANDIDATE,
        file=file,
        frame=frame,
        data_digest="",
        trained_at=datetime(2026, 1, 1, tzinfo=timezone.utc),
        seconds=1.0,
        by_id=None,
        by_name="Tuti",
        note="",
        sentences=1,
        change_number=0,
        against=None,
    )
    async with store.begin() as work:
        number = (await work.versions.add(version)).number
        await work.commit()
    return number


async def test_a_version_is_tried_and_its_results_kept(
    store: SqlStore, jobs: TrainerJobs, trainer: Staff, tmp_path: Path
) -> None:
    number = await add_version(store, "a.tar.gz")
    job = await begin(store, jobs, trainer, number, "k1")
    assert (await begin(store, jobs, trainer, number, "k1")).id == job.id
    with pytest.raises(JobRunningError):
        await begin(store, jobs, trainer, None, "k2")
    run = Run()
    await runner(store, run, tmp_path).turn()
    ended = await jobs.newest()
    assert ended is not None
    assert (ended.state, ended.problem, ended.version) == (JobState.DONE, None, number)
    assert run.models == [Path("/models/a.tar.gz")]
    results = ResultFile(tmp_path).read(KEPT)
    assert results is not None
    assert (results.version, results.messages[MESSAGE.id].right) == (number, True)


async def test_without_any_version_the_newest_model_is_tried(
    store: SqlStore, jobs: TrainerJobs, trainer: Staff, tmp_path: Path
) -> None:
    await begin(store, jobs, trainer, None, "k1")
    run = Run()
    await runner(store, run, tmp_path).turn()
    assert run.models == [None]
    results = ResultFile(tmp_path).read(KEPT)
    assert results is not None
    assert results.version is None


async def test_what_goes_wrong_is_said_and_keeps_the_former_results(
    store: SqlStore, jobs: TrainerJobs, trainer: Staff, tmp_path: Path
) -> None:
    ResultFile(tmp_path).keep({"messages": [ROW], "conversations": []}, 1, datetime(2026, 1, 1, tzinfo=timezone.utc))
    number = await add_version(store, "half.tar.gz")
    with pytest.raises(NotFoundError):
        await begin(store, jobs, trainer, number + 1, "k0")
    await begin(store, jobs, trainer, number, "k1")
    await runner(store, Run(), tmp_path, "half.tar.gz").turn()
    broken = await jobs.newest()
    await begin(store, jobs, trainer, None, "k2")
    await runner(store, Run(TestRunError("killed")), tmp_path).turn()
    failed = await jobs.newest()
    assert broken is not None
    assert failed is not None
    assert (broken.state, failed.state) == (JobState.FAILED, JobState.FAILED)
    assert "rusak" in str(broken.problem)
    assert "data/tests" in str(failed.problem)
    results = ResultFile(tmp_path).read(KEPT)
    assert results is not None
    assert results.version == 1


async def test_a_version_of_other_code_is_loaded_only_if_it_is_served(
    store: SqlStore, jobs: TrainerJobs, trainer: Staff, tmp_path: Path
) -> None:
    run, number = Run(), await add_version(store, "a.tar.gz", frame="before an update")
    await begin(store, jobs, trainer, number, "k1")
    await runner(store, run, tmp_path).turn()
    refused = await jobs.newest()
    assert refused is not None
    assert "Latih versi baru" in str(refused.problem)
    assert run.models == []
    async with store.begin() as work:
        await work.versions.serve(Serving(number, "rasa-a"))
        await work.commit()
    await begin(store, jobs, trainer, number, "k2")
    await runner(store, run, tmp_path).turn()
    assert run.models == [Path("/models/a.tar.gz")]


async def test_a_run_can_be_cancelled(store: SqlStore, jobs: TrainerJobs, trainer: Staff, tmp_path: Path) -> None:
    job = await begin(store, jobs, trainer, None, "k1")
    run = Run(waits=True)
    turn = asyncio.create_task(runner(store, run, tmp_path).turn())
    while not run.models:
        await asyncio.sleep(0.01)
    await jobs.cancel(job.id)
    await turn
    ended = await jobs.newest()
    assert ended is not None
    assert ended.state is JobState.CANCELLED
    assert ResultFile(tmp_path).read(KEPT) is None
