"""Rasa input channel for bot.brain: one POST a turn, idempotent, with outcome and clauses."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

from bot.errors import EncoderError
from bot.nlu.pausing import pause
from bot.nlu.turn import run_turn, understand

logger = logging.getLogger(__name__)


class HelpdeskChannel(InputChannel):
    """`POST /webhooks/helpdesk/turn` {conversation_id, message_id, text, payload} → Turn as JSON.

    `POST /webhooks/helpdesk/understand` {text} → {ranking: [{intent, probability}]}, outside any conversation.
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

        @webhook.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            body = request.json
            if not _is_turn(body):
                return json({"error": "invalid_turn"}, status=400)
            try:
                result = await run_turn(
                    getattr(request.app.ctx, "agent", None),
                    conversation_id=body["conversation_id"],
                    message_id=body["message_id"],
                    text=body["text"],
                    payload=body.get("payload"),
                )
            except (RasaException, EncoderError) as error:
                logger.warning("Turn failed: %s", error)
                return json({"error": "unavailable"}, status=503)
            return json(result.as_dict())

        @webhook.route("/understand", methods=["POST"])
        async def understand_route(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            body = request.json
            if not isinstance(body, dict) or not isinstance(body.get("text"), str):
                return json({"error": "invalid_text"}, status=400)
            try:
                return json({"ranking": await understand(getattr(request.app.ctx, "agent", None), body["text"])})
            except (RasaException, EncoderError) as error:
                logger.warning("A text was not understood: %s", error)
                return json({"error": "unavailable"}, status=503)

        @webhook.route("/pause", methods=["POST"])
        async def pause_route(request: Request) -> HTTPResponse:
            if not self._is_allowed(request):
                return json({"error": "unauthorized"}, status=401)
            body = request.json
            if not isinstance(body, dict) or not (
                body.get("conversation_id") and isinstance(body["conversation_id"], str)
            ):
                return json({"error": "invalid_pause"}, status=400)
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return json({"error": "unavailable"}, status=503)
            await pause(agent, body["conversation_id"])
            return json({"status": "paused"})

        return webhook

    def _is_allowed(self, request: Request) -> bool:
        # Bytes, because compare_digest refuses text that is not ASCII.
        return hmac.compare_digest((request.token or "").encode(), self._token.encode())


def _is_turn(body: Any) -> bool:
    if not isinstance(body, dict) or not isinstance(body.get("payload"), str | None):
        return False
    names_ok = all(isinstance(body.get(key), str) and body[key] for key in ("conversation_id", "message_id"))
    return names_ok and isinstance(body.get("text"), str)
