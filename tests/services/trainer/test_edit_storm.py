"""A thousand edits by four trainers at once, whose processes are killed again and again: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path

import pytest

from bot.helpdesk.workshop.changes import Change, ChangeAction, ChangeState
from bot.helpdesk.workshop.nlu_file import NluFile
from bot.services.trainer.project_files import ProjectFiles
from bot.store.training_changes import SqlTrainingChanges
from bot.store.unit_of_work import SqlStore
from tests.databases import fresh_database
from tests.services.trainer.editing_worker import Diary
from tests.staffing import SystemClock

ROOT = Path(__file__).parents[3]
TRAINERS = 4
EDITS = 1000
KILLS = 20

pytestmark = pytest.mark.timeout(600)
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@pytest.fixture
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Of a database for a storm."""
    async with fresh_database(request.param, tmp_path) as url:
        yield url


class Storm:
    """The trainers' processes; some die, and are started again."""

    def __init__(self, root: Path, url: str, folder: Path) -> None:
        self._root, self._url = root, url
        self._diaries = [folder / f"trainer{number}.jsonl" for number in range(TRAINERS)]
        self._running: list[subprocess.Popen[bytes] | None] = [None] * TRAINERS
        self.killed = 0

    def run(self) -> None:
        """Until all have done their part."""
        deadline = time.monotonic() + 400
        try:
            for number in range(TRAINERS):
                self._start(number)
            while any(process is not None for process in self._running):
                assert time.monotonic() < deadline, "the trainers do not come to an end"
                time.sleep(random.uniform(0.01, 0.15))
                self._look()
                self._kill_one()
        finally:
            for process in self._running:
                if process is not None:
                    process.kill()
                    process.wait()

    def diaries(self) -> list[Diary]:
        """What the trainers know."""
        return [Diary(path) for path in self._diaries]

    def _start(self, number: int) -> None:
        module = "tests.services.trainer.editing_worker"
        command = [sys.executable, "-m", module, str(self._root), self._url, str(self._diaries[number])]
        edits = EDITS // TRAINERS
        self._running[number] = subprocess.Popen([*command, f"trainer{number}", str(edits)], cwd=ROOT)

    def _look(self) -> None:
        for number, process in enumerate(self._running):
            if process is None or process.poll() is None:
                continue
            self._running[number] = None
            if process.returncode == -signal.SIGKILL:
                self._start(number)
            else:
                assert process.returncode == 0, "a trainer met an error that no trainer should meet"

    def _kill_one(self) -> None:
        """One that has just written something down is in the middle of the next edit."""
        number = random.randrange(TRAINERS)
        process, diary = self._running[number], self._diaries[number]
        if process is None or self.killed >= KILLS or not diary.exists():
            return
        if time.time() - diary.stat().st_mtime < 0.2:
            process.kill()
            self.killed += 1


def copy_of_the_project(folder: Path) -> Path:
    """What Rasa needs to check the data."""
    root = folder / "project"
    shutil.copytree(ROOT / "data", root / "data")
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, root / name)
    return root


def texts(root: Path) -> dict[str, str]:
    """Every file's content by its path."""
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.name != ".helpdesk.lock")
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in paths}


def sentences(files: dict[str, str]) -> dict[str, Counter[str]]:
    """How often each sentence stands in its intent."""
    found: dict[str, Counter[str]] = {}
    for name, text in files.items():
        if name.startswith("data/nlu/"):
            for sentence in NluFile.parse(name, text).sentences:
                found.setdefault(sentence.intent, Counter())[sentence.text] += 1
    return found


def told(start: dict[str, Counter[str]], changes: Iterable[Change]) -> dict[str, Counter[str]]:
    """What the sentences must be after `changes`, by what the history says of them to people."""
    model = {intent: Counter(count) for intent, count in start.items()}
    for change in changes:
        if change.after is not None:
            model[change.to_intent or change.intent or ""][change.after] += 1
        if change.before is not None:
            home = model[change.intent or ""]
            assert home[change.before] > 0, "the history takes away what is not there"
            home[change.before] -= 1
    return {intent: +count for intent, count in model.items()}


def other_lines(files: dict[str, str]) -> dict[str, list[str]]:
    """Lines that are no sentences: comments, names, blank lines, and their order."""
    kept = {}
    for name, text in files.items():
        gone = {one.line for one in NluFile.parse(name, text).sentences} if name.startswith("data/nlu/") else set()
        kept[name] = [line for number, line in enumerate(text.split("\n"), 1) if number not in gone]
    return kept


async def history(url: str, root: Path) -> Sequence[Change]:
    """Oldest first, after the recovery that the next change would begin with."""
    store = SqlStore.connect(url)
    await ProjectFiles(store, SystemClock(), root).look()
    async with store.read() as work:
        changes = await work.training_changes.page(None, 100_000)
        assert isinstance(work.training_changes, SqlTrainingChanges)
        assert not await work.training_changes.planned()
    await store.close()
    return changes[::-1]


async def weather(root: Path, url: str, folder: Path) -> None:
    """A storm, and what must hold after it."""
    before = texts(root)
    storm = Storm(root, url, folder)
    await asyncio.to_thread(storm.run)
    changes = await history(url, root)
    after = texts(root)
    assert storm.killed >= KILLS // 2, "too few were killed for this to say anything"

    # Every acknowledged edit is in the history once, by its trainer, and nothing is that nobody asked for.
    by_key = {change.key: change for change in changes}
    assert len(by_key) == len(changes)
    wishes = {key: wish for diary in storm.diaries() for key, wish in diary.wishes.items()}
    acknowledged = {key: number for diary in storm.diaries() for key, number in diary.acknowledged.items()}
    assert len(acknowledged) >= EDITS
    assert {key: change.number for key, change in by_key.items()} == acknowledged
    for key, change in by_key.items():
        assert change.state is ChangeState.DONE
        assert change.action.value == wishes[str(key)]["action"]
        if change.action in {ChangeAction.ADD, ChangeAction.EDIT}:
            assert change.after == wishes[str(key)]["text"]

    # History and files agree: in words, and byte for byte.
    assert sentences(after) == told(sentences(before), changes)
    replayed: dict[str, str | None] = dict(before)
    for change in changes:
        for splice in change.splices:
            replayed[splice.path] = splice.applied(replayed[splice.path])
    assert replayed == after

    # Comments and everything else that is no sentence is as it was; no file is left over.
    assert other_lines(after) == other_lines(before)


@pytest.mark.slow
@pytest.mark.parametrize("address", BOTH, indirect=True)
async def test_a_thousand_edits_by_four_trainers_who_die(address: str, tmp_path: Path) -> None:
    await weather(copy_of_the_project(tmp_path), address, tmp_path)


@pytest.mark.rasa
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_rasa_accepts_the_data_after_a_storm(address: str, tmp_path: Path) -> None:
    root = copy_of_the_project(tmp_path)
    await weather(root, address, tmp_path)
    command = [sys.executable, "-m", "rasa", "data", "validate", "--domain", "domain.yml", "--data", "data"]
    checked = await asyncio.to_thread(subprocess.run, command, cwd=root, capture_output=True, text=True, timeout=300)
    assert checked.returncode == 0, checked.stdout[-3000:] + checked.stderr[-3000:]
