"""A trainer in a process of its own, who edits sentences at random and writes down what was acknowledged.

python -m tests.services.trainer.editing_worker ROOT DATABASE_URL DIARY NAME EDITS: killed and started again with the
same diary, it asks again, with the same key, for what it has no answer to.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import uuid
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.errors import HelpdeskError, SentenceExistsError, SentenceGoneError, SentenceInvalidError
from bot.helpdesk.staff import Role, Staff
from bot.helpdesk.training_sentences import TrainingSentence
from bot.services.trainer.data_warnings import DataWarnings
from bot.services.trainer.project_files import ProjectFiles
from bot.services.trainer.training_files import TrainingFiles
from bot.services.trainer.workshop import Workshop
from bot.store.unit_of_work import SqlStore
from tests.staffing import SystemClock

# What a person might paste, around a mark that is found again.
_AROUND = (
    "{} ya kak",
    "# {}",
    "{{{}}}: 'x'",
    '"{}" & *bintang*',
    "{} 👩‍👩‍👧 é 日本",
    "| {} > x",
    "[toko.contoh](nama_domain) {}",
)


class _NoWarnings(DataWarnings):
    """Comparing all sentences after every edit would take the time that the edits are to have."""

    def refresh(self, digest: str, sentences: Sequence[TrainingSentence]) -> None:
        """Does nothing."""


class Diary:
    """What was asked for and what came of it, in a file that outlives the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
        self.entries: list[dict[str, Any]] = [json.loads(line) for line in lines if line.endswith("\n")]

    def write(self, **entry: Any) -> None:
        """One line."""
        self.entries.append(entry)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    @property
    def answered(self) -> set[str]:
        """Keys of what was acknowledged or refused."""
        return {entry["answer"] for entry in self.entries if "answer" in entry}

    @property
    def acknowledged(self) -> dict[str, int]:
        """Number of the change by key."""
        return {entry["answer"]: entry["number"] for entry in self.entries if {"answer", "number"} <= set(entry)}

    @property
    def wishes(self) -> dict[str, dict[str, Any]]:
        """What was asked for by key."""
        return {entry["key"]: entry for entry in self.entries if "key" in entry}


class Trainer:
    """Edits at random until enough was acknowledged."""

    def __init__(self, root: Path, store: SqlStore, diary: Diary, name: str) -> None:
        self._diary = diary
        self._data = TrainingFiles(root)
        files = ProjectFiles(store, SystemClock(), root)
        self._workshop = Workshop(store, None, files, _NoWarnings(root, []), root)  # type: ignore[arg-type]
        now = datetime.now(timezone.utc)
        self._me = Staff(id=name, username=name, display_name=name, roles=(Role.TRAINER,), created_at=now)

    async def work(self, enough: int) -> None:
        """One edit after another."""
        for wish in list(self._diary.wishes.values()):
            if wish["key"] not in self._diary.answered:
                await self._carry_out(wish)
        while len(self._diary.acknowledged) < enough:
            wish = self._wish()
            self._diary.write(**wish)
            await self._carry_out(wish)

    def _wish(self) -> dict[str, Any]:
        data = self._data.current()
        place = random.choice(data.places)
        key = uuid.uuid4().hex
        action = random.choice(["add", "add", "add", "edit", "edit", "move", "delete", "undo"])
        own = list(self._diary.acknowledged.values())
        if action == "undo" and not own:
            action = "add"
        wish = {"key": key, "action": action, "id": place.id, "intent": place.intent}
        if action in {"add", "edit"}:
            wish["text"] = random.choice(_AROUND).format(f"tanda {key}")
        elif action == "move":
            wish["intent"] = random.choice(sorted(set(data.file_of) - {place.intent}))
        elif action == "undo":
            wish["number"] = random.choice(own[-5:])
        return wish

    async def _carry_out(self, wish: dict[str, Any]) -> None:
        key, ask = wish["key"], self._workshop
        try:
            if wish["action"] == "add":
                change = await ask.add(self._me, intent=wish["intent"], text=wish["text"], key=key)
            elif wish["action"] == "edit":
                change = await ask.edit(self._me, wish["id"], text=wish["text"], key=key)
            elif wish["action"] == "move":
                change = await ask.move(self._me, wish["id"], intent=wish["intent"], key=key)
            elif wish["action"] == "delete":
                change = await ask.delete(self._me, wish["id"], key=key)
            else:
                change = await ask.undo(self._me, wish["number"], key=key)
        except (SentenceGoneError, SentenceExistsError, SentenceInvalidError) as error:
            # Somebody else was faster, or the topic would be left empty.
            self._diary.write(answer=key, refused=error.code)
        except HelpdeskError as error:
            sys.exit(f"{wish}: {error!r}")
        else:
            self._diary.write(answer=key, number=change.number)


async def _main(root: str, url: str, diary: str, name: str, edits: str) -> None:
    store = SqlStore.connect(url)
    await Trainer(Path(root), store, Diary(Path(diary)), name).work(int(edits))
    await store.close()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
