"""Whatever trainers, editors and crashes do in whatever order: files, history and acknowledged edits agree.

Hypothesis invents histories over real files and the real store; after each step the files are held against a model.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.errors import SentenceExistsError, SentenceGoneError, SentenceInvalidError
from bot.helpdesk.staff import Role, Staff
from bot.helpdesk.workshop.changes import Change, ChangeKind, ChangeState
from bot.helpdesk.workshop.edits import Place
from bot.services.trainer import project_files, sentence_plans
from bot.services.trainer.project_files import Plan, ProjectFiles
from bot.services.trainer.training_files import TrainingFiles
from tests.databases import fresh_database
from tests.fakes import FakeClock
from tests.services.crashing import CrashingStore, Dies
from tests.staffing import add_staff

TOPICS = {"a": "satu.yml", "b": "dua.yml", "c": "dua.yml"}
START = {
    "satu.yml": "# satu\nnlu:\n- intent: a # a\n  examples: |\n    - x\n    - y\n    - z\n\n# habis",
    "dua.yml": "nlu:\r\n- intent: b\r\n  examples: |\r\n    - x\r\n    - y\r\n"
    "- intent: c\r\n  examples: |\r\n   - p\r\n   - q\r\n",
}
Model = Counter[tuple[str, str]]
_Result = TypeVar("_Result")
topics = st.sampled_from(sorted(TOPICS))
texts = st.sampled_from(["x", "y", "# komentar?", "{a: b}", "baru", "lama", "é", "[x](surel)"])
# At which commit, or after how many written files, the process dies; and whether somebody edits a file meanwhile.
crashes = st.none() | st.tuples(st.integers(1, 3), st.sampled_from(Dies)) | st.integers(0, 2)


class Killed(BaseException):
    """No `except Exception` tidies up after it."""


class Edits(RuleBasedStateMachine):
    """The model: how often each text stands in each topic."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "project"
        (self.root / "data/nlu").mkdir(parents=True)
        for name, text in START.items():
            (self.root / "data/nlu" / name).write_bytes(text.encode())
        self.database = fresh_database("sqlite", self.folder)
        self.store = CrashingStore.connect(self.run(self.database.__aenter__()))
        self.me: Staff = self.run(add_staff(self.store, "sari", Role.TRAINER))
        self.files = ProjectFiles(self.store, FakeClock(), self.root)
        self.run(self.files.look())
        self.model = self.found()
        self.known: dict[str, Change] = {}
        self.by_hand = 0

    def run(self, deed: Coroutine[Any, Any, _Result]) -> _Result:
        return self.loop.run_until_complete(deed)

    def found(self) -> Model:
        data = TrainingFiles(self.root).current()
        assert data.broken == ()
        return Counter((sentence.intent, sentence.text) for sentence in data.sentences)

    def place(self, intent: str, text: str) -> Place:
        return Place(f"data/nlu/{TOPICS[intent]}", intent, text)

    def attempt(self, plan: Plan | int, crash: Any, hand: bool) -> None:
        """Once, or with the same key again after the process died. What was acknowledged counts in the model."""
        key = f"key{len(self.known)}-{self.by_hand}-{self.loop.time()}".replace(".", "-")
        try:
            try:
                change = self.run(self.dying(plan, key, crash))
            except (Killed, asyncio.CancelledError):
                self.store.live()
                if hand:
                    self.append_by_hand("satu.yml")
                self.files = ProjectFiles(self.store, FakeClock(), self.root)
                change = self.run(self.ask(plan, key))
        except (SentenceExistsError, SentenceGoneError, SentenceInvalidError):
            return  # the model stays: nothing may have changed
        finally:
            self.store.live()
        assert change.state is ChangeState.DONE
        assert key not in self.known
        self.known[key] = change
        self.model = self.with_change(change)

    def with_change(self, change: Change) -> Model:
        model = Counter(self.model)
        if change.after is not None:
            model[change.to_intent or str(change.intent), change.after] += 1
        if change.before is not None:
            model[str(change.intent), change.before] -= 1
        return +model

    async def dying(self, plan: Plan | int, key: str, crash: Any) -> Change:
        real: Callable[..., None] = project_files.write_all
        if isinstance(crash, tuple):
            self.store.die_at(*crash)

        def cut_off(files: list[tuple[Path, str | None]]) -> None:
            for file in files[:crash]:
                real([file])
            raise Killed

        with pytest.MonkeyPatch.context() as patched:
            if isinstance(crash, int):
                patched.setattr(project_files, "write_all", cut_off)
            return await self.ask(plan, key)

    async def ask(self, plan: Plan | int, key: str) -> Change:
        if isinstance(plan, int):
            return await self.files.undo(self.me, plan, key=key, otherwise=sentence_plans.taking_back)
        return await self.files.change(self.me, plan, key=key)

    def append_by_hand(self, name: str) -> None:
        self.by_hand += 1
        with (self.root / "data/nlu" / name).open("a", newline="") as file:
            file.write(f"\n# tangan {self.by_hand}")

    @rule(intent=topics, text=texts, crash=crashes, hand=st.booleans())
    def add(self, intent: str, text: str, crash: Any, hand: bool) -> None:
        self.attempt(sentence_plans.adding(f"data/nlu/{TOPICS[intent]}", intent, text), crash, hand)

    @rule(intent=topics, text=texts, new=texts, crash=crashes, hand=st.booleans())
    def edit(self, intent: str, text: str, new: str, crash: Any, hand: bool) -> None:
        self.attempt(sentence_plans.editing(self.place(intent, text), new), crash, hand)

    @rule(intent=topics, text=texts, crash=crashes, hand=st.booleans())
    def delete(self, intent: str, text: str, crash: Any, hand: bool) -> None:
        self.attempt(sentence_plans.deleting(self.place(intent, text)), crash, hand)

    @rule(intent=topics, text=texts, to=topics, crash=crashes, hand=st.booleans())
    def move(self, intent: str, text: str, to: str, crash: Any, hand: bool) -> None:
        if to != intent:
            plan = sentence_plans.moving(self.place(intent, text), f"data/nlu/{TOPICS[to]}", to)
            self.attempt(plan, crash, hand)

    @rule(back=st.integers(0, 3), crash=crashes, hand=st.booleans())
    def undo(self, back: int, crash: Any, hand: bool) -> None:
        if len(self.known) > back:
            self.attempt(list(self.known.values())[-1 - back].number, crash, hand)

    @rule(name=st.sampled_from(sorted(START)))
    def edit_by_hand(self, name: str) -> None:
        self.append_by_hand(name)

    @invariant()
    def files_say_what_was_acknowledged(self) -> None:
        assert self.found() == self.model

    @invariant()
    def other_lines_are_as_they_were(self) -> None:
        for read in TrainingFiles(self.root).current().files:
            gone = {sentence.line for sentence in read.sentences}
            lines = [line for number, line in enumerate(read.text.split("\n"), 1) if number not in gone]
            left = [line for line in lines if not line.startswith("# tangan")]
            name = read.name.rpartition("/")[2]
            start = [line for line in START[name].split("\n") if not line.lstrip().startswith("- ") or "intent" in line]
            assert [line.rstrip("\r") for line in left if line.strip()] == [
                line.rstrip("\r") for line in start if line.strip()
            ]

    @invariant()
    def the_history_holds_each_acknowledged_change_once(self) -> None:
        async def all_changes() -> list[Change]:
            await self.files.look()
            async with self.store.read() as work:
                assert await work.training_changes.planned() == []
                return await work.training_changes.page(None, 1000)

        changes = self.run(all_changes())
        ours = [change.number for change in changes if change.kind is not ChangeKind.HAND]
        assert len(ours) == len(set(ours))
        assert {change.number for change in self.known.values()} <= set(ours)

    @invariant()
    def nothing_is_left_over(self) -> None:
        assert {path.name for path in (self.root / "data/nlu").iterdir()} == set(START)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.run(self.database.__aexit__(None, None, None))
        self.loop.close()
        shutil.rmtree(self.folder)


@pytest.mark.slow
def test_edits_in_whatever_order() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Edits,
        settings=settings(stateful_step_count=20, suppress_health_check=list(HealthCheck)),
    )
