"""Client of the Rasa server's helpdesk channel (`bot.nlu.channel`)."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Sequence
from typing import Any

import aiohttp

from bot.errors import BrainUnavailableError
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import Button, Outcome, Reply, Request
from bot.helpdesk.inbox.items import NearSentence, Reviewed
from bot.helpdesk.paid.effects import effect_from_json
from bot.services.ports import BrainTurn
from bot.services.ports.trainer_inbox import Review

logger = logging.getLogger(__name__)

# Up to 32 texts, after those of customers.
_REVIEW_TIMEOUT = 20


class RasaBrain:
    """`bot.services.ports.Brain` over HTTP; `timeout` in seconds for one try."""

    def __init__(self, session: Callable[[], aiohttp.ClientSession], url: str, token: str, *, timeout: float) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._token = token
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def answer(self, *, conversation_id: str, message_id: str, text: str, payload: str | None) -> BrainTurn:
        body = {"conversation_id": conversation_id, "message_id": message_id, "text": text, "payload": payload}
        try:
            async with self._session().post(
                f"{self._url}/webhooks/helpdesk/turn",
                json=body,
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=self._timeout,
            ) as response:
                if response.status != 200:
                    raise BrainUnavailableError(f"Rasa answered with status {response.status}")
                return turn_from_json(await response.json())
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise BrainUnavailableError(f"Rasa cannot be reached: {type(error).__name__}") from error

    async def understand(self, text: str) -> Sequence[Candidate]:
        try:
            async with self._session().post(
                f"{self._url}/webhooks/helpdesk/understand",
                json={"text": text},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=aiohttp.ClientTimeout(total=3),
            ) as response:
                if response.status != 200:
                    return []
                ranking = (await response.json())["ranking"]
                return [Candidate(str(one["intent"]), float(one["probability"])) for one in ranking]
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, KeyError, TypeError, ValueError) as error:
            logger.warning("Rasa did not say what a message is about: %s", type(error).__name__)
            return []

    async def pause(self, conversation_id: str) -> None:
        """Best effort: the next turn of the conversation ends a pause, so a lost one does no harm either."""
        try:
            async with self._session().post(
                f"{self._url}/webhooks/helpdesk/pause",
                json={"conversation_id": conversation_id},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=aiohttp.ClientTimeout(total=3),
            ) as response:
                if response.status != 200:
                    logger.warning("Rasa did not pause %s: status %s", conversation_id, response.status)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            logger.warning("Rasa did not pause %s: %s", conversation_id, type(error).__name__)

    async def review(self, texts: Sequence[str]) -> Review:
        """`bot.services.ports.trainer_inbox.Reviewer`."""
        try:
            async with self._session().post(
                f"{self._url}/webhooks/helpdesk/review",
                json={"texts": list(texts)},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=aiohttp.ClientTimeout(total=_REVIEW_TIMEOUT),
            ) as response:
                if response.status != 200:
                    raise BrainUnavailableError(f"Rasa reviewed nothing: status {response.status}")
                return review_from_json(await response.json(), len(texts))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise BrainUnavailableError(f"Rasa cannot be reached: {type(error).__name__}") from error

    async def ready(self) -> bool:
        """Whether the server is up with a model loaded."""
        try:
            async with self._session().get(
                f"{self._url}/status", params={"token": self._token}, timeout=aiohttp.ClientTimeout(total=3)
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
            return False


def turn_from_json(data: Any) -> BrainTurn:
    """A turn from the channel's JSON. Raises BrainUnavailableError when it is not of the agreed shape."""
    try:
        replies = [
            Reply(
                text=said["text"],
                outcome=Outcome(said["outcome"]),
                clauses=tuple(said["clauses"]),
                buttons=tuple(Button(b["title"], b["payload"]) for b in said["buttons"]),
                requests=tuple(Request(r["intent"], Outcome(r["outcome"])) for r in said.get("requests", ())),
                effect=effect_from_json(said.get("effect")),
            )
            for said in data["replies"]
        ]
        if not replies:
            raise ValueError("no reply")
        return BrainTurn(replies=replies, intent=data["intent"], confidence=data["confidence"])
    except (KeyError, TypeError, ValueError) as error:
        raise BrainUnavailableError(f"Rasa's answer is not of the agreed shape: {error!r}") from error


def review_from_json(data: Any, count: int) -> Review:
    """A review of `count` texts. Raises BrainUnavailableError when it is not of the agreed shape."""
    try:
        reviewed = [
            Reviewed(
                ranking=tuple(Candidate(str(one["intent"]), float(one["probability"])) for one in each["ranking"]),
                vector=base64.b64decode(each["vector"], validate=True),
                nearest=tuple(
                    NearSentence(str(one["text"]), str(one["intent"]), float(one["similarity"]))
                    for one in each["nearest"]
                ),
            )
            for each in data["reviews"]
        ]
        sizes = {len(one.vector) for one in reviewed}
        if len(reviewed) != count or len(sizes) != 1 or not min(sizes) or min(sizes) % 4:
            raise ValueError("not a vector for each text")
        return Review(str(data["encoder"]), reviewed)
    except (KeyError, TypeError, ValueError) as error:
        raise BrainUnavailableError(f"Rasa's review is not of the agreed shape: {type(error).__name__}") from error
