"""Socket.IO namespace `/desk`: news, presence and typing for support agents (docs/desk-protocol.md)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import socketio
from aiohttp import web
from socketio.exceptions import ConnectionRefusedError as Refused

from bot.errors import HelpdeskError, NotSignedInError
from bot.helpdesk.conversation import Sender
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.staff import Permission, Presence, Staff
from bot.services.desk_conversations import DeskConversations
from bot.services.staff_sessions import StaffSessions
from bot.web.desk.conversation_views import desk_message_view
from bot.web.desk.ending import NAMESPACE, session_room
from bot.web.desk.news import DESK_ROOM, DeskNews, watch_room
from bot.web.desk.queries import known_id, sequence_number
from bot.web.desk.socket_auth import authenticate
from bot.web.desk.viewers import Viewer, Viewers
from bot.web.notifying import room_of
from bot.web.sockets import Answer, EventHandler, acknowledged

logger = logging.getLogger(__name__)
# Sockets that only listen are looked at this often: has their session ended?
_LOOK_AGAIN = 30.0
# A client asks on from the last seq it got.
_MESSAGES = 1000


class DeskSockets:
    """`heartbeat`, `watch`, `unwatch` and `typing`, each acknowledged; each asks anew whether the session lives.

    `heard` notes that an account's console is there, and says its presence.
    """

    def __init__(  # noqa: PLR0913 - wired in one place
        self,
        sio: socketio.AsyncServer,
        sessions: StaffSessions,
        conversations: DeskConversations,
        *,
        news: DeskNews,
        viewers: Viewers,
        heard: Callable[[Staff], Awaitable[Presence]],
    ) -> None:
        self._sio = sio
        self._sessions = sessions
        self._conversations = conversations
        self._news = news
        self._viewers = viewers
        self._heard = heard
        self._ending: set[asyncio.Task[None]] = set()

    def register(self) -> None:
        """Attach the handlers to the socket server."""
        self._sio.on("connect", self._connect, namespace=NAMESPACE)
        self._sio.on("disconnect", self._disconnect, namespace=NAMESPACE)
        for event, handler in self.events().items():
            self._sio.on(event, acknowledged(handler), namespace=NAMESPACE)

    def events(self) -> dict[str, EventHandler]:
        """What a console may say."""
        return {
            "heartbeat": self._heartbeat,
            "watch": self._watch,
            "unwatch": self._unwatch,
            "typing": self._typing,
        }

    async def keep_out_the_ended(self) -> None:
        """Throws out sockets whose session has ended, for as long as it runs."""
        while True:
            await asyncio.sleep(_LOOK_AGAIN)
            try:
                await self.look_again()
            except Exception:  # the database may be away for a while
                logger.exception("The sessions behind open consoles could not be looked at")

    async def look_again(self) -> None:
        """Throw out the sockets of this process whose session has ended; say again who looks at what."""
        await self._viewers.refresh()
        here = [sid for sid, _ in self._sio.manager.get_participants(NAMESPACE, DESK_ROOM)]
        for sid in here:
            try:
                await self._session(sid)
            except NotSignedInError:
                await self._throw_out(sid)

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            session = await authenticate(environ)
        except HelpdeskError as error:
            raise Refused(error.code, {"code": error.code, "message": error.message}) from error
        await self._sio.save_session(sid, {"session_id": session.session_id}, namespace=NAMESPACE)
        await self._sio.enter_room(sid, session_room(session.session_id), namespace=NAMESPACE)
        await self._sio.enter_room(sid, DESK_ROOM, namespace=NAMESPACE)

    async def _disconnect(self, sid: str, reason: str = "") -> None:
        await self._tell_viewers(await self._viewers.leave(sid))

    async def _heartbeat(self, sid: str, data: dict[str, Any]) -> Answer:
        session = await self._live(sid)
        return {"presence": (await self._heard(session.staff)).value}

    async def _watch(self, sid: str, data: dict[str, Any]) -> Answer:
        staff = (await self._live(sid)).staff
        conversation_id, after = known_id(data.get("conversation_id")), sequence_number(data, "after")
        # First the room, then the log: a message stored in between arrives twice rather than never.
        await self._sio.enter_room(sid, watch_room(conversation_id), namespace=NAMESPACE)
        try:
            log = await self._conversations.messages(conversation_id, after=after, limit=_MESSAGES)
        except HelpdeskError:
            await self._sio.leave_room(sid, watch_room(conversation_id), namespace=NAMESPACE)
            raise
        former = await self._viewers.watch(sid, conversation_id, Viewer(staff.id, staff.display_name))
        if former is not None:
            await self._sio.leave_room(sid, watch_room(former), namespace=NAMESPACE)
            await self._tell_viewers(former)
        await self._tell_viewers(conversation_id)
        return {
            "messages": [desk_message_view(message) for message in log.messages],
            "state": log.state.value,
            "viewers": await self._viewers.names(conversation_id),
        }

    async def _unwatch(self, sid: str, data: dict[str, Any]) -> Answer:
        await self._live(sid)
        former = await self._viewers.leave(sid)
        if former is not None:
            await self._sio.leave_room(sid, watch_room(former), namespace=NAMESPACE)
        await self._tell_viewers(former)
        return {}

    async def _typing(self, sid: str, data: dict[str, Any]) -> Answer:
        staff = (await self._live(sid)).staff
        conversation_id, active = known_id(data.get("conversation_id")), data.get("active") is True
        await self._conversations.check_own(staff.id, conversation_id)
        event = {"sender": Sender.AGENT.value, "active": active}
        await self._sio.emit("typing", event, room=room_of(conversation_id))
        await self._news.typing(conversation_id, Sender.AGENT, active=active, but=sid)
        return {}

    async def _live(self, sid: str) -> StaffSession:
        """The session behind a socket. Without one, or without permission any more, the socket is thrown out."""
        try:
            return await self._session(sid)
        except NotSignedInError:
            # After the acknowledgement that says why.
            task = asyncio.create_task(self._throw_out(sid))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)
            raise

    async def _session(self, sid: str) -> StaffSession:
        saved = await self._sio.get_session(sid, namespace=NAMESPACE)
        session = await self._sessions.of_id(str(saved.get("session_id", "")))
        if not session.staff.may(Permission.SERVE):
            raise NotSignedInError("the account may not serve any more")
        return session

    async def _throw_out(self, sid: str) -> None:
        await asyncio.sleep(0.05)
        await self._sio.emit("signed_out", {}, to=sid, namespace=NAMESPACE)
        await self._sio.disconnect(sid, namespace=NAMESPACE)

    async def _tell_viewers(self, conversation_id: str | None) -> None:
        if conversation_id is not None:
            await self._news.viewers_changed(conversation_id, await self._viewers.names(conversation_id))


DESK_SOCKETS = web.AppKey("desk_sockets", DeskSockets)
