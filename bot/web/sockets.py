"""Socket.IO events of our own clients (docs/protocol.md)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import socketio

from bot.errors import HelpdeskError, InvalidMessageError, NotJoinedError
from bot.helpdesk.conversation import Sender
from bot.services.conversations import CustomerConversations
from bot.web.desk.news import DeskNews
from bot.web.errors import error_view
from bot.web.metrics import Metrics
from bot.web.notifying import room_of
from bot.web.rate_limit import RateLimit
from bot.web.tokens import ConversationTokens
from bot.web.views import message_view, standing_view, time_view

logger = logging.getLogger(__name__)
Answer = dict[str, Any]
EventHandler = Callable[[str, dict[str, Any]], Awaitable[Answer]]


class CustomerSockets:
    """`conversation_join`, `message_send`, `typing` and `seen`, each acknowledged."""

    def __init__(  # noqa: PLR0913, PLR0917 - wired in one place
        self,
        sio: socketio.AsyncServer,
        conversations: CustomerConversations,
        tokens: ConversationTokens,
        limit: RateLimit,
        metrics: Metrics,
        desk: DeskNews,
    ) -> None:
        self._sio = sio
        self._conversations = conversations
        self._tokens = tokens
        self._limit = limit
        self._metrics = metrics
        self._desk = desk

    def register(self) -> None:
        """Attach the handlers to the socket server."""
        self._sio.on("connect", self._connect)
        self._sio.on("disconnect", self._disconnect)
        for event, handler in {
            "conversation_join": self._join,
            "message_send": self._send,
            "typing": self._typing,
            "seen": self._seen,
        }.items():
            self._sio.on(event, acknowledged(handler))

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        self._metrics.sockets.inc()

    async def _disconnect(self, sid: str, reason: str = "") -> None:
        self._metrics.sockets.dec()

    async def _join(self, sid: str, data: dict[str, Any]) -> Answer:
        conversation_id = self._tokens.conversation_of(data.get("token"))
        after = data.get("after", 0)
        if not isinstance(after, int) or isinstance(after, bool) or not 0 <= after < 2**31:
            raise InvalidMessageError("after is not a sequence number", field="after")
        async with self._sio.session(sid) as session:
            former = session.get("conversation_id")
            session["conversation_id"] = conversation_id
        if former and former != conversation_id:
            await self._sio.leave_room(sid, room_of(former))
        # First the room, then the log: a message stored in between arrives twice rather than never.
        await self._sio.enter_room(sid, room_of(conversation_id))
        page = await self._conversations.read(conversation_id, after=after)
        return {
            "conversation_id": conversation_id,
            "messages": [message_view(m) for m in page.messages],
            **standing_view(page.standing),
        }

    async def _send(self, sid: str, data: dict[str, Any]) -> Answer:
        conversation_id = await self._joined(sid)
        self._limit.check(conversation_id)
        sent = await self._conversations.send(
            conversation_id, client_message_id=data.get("client_message_id"), text=data.get("text")
        )
        return {
            "seq": sent.message.seq,
            "created_at": time_view(sent.message.created_at),
            "duplicate": sent.duplicate,
        }

    async def _typing(self, sid: str, data: dict[str, Any]) -> Answer:
        conversation_id = await self._joined(sid)
        active = bool(data.get("active"))
        event = {"sender": Sender.CUSTOMER.value, "active": active}
        await self._sio.emit("typing", event, room=room_of(conversation_id), skip_sid=sid)
        await self._desk.typing(conversation_id, Sender.CUSTOMER, active=active)
        return {}

    async def _seen(self, sid: str, data: dict[str, Any]) -> Answer:
        conversation_id = await self._joined(sid)
        await self._conversations.seen(conversation_id, delivered=data.get("delivered"), read=data.get("read"))
        return {}

    async def _joined(self, sid: str) -> str:
        session = await self._sio.get_session(sid)
        conversation_id = session.get("conversation_id")
        if not conversation_id:
            raise NotJoinedError("conversation_join comes first")
        return str(conversation_id)


def acknowledged(handler: EventHandler) -> Callable[..., Awaitable[Answer]]:
    """`handler` with its answer, or its error, as the acknowledgement."""

    async def wrapped(sid: str, data: Any = None) -> Answer:
        request_id = uuid.uuid4().hex
        try:
            if not isinstance(data, dict):
                raise InvalidMessageError("payload is not an object", field="payload")
            return {"ok": True, **await handler(sid, data)}
        except HelpdeskError as error:
            if error.status >= 500:
                logger.error("Event %s failed: %s", request_id, error)
            return {"ok": False, "error": error_view(error, request_id)}
        except Exception:
            logger.exception("Event %s failed", request_id)
            return {"ok": False, "error": error_view(HelpdeskError(), request_id)}

    return wrapped
