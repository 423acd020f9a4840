"""Wires the data workshop of trainers."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.services.ports import Brain, Clock, Store
from bot.services.trainer.data_warnings import DataWarnings
from bot.services.trainer.project_files import ProjectFiles, digests
from bot.services.trainer.workshop import Workshop
from bot.services.training_data import OWN_EVALUATION_FILES
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from bot.web import keys


def wire_workshop(app: web.Application, settings: Settings, store: Store, brain: Brain, clock: Clock) -> ProjectFiles:
    """The workshop; gives the one way to change the project's files."""
    files = ProjectFiles(store, clock, settings.project)
    warnings = DataWarnings(settings.home, [file for file in OWN_EVALUATION_FILES if file.exists()])
    app[keys.WORKSHOP] = Workshop(store, brain, files, warnings, settings.project)
    return files


async def edited_by_hand(database_url: str, project: Path) -> list[str]:
    """The files that hold something else than what the console last wrote or saw, by their path below `project`."""
    store = SqlStore.connect(database_url)
    try:
        async with store.read() as work:
            known = await work.training_changes.digests()
    finally:
        await store.close()
    now = digests(project)
    return sorted(path for path in {*known, *now} if known.get(path, "") != now.get(path, ""))
