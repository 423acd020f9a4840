"""The inbox with all its parts but the model and the training data, for tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timezone
from pathlib import Path

from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.releases.versions import ModelVersion, Serving, VersionState
from bot.helpdesk.staff import Role, Staff
from bot.services.trainer.inbox import TrainerInbox, WholeGroup
from bot.services.trainer.inbox_decisions import InboxDecisions
from bot.services.trainer.inbox_sweep import InboxSweep
from bot.services.trainer.known_texts import TrainingTexts
from bot.services.trainer.training_files import TrainingFiles
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeClock
from tests.inbox import Chat, FakeAdder, FakeReviewer, write_training_data
from tests.staffing import add_staff

TRAINING = {"cara_bayar": ["bayar pakai apa saja kak", "bisa [QRIS](cara_bayar) ga"], "salam": ["halo kak"]}


@dataclass
class Inbox:
    """The inbox over a real store."""

    store: SqlStore
    clock: FakeClock
    reviewer: FakeReviewer
    adder: FakeAdder
    sweep: InboxSweep
    reading: TrainerInbox
    decisions: InboxDecisions
    trainer: Staff

    async def chat(self, name: str = "c1") -> Chat:
        return await Chat.begin(self.store, self.clock, name)

    async def groups(self, state: str = "open", reason: Reason | None = None) -> list[WholeGroup]:
        page = await self.reading.page(self.trainer, state=state, reason=reason, before=None, limit=50)
        return [await self.reading.group(group.id) for group in page.groups]

    async def publish(self, number: int) -> None:
        """Version `number` is served, and all web processes know."""
        now = self.clock.now()
        version = ModelVersion(number, VersionState.LIVE, f"{number}.tar.gz", "f", "d", now, 1.0, None, "Tono", "", 10)
        async with self.store.begin() as work:
            await work.versions.add(replace(version, published_at=now))
            await work.versions.serve(Serving(number, "rasa-a"))
            await work.commit()
        self.clock.pass_time(5)

    async def texts(self, state: str = "open") -> list[list[str]]:
        """The texts of each group, oldest first."""
        return [[message.text for message in reversed(whole.messages)] for whole in await self.groups(state)]

    async def reasons(self) -> list[set[str]]:
        return [set(whole.group.reasons) for whole in await self.groups()]


async def make_inbox(store: SqlStore, project: Path) -> Inbox:
    """An inbox with a trainer, beside a project with a little training data."""
    write_training_data(project, TRAINING)
    clock, reviewer, adder = FakeClock(), FakeReviewer(), FakeAdder()
    texts = TrainingTexts(TrainingFiles(project))
    topics = ("cara_bayar", "tempo_bayar", "di_luar_topik", "di_luar_teknis")
    decisions = InboxDecisions(store, clock, adder, lambda: topics, timezone.utc)
    return Inbox(
        store=store,
        clock=clock,
        reviewer=reviewer,
        adder=adder,
        sweep=InboxSweep(store, clock, reviewer, texts, decisions.carry_on),
        reading=TrainerInbox(store, clock, texts),
        decisions=decisions,
        trainer=await add_staff(store, "tia", Role.TRAINER),
    )
