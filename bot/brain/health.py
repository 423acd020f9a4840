"""What the helpdesk needs to answer customers, and whether it is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import aiohttp

from bot.brain.live_brain import LiveBrain
from bot.services.ports import Store

logger = logging.getLogger(__name__)
_TIMEOUT = aiohttp.ClientTimeout(total=3)


class Health:
    """Checks the database, Rasa with a model, and the action server."""

    def __init__(
        self, session: Callable[[], aiohttp.ClientSession], store: Store, brain: LiveBrain, actions_url: str
    ) -> None:
        self._session = session
        self._store = store
        self._brain = brain
        self._actions_url = actions_url.rstrip("/")

    async def missing(self) -> list[str]:
        """The parts that are not ready: any of `database`, `rasa`, `actions`."""
        checks = {"database": self._database(), "rasa": self._brain.ready(), "actions": self._actions()}
        results = await asyncio.gather(*checks.values())
        return [name for name, ready in zip(checks, results) if not ready]

    async def _database(self) -> bool:
        try:
            await asyncio.wait_for(self._store.ping(), 3)
        except Exception as error:  # any failure of the driver means the same here
            logger.warning("The database does not answer: %s", type(error).__name__)
            return False
        return True

    async def _actions(self) -> bool:
        try:
            async with self._session().get(f"{self._actions_url}/health", timeout=_TIMEOUT) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            return False
