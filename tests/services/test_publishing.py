"""Jobs and publishing: one at a time, and what is served is what is loaded, wherever something breaks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.errors import GatesFailedError, JobRunningError, VersionOutdatedError
from bot.helpdesk.releases.jobs import HOLDER_DIED, Job, JobKind, JobState
from bot.helpdesk.releases.versions import Gate, Serving, VersionState
from bot.helpdesk.staff import Role
from bot.services.ports.releases import JobReport
from bot.services.releases import running
from bot.services.releases.running import JobRunner
from bot.store.unit_of_work import SqlStore
from tests.services.publishing_at_work import Killed, World, account


@pytest.fixture(name="world")
async def _world(store: SqlStore) -> World:
    return await World(store).prepare()


async def test_a_publish_moves_the_traffic_and_keeps_the_former_model_for_a_while(world: World) -> None:
    job = await world.publish(2)
    assert (job.state, job.problem, job.percent) == (JobState.DONE, None, 100)
    assert await world.check() == Serving(2, "rasa-b", 1, "rasa-a", (await world.check()).standby_until)
    assert world.files.live == [(2, "rasa-b")]
    await world.keeping.turn()
    assert world.slots.loaded == {"rasa-a": "1.tar.gz", "rasa-b": "2.tar.gz"}
    world.clock.pass_time(301)
    await world.keeping.turn()
    assert world.slots.loaded == {"rasa-b": "2.tar.gz"}
    async with world.store.read() as work:
        entry = (await work.audit.page(before=None, limit=1))[0]
    assert (entry.action, entry.target) == ("model_published", "model:2")


async def test_it_is_taken_back_into_the_slot_that_still_has_it(world: World) -> None:
    await world.publish(2)
    await world.publish(1, "k2")
    serving = await world.check()
    assert (serving.version, serving.slot, serving.standby_version) == (1, "rasa-a", 2)


@pytest.mark.parametrize(
    ("breaks", "said"),
    [("no model", "tidak dapat dimuat"), ("silent", "tidak dapat dimuat"), ("other answer", "menjawab lain")],
)
async def test_a_model_that_does_not_hold_leaves_the_live_one(world: World, breaks: str, said: str) -> None:
    world.slots.breaks = breaks
    job = await world.publish(2)
    assert job.state is JobState.FAILED
    assert job.problem is not None
    assert said in job.problem
    assert "Model yang sedang dipakai tetap berjalan" in job.problem
    assert world.slots.loaded == {"rasa-a": "1.tar.gz"}
    assert (await world.check()).version == 1


async def test_a_full_disk_leaves_the_live_one(world: World) -> None:
    world.slots.breaks, world.slots.how = "want", OSError(28, "No space left on device")
    job = await world.publish(2)
    assert job.state is JobState.FAILED
    assert (await world.check()).version == 1


@pytest.mark.parametrize("step", ["want", "loaded", "try"])
async def test_wherever_the_process_dies_the_next_one_mends_it(world: World, step: str) -> None:
    """Nothing of the dead process is cleaned up by itself, as after kill -9."""
    world.slots.breaks, world.slots.how = step, Killed()
    job = await world.versions.publish(account(), 2, "k1", note=None, override=None)
    await _as_if_killed(world)
    world.clock.pass_time(7)
    await world.new_runner().turn()
    ended = await world.job(job.id)
    assert (ended.state, ended.problem) == (JobState.FAILED, HOLDER_DIED)
    await world.keeping.turn()
    assert world.slots.loaded == {"rasa-a": "1.tar.gz"}
    assert (await world.check()).version == 1
    world.runner = world.new_runner()
    assert (await world.publish(2, "k2")).state is JobState.DONE
    assert (await world.check()).version == 2


async def _as_if_killed(world: World) -> None:
    """Claims the job and loads the model, and then nothing more happens."""
    async with world.store.begin() as work:
        now = world.clock.now()
        assert await work.jobs.claim("dead", now, now + timedelta(seconds=6))
        await work.commit()
    if world.slots.breaks != "want":
        world.slots.loaded["rasa-b"] = "2.tar.gz"
    world.slots.breaks = ""


async def test_one_job_at_a_time_and_the_same_key_is_the_same_job(world: World) -> None:
    first = await world.versions.train(account(), "k1", None)
    assert (await world.versions.train(account(), "k1", None)).id == first.id
    with pytest.raises(JobRunningError):
        await world.versions.train(account(), "k2", None)
    assert (await world.jobs.cancel(first.id)).state is JobState.CANCELLED
    assert (await world.versions.train(account(), "k2", None)).id != first.id


async def test_a_running_job_is_cancelled(world: World) -> None:
    jobs = world.jobs

    async def long(job: Job, report: JobReport) -> None:
        await report("Melatih", 10)
        await jobs.cancel(job.id)
        await report("Melatih", 20)

    job = await world.versions.train(account(), "k1", None)
    await JobRunner(world.store, world.clock, {JobKind.TRAIN: long}).turn()
    assert (await world.job(job.id)).state is JobState.CANCELLED


async def test_what_a_job_tidies_up_after_its_end_is_not_cancelled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as git's commit of what was published: it may take longer than a beat, and the lease is gone by then."""
    monkeypatch.setattr(running, "_BEAT", 0.01)
    tidied = asyncio.Event()

    async def ends_early(job: Job, report: JobReport) -> None:
        async with world.store.begin() as work:
            await report.end_in(work)
            await work.commit()
        await asyncio.sleep(0.3)
        tidied.set()

    job = await world.versions.train(account(), "k1", None)
    await JobRunner(world.store, world.clock, {JobKind.TRAIN: ends_early}).turn()
    assert tidied.is_set()
    assert (await world.job(job.id)).state is JobState.DONE


async def test_gates_stop_all_but_an_admin_with_a_reason(store: SqlStore) -> None:
    world = await World(store).prepare(gates=(Gate("topic_loss", 0.1, 0.5, ok=False, about="salam"),))
    for who, reason in ((account(), "mendesak"), (account(Role.ADMIN), None)):
        with pytest.raises(GatesFailedError):
            await world.versions.publish(who, 2, "k1", note=None, override=reason)
    await world.versions.publish(account(Role.ADMIN), 2, "k1", note=None, override="mendesak")
    await world.runner.turn()
    async with world.store.read() as work:
        version = await work.versions.get(2)
    assert version is not None
    assert (version.state, version.override) == (VersionState.LIVE, "mendesak")


async def test_a_version_of_other_code_is_refused_before_anything_is_loaded(world: World) -> None:
    job = await world.versions.publish(account(), 2, "k1", note=None, override=None)
    world.files.frame = "after an update"
    await world.runner.turn()
    ended = await world.job(job.id)
    assert ended.state is JobState.FAILED
    assert "Latih versi baru" in (ended.problem or "")
    assert world.slots.loaded == {"rasa-a": "1.tar.gz"}
    with pytest.raises(VersionOutdatedError) as refused:
        await world.versions.publish(account(), 2, "k2", note=None, override=None)
    assert refused.value.code == "version_unusable"
    assert "Latih versi baru" in refused.value.message
    with pytest.raises(VersionOutdatedError):
        await world.versions.listen(account(), 2, "k3")
    assert (await world.check()).version == 1
