"""What open consoles are told, always after the commit (docs/desk-protocol.md).

A row of a list is read anew for the news that it has changed. That is done beside the use case that caused it, and
once for all that happens within a moment, so that nobody's answer waits for consoles.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import socketio

from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.desk import ListedConversation
from bot.web.desk.conversation_views import desk_message_view, row_view
from bot.web.desk.ending import NAMESPACE

logger = logging.getLogger(__name__)
# The room of all consoles.
DESK_ROOM = "desk"
# What happens within this many seconds is told together.
_GATHER = 0.1
# Rows read at once.
_BATCH = 200


def watch_room(conversation_id: str) -> str:
    """The room of consoles that have this conversation open."""
    return f"watch:{conversation_id}"


class DeskNews:
    """`bot.services.ports.desk_reads.DeskNotifier` over Socket.IO, and the news of what others store.

    `rows` reads conversations as lists show them. With `shared` the socket server passes events on to other
    processes, so that there may be consoles even if this one has none.
    """

    def __init__(
        self,
        sio: socketio.AsyncServer,
        rows: Callable[[Sequence[str]], Awaitable[list[ListedConversation]]],
        *,
        shared: bool = False,
    ) -> None:
        self._sio = sio
        self._rows = rows
        self._shared = shared
        self._changed: dict[str, bool] = {}
        self._telling: asyncio.Task[None] | None = None

    async def message_stored(self, message: ChatMessage) -> None:
        """A message for those who watch, and another last message in the lists."""
        event = {"conversation_id": message.conversation_id, **desk_message_view(message)}
        await self._to_watchers(message.conversation_id, "message_new", event)
        await self.conversation_changed(message.conversation_id)

    async def conversation_changed(self, conversation_id: str) -> None:
        self._note(conversation_id, is_new=False)

    async def queue_new(self, conversation_id: str) -> None:
        """Somebody asks for a person."""
        self._note(conversation_id, is_new=True)

    async def typing(self, conversation_id: str, sender: Sender, *, active: bool, but: str | None = None) -> None:
        """Somebody writes; the socket `but` knows already."""
        event = {"sender": sender.value, "active": active}
        await self._to_watchers(conversation_id, "typing", event, skip_sid=but)

    async def read_changed(self, conversation_id: str, *, delivered: int, read: int, agent_read: int) -> None:
        event = {"customer_delivered_seq": delivered, "customer_read_seq": read, "agent_read_seq": agent_read}
        await self._to_watchers(conversation_id, "read_changed", event)
        await self.conversation_changed(conversation_id)

    async def viewers_changed(self, conversation_id: str, names: Sequence[str]) -> None:
        """Others look at the conversation now."""
        await self._to_watchers(conversation_id, "viewers_changed", {"viewers": list(names)})

    async def paid_changed(self, row: Mapping[str, Any]) -> None:
        """A request for paid support has changed, as `GET /paid-requests` shows it."""
        await self._sio.emit("paid_changed", {"request": dict(row)}, room=DESK_ROOM, namespace=NAMESPACE)

    async def presence_changed(self, agents: Sequence[Mapping[str, Any]]) -> None:
        """Who is there now, as `GET /agents` says it."""
        await self._sio.emit("presence_changed", {"agents": list(agents)}, room=DESK_ROOM, namespace=NAMESPACE)

    async def close(self) -> None:
        """Tell nothing more."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    async def _to_watchers(
        self, conversation_id: str, event: str, data: dict[str, Any], *, skip_sid: str | None = None
    ) -> None:
        await self._sio.emit(
            event,
            {"conversation_id": conversation_id, **data},
            room=watch_room(conversation_id),
            namespace=NAMESPACE,
            skip_sid=skip_sid,
        )

    def _note(self, conversation_id: str, *, is_new: bool) -> None:
        if not self._shared and not any(self._sio.manager.get_participants(NAMESPACE, DESK_ROOM)):
            return
        self._changed[conversation_id] = is_new or self._changed.get(conversation_id, False)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._changed:
            await asyncio.sleep(_GATHER)
            batch = dict(list(self._changed.items())[:_BATCH])
            for conversation_id in batch:
                del self._changed[conversation_id]
            try:
                for row in await self._rows(list(batch)):
                    await self._tell_of(row, is_new=batch[row.id])
            except Exception:  # consoles ask again; whoever stored something must not hear of it
                logger.exception("Consoles were not told of %s conversations", len(batch))

    async def _tell_of(self, row: ListedConversation, *, is_new: bool) -> None:
        event = {"conversation": row_view(row)}
        if is_new:
            await self._sio.emit("queue_new", event, room=DESK_ROOM, namespace=NAMESPACE)
        await self._sio.emit("conversation_changed", {**event, "counts": None}, room=DESK_ROOM, namespace=NAMESPACE)
