"""The commit of what was published, in real repositories."""

from __future__ import annotations

import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.helpdesk.staff import Role
from bot.helpdesk.workshop.changes import ChangeAction, ChangeKind, Planned
from bot.services.trainer.git_history import GitHistory, commit
from bot.services.trainer.project_files import ProjectFiles
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeClock
from tests.services.publishing_at_work import Killed, World
from tests.staffing import add_staff

FILE = "data/nlu/salam.yml"


@dataclass(frozen=True)
class Version:
    """Of a model, as much as the commit tells of it."""

    number: int
    note: str
    by_name: str
    published_by: str | None


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["/usr/bin/env", "git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project within a larger repository, with something staged and something changed by a person."""
    project = tmp_path / "repository" / "proyek kami"
    (project / "data/nlu").mkdir(parents=True)
    (project / FILE).write_text("nlu: []\n")
    (project / "notes.txt").write_text("old\n")
    (project / "README").write_text("old\n")
    git(project.parent, "init", "--quiet")
    for key, value in (("user.name", "Orang"), ("user.email", "orang@example.org")):
        git(project, "config", key, value)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "start")
    (project / "notes.txt").write_text("staged\n")
    git(project, "add", "notes.txt")
    (project / "README").write_text("changed\n")
    return project


def test_only_the_named_files_are_committed(root: Path) -> None:
    (root / FILE).write_text("nlu: [ ]\n")
    (root / "data/nlu/baru é.yml").write_text("nlu: []\n")
    (root / "data/nlu/other.yml").write_text("nlu: []\n")
    paths = [FILE, "data/nlu/baru é.yml", "data/tests/never.yml"]
    assert commit(root, "Budi <x> & Rekan", "budi@helpdesk.invalid", "# Model 3: $(id) `x`", paths) is None
    assert git(root, "log", "-1", "--format=%an|%ae|%cn|%s").strip() == (
        "Budi x & Rekan|budi@helpdesk.invalid|Budi x & Rekan|# Model 3: $(id) `x`"
    )
    changed = git(root, "-c", "core.quotePath=false", "show", "--format=", "--name-only").split("\n")
    assert sorted(filter(None, changed)) == [f"proyek kami/{path}" for path in ("data/nlu/baru é.yml", FILE)]
    status = git(root, "status", "--porcelain", "--", ".").splitlines()
    assert status == [' M "proyek kami/README"', 'M  "proyek kami/notes.txt"', '?? "proyek kami/data/nlu/other.yml"']


def test_a_file_that_is_gone_is_committed_as_gone(root: Path) -> None:
    (root / FILE).unlink()
    assert commit(root, "Budi", "budi@helpdesk.invalid", "Model 3", [FILE]) is None
    assert git(root, "show", "--format=", "--name-status").strip() == f"D\tproyek kami/{FILE}"


def test_hooks_and_settings_of_the_repository_start_nothing(root: Path) -> None:
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg", "reference-transaction"):
        hook = root.parent / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{root}/hooked'\nexit 1\n")
        hook.chmod(0o755)
    git(root, "config", "commit.gpgSign", "true")
    (root / FILE).write_text("nlu: [ ]\n")
    assert commit(root, "Budi", "budi@helpdesk.invalid", "Model 3", [FILE]) is None
    assert not (root / "hooked").exists()


def test_nothing_to_commit_and_no_repository_are_no_problem(root: Path, tmp_path: Path) -> None:
    before = git(root, "rev-parse", "HEAD")
    assert commit(root, "Budi", "budi@helpdesk.invalid", "Model 3", [FILE]) is None
    assert commit(root, "Budi", "budi@helpdesk.invalid", "Model 3", []) is None
    assert git(root, "rev-parse", "HEAD") == before
    bare = tmp_path / "bare"
    bare.mkdir()
    assert commit(bare, "Budi", "budi@helpdesk.invalid", "Model 3", [FILE]) is None


def test_what_git_refuses_is_said_and_changes_nothing(root: Path) -> None:
    (root / FILE).write_text("nlu: [ ]\n")
    (root.parent / ".git/index.lock").touch()
    before = git(root, "rev-parse", "HEAD")
    problem = commit(root, "Budi", "budi@helpdesk.invalid", "Model 3", [FILE])
    assert problem is not None
    assert "index.lock" in problem
    assert git(root, "rev-parse", "HEAD") == before
    assert (root / FILE).read_text() == "nlu: [ ]\n"


async def edited(store: SqlStore, root: Path, *, version: int) -> ProjectFiles:
    """A sentence that `version` was trained with, and a change of the domain that it was not."""
    budi = await add_staff(store, "budi", Role.TRAINER)
    files = ProjectFiles(store, FakeClock(), root)
    for path in (FILE, "domain.yml"):
        planned = Planned(ChangeKind.SENTENCE, ChangeAction.EDIT, [(path, "nlu: [ ]\n")])
        change = await files.change(budi, lambda _, planned=planned: planned, key=uuid.uuid4().hex)
        if path == FILE:
            async with store.begin() as work:
                await work.training_changes.set_version(change.number, version)
                await work.commit()
    return files


def last_commit(root: Path) -> str:
    return git(root, "show", "--format=%ae %s", "--name-only").strip()


async def test_the_files_of_published_changes_are_committed_by_whoever_published(store: SqlStore, root: Path) -> None:
    files = await edited(store, root, version=7)
    version = Version(7, "kalimat baru", "Budi", "Budi")
    await GitHistory(store, files, root, root / "mark").commit_published(version)
    assert last_commit(root) == f"budi@helpdesk.invalid Model 7: kalimat baru\n\nproyek kami/{FILE}"


@pytest.mark.parametrize("dies", ["once it is live", "before it is live"])
async def test_a_commit_is_made_up_for_where_the_process_died_before_it(store: SqlStore, root: Path, dies: str) -> None:
    files = await edited(store, root, version=2)
    before, mark = git(root, "rev-parse", "HEAD"), root.parent / "mark"

    def history() -> GitHistory:
        return GitHistory(store, files, root, mark)

    world = await World(store, history()).prepare()
    if dies == "once it is live":
        world.files.dies = True
        with pytest.raises(Killed):
            await world.publish(2)
    else:
        async with store.read() as work:
            version = await work.versions.get(2)
        assert version is not None
        await history().expect(version)
    assert git(root, "rev-parse", "HEAD") == before
    assert mark.exists()
    await history().make_up()
    if dies == "once it is live":
        assert last_commit(root) == f"trainer@helpdesk.invalid Model 2\n\nproyek kami/{FILE}"
    else:
        assert git(root, "rev-parse", "HEAD") == before
    assert not mark.exists()
    after = git(root, "rev-parse", "HEAD")
    await history().make_up()
    assert git(root, "rev-parse", "HEAD") == after
