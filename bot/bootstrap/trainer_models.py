"""Wires models for the web process: which Rasa server answers, jobs, versions, the candidate that listens."""

from __future__ import annotations

from collections.abc import Callable

import aiohttp
from aiohttp import web

from bot.brain.live_brain import LiveBrain
from bot.brain.rasa_client import RasaBrain
from bot.services.ports import Clock, Store
from bot.services.releases.jobs import TrainerJobs
from bot.services.releases.versions import ModelVersions
from bot.settings import Settings
from bot.trainer.files import VersionFiles
from bot.web import keys


def wire_models(app: web.Application, settings: Settings, store: Store, clock: Clock) -> None:
    """Puts jobs and versions into `app`."""
    app[keys.TRAINER_JOBS] = TrainerJobs(store, clock)
    app[keys.MODEL_VERSIONS] = ModelVersions(
        store, clock, VersionFiles(settings.home, settings.project), app[keys.TRAINER_JOBS]
    )


def live_brain(settings: Settings, store: Store, session: Callable[[], aiohttp.ClientSession]) -> LiveBrain:
    """The Rasa server that is served; where there is only one, that."""

    async def current() -> str | None:
        async with store.read() as work:
            serving = await work.versions.serving()
        return serving.slot if serving else None

    urls = settings.slots or {"rasa": settings.rasa_url}
    return LiveBrain(
        {
            name: RasaBrain(session, url, settings.rasa_token, timeout=settings.brain_timeout)
            for name, url in urls.items()
        },
        current,
    )
