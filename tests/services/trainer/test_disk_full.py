"""A disk that is full, as the database meets it first: the files stay as they are, and the error says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event

from bot.errors import DiskFullError
from bot.helpdesk.staff import Role
from bot.services.trainer import sentence_plans
from bot.services.trainer.project_files import ProjectFiles
from bot.store.engine import make_engine
from bot.store.unit_of_work import SqlStore
from tests.databases import fresh_database
from tests.fakes import FakeClock
from tests.staffing import add_staff

TEXT = "nlu:\n- intent: a\n  examples: |\n    - x\n    - y\n"


async def test_a_database_without_room_changes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "project/data/nlu/a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT)
    async with fresh_database("sqlite", tmp_path) as url:
        store = SqlStore.connect(url)
        sari = await add_staff(store, "sari", Role.TRAINER)
        await store.close()
        engine = make_engine(url)

        @event.listens_for(engine.sync_engine, "connect")
        def no_page_more(connection: object, _: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

        full = ProjectFiles(SqlStore(engine), FakeClock(), tmp_path / "project")
        with pytest.raises(DiskFullError):
            for number in range(200):  # what is left in the pages that there are
                plan = sentence_plans.adding("data/nlu/a.yml", "a", f"{number} " + "z" * 900)
                await full.change(sari, plan, key=f"full{number}")
        await engine.dispose()
        written = path.read_text()

        store = SqlStore.connect(url)
        files = ProjectFiles(store, FakeClock(), tmp_path / "project")
        await files.look()
        async with store.read() as work:
            changes = await work.training_changes.page(None, 1000)
        assert written == TEXT + "".join(f"    - {change.after}\n" for change in changes[::-1])
        await files.change(sari, sentence_plans.adding("data/nlu/a.yml", "a", "lagi"), key="again")
        assert path.read_text() == written + "    - lagi\n"
        await store.close()
