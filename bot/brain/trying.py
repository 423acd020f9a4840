"""A Rasa server whose answers are looked at and given to nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import aiohttp

from bot.helpdesk.releases.comparing import Understood

_TIMEOUT = aiohttp.ClientTimeout(total=10)


class TriedRasa:
    """`bot.services.ports.releases.TriedModel` over HTTP."""

    def __init__(self, session: Callable[[], aiohttp.ClientSession], url: str, token: str) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._token = token

    async def loaded(self) -> str | None:
        try:
            async with self._session().get(
                f"{self._url}/status", params={"token": self._token}, timeout=_TIMEOUT
            ) as response:
                if response.status == 409:  # up, without a model
                    return ""
                if response.status != 200:
                    return None
                return PurePath((await response.json())["model_file"]).name
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, KeyError, TypeError, ValueError):
            return None

    async def try_text(self, text: str) -> Understood | None:
        try:
            async with self._session().post(
                f"{self._url}/webhooks/helpdesk/try",
                json={"text": text},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=_TIMEOUT,
            ) as response:
                return understood_from_json(await response.json()) if response.status == 200 else None
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, KeyError, TypeError, ValueError, IndexError):
            return None


def understood_from_json(turn: Any) -> Understood:
    """What the first reply of a turn says."""
    first = turn["replies"][0]
    return Understood(
        first["outcome"] or "", tuple(first["clauses"]), turn["intent"] or "", float(turn["confidence"] or 0.0)
    )
