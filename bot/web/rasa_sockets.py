"""Socket.IO events of Rasa's own channel, so that clients such as rasa-webchat work unchanged."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import Any

import socketio

from bot.errors import HelpdeskError, UnauthorizedError
from bot.helpdesk.conversation import ChatMessage, Sender
from bot.services.conversations import CustomerConversations
from bot.services.ports import Clock
from bot.web.addresses import client_address
from bot.web.notifying import RasaDeliveries, rasa_room_of, rasa_view
from bot.web.rate_limit import RateLimit
from bot.web.tokens import ConversationTokens

logger = logging.getLogger(__name__)

# These clients cannot say what they have seen. After a restart of ours only fresh answers are repeated.
_REPEAT_WITHIN = timedelta(seconds=60)


class RasaSockets:
    """`session_request` and `user_uttered`; the session id is the conversation's token."""

    def __init__(  # noqa: PLR0913, PLR0917 - wired in one place
        self,
        sio: socketio.AsyncServer,
        conversations: CustomerConversations,
        tokens: ConversationTokens,
        limit: RateLimit,
        open_limit: RateLimit,
        clock: Clock,
        deliveries: RasaDeliveries,
        trusted_proxies: int,
    ) -> None:
        self._sio = sio
        self._conversations = conversations
        self._tokens = tokens
        self._limit = limit
        self._open_limit = open_limit
        self._clock = clock
        self._deliveries = deliveries
        self._trusted_proxies = trusted_proxies

    def register(self) -> None:
        """Attach the handlers to the socket server."""
        self._sio.on("session_request", self._session_request)
        self._sio.on("user_uttered", self._user_uttered)

    async def _session_request(self, sid: str, data: Any = None) -> None:
        given = data.get("session_id") if isinstance(data, dict) else None
        try:
            conversation_id, token = self._tokens.conversation_of(given), str(given)
            page = await self._conversations.read(conversation_id, after=0)
            missed = self._missed(conversation_id, page.messages)
        except UnauthorizedError:
            try:
                self._open_limit.check(self._address(sid))
            except HelpdeskError as error:
                await self._say(sid, error)
                return
            conversation = await self._conversations.open()
            conversation_id, token, missed = conversation.id, self._tokens.issue(conversation.id), []
        await self._sio.enter_room(sid, rasa_room_of(conversation_id))
        await self._sio.emit("session_confirm", token, to=sid)
        for message in missed:
            await self._sio.emit("bot_uttered", rasa_view(message), to=sid)
            self._deliveries.note(conversation_id, message.seq)

    async def _user_uttered(self, sid: str, data: Any = None) -> None:
        body = data if isinstance(data, dict) else {}
        text = body.get("message")
        if text is None:  # rasa-webchat without an initial payload says nothing at first
            return
        try:
            conversation_id = self._tokens.conversation_of(body.get("session_id"))
            self._limit.check(conversation_id)
            await self._sio.enter_room(sid, rasa_room_of(conversation_id))
            await self._conversations.send(conversation_id, client_message_id=uuid.uuid4().hex, text=text)
        except HelpdeskError as error:
            await self._say(sid, error)
        except Exception:
            logger.exception("A message of a Rasa client failed")
            await self._say(sid, HelpdeskError())

    async def _say(self, sid: str, error: HelpdeskError) -> None:
        await self._sio.emit("bot_uttered", {"text": error.message, "metadata": {"error": error.code}}, to=sid)

    def _missed(self, conversation_id: str, log: list[ChatMessage]) -> list[ChatMessage]:
        """Answers to the newest customer message that went out while this client was away."""
        asked = max((m.seq for m in log if m.sender is Sender.CUSTOMER), default=0)
        delivered = self._deliveries.last(conversation_id)
        since = self._clock.now() - _REPEAT_WITHIN
        return [
            m
            for m in log
            if m.seq > max(asked, delivered or 0)
            and m.sender is not Sender.CUSTOMER
            and (delivered is not None or m.created_at >= since)
        ]

    def _address(self, sid: str) -> str:
        request = (self._sio.get_environ(sid) or {}).get("aiohttp.request")
        return client_address(request, self._trusted_proxies) if request is not None else ""
