"""A project of few topics, for tests of the workshop."""

from __future__ import annotations

import uuid
from pathlib import Path

from bot.services.trainer.data_warnings import DataWarnings
from bot.services.trainer.project_files import ProjectFiles
from bot.services.trainer.workshop import Workshop
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeBrain, FakeClock

PAY = "tunda_bayar"
REVISE = "revisi_layanan"


def new_key() -> str:
    return uuid.uuid4().hex


class Trainers:
    """A project of few topics, and somebody who looks after it."""

    def __init__(self, store: SqlStore, root: Path) -> None:
        self.store = store
        self.root = root
        self.clock = FakeClock()
        self.restart()

    def restart(self) -> None:
        """New use cases over the same files and database, as after the process was killed."""
        self.files = ProjectFiles(self.store, self.clock, self.root)
        self.warnings = DataWarnings(self.root / "var", [self.root / "kept.jsonl"])
        self.workshop = Workshop(self.store, FakeBrain(), self.files, self.warnings, self.root)

    def text(self, intent: str) -> str:
        return (self.root / f"data/nlu/{intent}.yml").read_bytes().decode()

    async def id_of(self, text: str) -> str:
        page = await self.workshop.sentences(words=text, limit=100)
        return next(found.place.id for found in page.sentences if found.place.text == text)

    async def texts(self, intent: str) -> list[str]:
        page = await self.workshop.sentences(intent=intent, limit=100)
        return [found.place.text for found in page.sentences]


def write_topic(root: Path, intent: str, *sentences: str, head: str = "") -> None:
    lines = "".join(f"    - {sentence}\n" for sentence in sentences)
    text = f'version: "3.1"\n{head}nlu:\n- intent: {intent}  # {intent}\n  examples: |\n{lines}'
    (root / f"data/nlu/{intent}.yml").write_text(text, encoding="utf-8")
