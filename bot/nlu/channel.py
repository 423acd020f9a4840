"""Rasa input channel for bot.brain: one POST a turn, idempotent, with outcome and clauses."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

from bot.errors import EncoderError
from bot.nlu.pausing import pause
from bot.nlu.review import MOST_TEXTS, review
from bot.nlu.turn import run_turn, try_turn, understand

logger = logging.getLogger(__name__)

# From the server's agent and a body of the right form to what is sent back.
Answer = Callable[["Agent | None", dict[str, Any]], Awaitable[dict[str, Any]]]

_WRONG_BODY = {
    "turn": "invalid_turn",
    "try": "invalid_text",
    "understand": "invalid_text",
    "review": "invalid_texts",
    "pause": "invalid_pause",
}


class HelpdeskChannel(InputChannel):
    """`POST /webhooks/helpdesk/turn` {conversation_id, message_id, text, payload} → Turn as JSON.

    `POST /webhooks/helpdesk/understand` {text} → {ranking: [{intent, probability}]}, outside any conversation.
    `POST /webhooks/helpdesk/try` {text} → Turn as JSON, as the first of a conversation that is then forgotten.
    `POST /webhooks/helpdesk/review` {texts: [up to 32]} → what the model makes of each (`bot.nlu.review`).
    `POST /webhooks/helpdesk/pause` {conversation_id}: a person speaks there; the next turn ends the pause.

    400 for another body; 401 without the right `Authorization: Bearer` token; 503 while there is no model, no
    sentence vector, or nothing was said.
    """

    @classmethod
    def name(cls) -> str:
        return "helpdesk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> HelpdeskChannel:
        token = (credentials or {}).get("token") or ""
        if not token or token.startswith("$"):
            cls.raise_missing_credentials_exception()
        return cls(token)

    def __init__(self, token: str) -> None:
        self._token = token

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("helpdesk_webhook")

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        for name, is_body, answer in (
            ("turn", _is_turn, _turn),
            ("try", _is_text, _try),
            ("understand", _is_text, _understand),
            ("review", _is_review, _review),
            ("pause", _is_pause, _pause),
        ):
            webhook.add_route(self._route(name, is_body, answer), f"/{name}", methods=["POST"], name=f"post_{name}")
        return webhook

    def _route(self, name: str, is_body: Callable[[Any], bool], answer: Answer) -> Callable[..., Any]:
        """What all have in common: the token, the form of the body, and what cannot be answered."""

        async def route(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            if not is_body(request.json):
                return json({"error": _WRONG_BODY[name]}, status=400)
            try:
                return json(await answer(getattr(request.app.ctx, "agent", None), request.json))
            except (RasaException, EncoderError) as error:
                logger.warning("No answer to %s: %s", name, error)
                return json({"error": "unavailable"}, status=503)

        return route

    def _is_allowed(self, request: Request) -> bool:
        # Bytes, because compare_digest refuses text that is not ASCII.
        return hmac.compare_digest((request.token or "").encode(), self._token.encode())


async def _turn(agent: Agent | None, body: dict[str, Any]) -> dict[str, Any]:
    names = {key: body[key] for key in ("conversation_id", "message_id", "text")}
    return (await run_turn(agent, **names, payload=body.get("payload"))).as_dict()


async def _try(agent: Agent | None, body: dict[str, Any]) -> dict[str, Any]:
    return (await try_turn(agent, body["text"])).as_dict()


async def _understand(agent: Agent | None, body: dict[str, Any]) -> dict[str, Any]:
    return {"ranking": await understand(agent, body["text"])}


async def _review(agent: Agent | None, body: dict[str, Any]) -> dict[str, Any]:
    return await review(agent, body["texts"])


async def _pause(agent: Agent | None, body: dict[str, Any]) -> dict[str, Any]:
    if agent is None or not agent.is_ready():
        raise RasaException("no model is loaded")
    await pause(agent, body["conversation_id"])
    return {"status": "paused"}


def _is_text(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("text"), str)


def _is_pause(body: Any) -> bool:
    return isinstance(body, dict) and bool(body.get("conversation_id")) and isinstance(body["conversation_id"], str)


def _is_turn(body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("payload"), str | None):
        return False
    names_ok = all(isinstance(body.get(key), str) and body[key] for key in ("conversation_id", "message_id"))
    return names_ok and isinstance(body.get("text"), str)


def _is_review(body: Any) -> bool:
    texts = body.get("texts") if isinstance(body, dict) else None
    if not isinstance(texts, list) or not 1 <= len(texts) <= MOST_TEXTS:
        return False
    return all(isinstance(text, str) and text.strip() for text in texts)
