"""Publishing with all its parts but the supervisor and the files, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.helpdesk.releases.comparing import Understood
from bot.helpdesk.releases.jobs import Job, JobKind
from bot.helpdesk.releases.versions import Gate, ModelVersion, Serving, VersionState
from bot.helpdesk.staff import Role, Staff
from bot.services.ports.releases import PublishedSet
from bot.services.releases.jobs import TrainerJobs
from bot.services.releases.keeping import KeepSlots
from bot.services.releases.publishing import PublishVersion
from bot.services.releases.running import JobRunner
from bot.services.releases.versions import ModelVersions
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeClock

_PROBE = {"text": "halo", "outcome": "smalltalk", "clauses": []}


class Killed(BaseException):
    """The process is gone in the middle of it."""


@dataclass
class FakeSlots:
    """A supervisor that loads at once; `breaks` names the step at which something happens."""

    loaded: dict[str, str | None] = field(default_factory=lambda: {"rasa-a": "1.tar.gz"})
    breaks: str = ""
    how: BaseException | None = None

    def wanted(self) -> Mapping[str, str | None]:
        return dict(self.loaded)

    def want(self, slots: Mapping[str, str | None]) -> None:
        self._step("want")
        self.loaded = {slot: file for slot, file in slots.items() if file}

    def tried(self, slot: str) -> FakeTried:
        return FakeTried(self, slot)

    def _step(self, name: str) -> None:
        if self.breaks == name and self.how is not None:
            self.breaks = ""
            raise self.how


@dataclass
class FakeTried:
    """The server of a slot."""

    slots: FakeSlots
    slot: str

    async def loaded(self) -> str | None:
        self.slots._step("loaded")
        return "" if self.slots.breaks == "no model" else self.slots.loaded.get(self.slot)

    async def try_text(self, text: str) -> Understood | None:
        self.slots._step("try")
        if self.slots.breaks == "silent":
            return None
        return Understood("refuse" if self.slots.breaks == "other answer" else "smalltalk", (), "salam", 0.9)


@dataclass
class FakeFiles:
    """Files that are whole, but those in `broken`; `dies` ends the process once a version is live."""

    broken: set[str] = field(default_factory=set)
    frame: str = "f"
    dies: bool = False
    live: list[tuple[int, str]] = field(default_factory=list)

    def is_complete(self, file: str) -> bool:
        return file not in self.broken

    def fits(self, version: ModelVersion) -> bool:
        return version.frame == self.frame

    def path(self, file: str) -> str:
        return file

    def remove(self, version: ModelVersion) -> None:
        self.broken.add(version.file)

    def comparison(self, number: int) -> Mapping[str, Any] | None:
        return {"probes": [_PROBE]}

    def picture(self, number: int, name: str) -> bytes | None:
        return None

    def note_live(self, version: ModelVersion, slot: str) -> None:
        if self.dies:
            raise Killed
        self.live.append((version.number, slot))


def account(role: Role = Role.TRAINER) -> Staff:
    """A trainer, or somebody else."""
    return Staff("s1", "tono", "Tono", (role,), FakeClock().now())


class World:
    """Two versions, the first of them live."""

    def __init__(self, store: SqlStore, published: PublishedSet | None = None) -> None:
        self.store = store
        self.published = published
        self.clock = FakeClock()
        self.slots = FakeSlots()
        self.files = FakeFiles()
        self.jobs = TrainerJobs(store, self.clock)
        self.versions = ModelVersions(store, self.clock, self.files, self.jobs)
        self.keeping = KeepSlots(store, self.clock, self.slots, self.files)
        self.runner = self.new_runner()

    def new_runner(self) -> JobRunner:
        """A trainer process that has just been started."""
        work = PublishVersion(
            self.store, self.clock, self.slots, self.files, standby=300, patience=1, published=self.published
        )
        return JobRunner(self.store, self.clock, {JobKind.PUBLISH: work})

    async def prepare(self, *, gates: tuple[Gate, ...] = ()) -> World:
        async with self.store.begin() as work:
            for number, state in ((1, VersionState.LIVE), (2, VersionState.CANDIDATE)):
                await work.versions.add(
                    ModelVersion(
                        number,
                        state,
                        f"{number}.tar.gz",
                        "f",
                        "d",
                        self.clock.now(),
                        1.0,
                        None,
                        "Tono",
                        "",
                        10,
                        scores={"outcome": 1.0},
                        gates=gates,
                    )
                )
            await work.versions.serve(Serving(1, "rasa-a"))
            await work.commit()
        return self

    async def publish(self, number: int, key: str = "k1") -> Job:
        job = await self.versions.publish(account(), number, key, note=None, override=None)
        await self.runner.turn()
        return await self.job(job.id)

    async def job(self, job_id: str) -> Job:
        async with self.store.read() as work:
            job = await work.jobs.get(job_id)
        assert job is not None
        return job

    async def check(self) -> Serving:
        """One version is live: the one that is served, and its model is loaded where messages go."""
        async with self.store.read() as work:
            serving, versions = await work.versions.serving(), await work.versions.all()
        assert serving is not None
        assert [v.number for v in versions if v.state is VersionState.LIVE] == [serving.version]
        assert self.slots.loaded[serving.slot] == f"{serving.version}.tar.gz"
        return serving
