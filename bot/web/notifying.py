"""The notifier of the web process: sockets and waiting requests, always after the commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import socketio

from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.paid.board import ListedPaidRequest
from bot.helpdesk.queue import QueuePlace, Standing
from bot.web.desk.conversation_views import agent_view
from bot.web.desk.news import DeskNews
from bot.web.desk.paid_views import paid_row_view
from bot.web.metrics import Metrics
from bot.web.views import message_view, place_view, standing_view
from bot.web.waiting import Waiters


def room_of(conversation_id: str) -> str:
    """The room of clients that speak our events."""
    return f"conversation:{conversation_id}"


def rasa_room_of(conversation_id: str) -> str:
    """The room of clients that speak the events of Rasa's own channel."""
    return f"rasa:{conversation_id}"


class RasaDeliveries:
    """Which messages reached a live client of Rasa's events, which cannot say so itself; within one process."""

    def __init__(self, max_conversations: int = 20_000) -> None:
        self._last: dict[str, int] = {}
        self._max = max_conversations

    def note(self, conversation_id: str, seq: int) -> None:
        """The message `seq` was sent while a client was there."""
        self._last[conversation_id] = max(seq, self._last.pop(conversation_id, 0))
        if len(self._last) > self._max:
            del self._last[next(iter(self._last))]

    def last(self, conversation_id: str) -> int | None:
        """The newest seq that reached a client, or None if this process knows of none."""
        return self._last.get(conversation_id)


class WebNotifier:
    """`bot.services.ports.Notifier`; with Redis the socket server passes events on to the other web processes."""

    def __init__(
        self,
        sio: socketio.AsyncServer,
        waiters: Waiters,
        metrics: Metrics,
        deliveries: RasaDeliveries,
        desk: DeskNews,
    ) -> None:
        self._sio = sio
        self._desk = desk
        self._waiters = waiters
        self._metrics = metrics
        self._deliveries = deliveries

    async def message_stored(self, message: ChatMessage) -> None:
        self._count(message)
        self._waiters.wake(message.conversation_id)
        await self._sio.emit("message_new", message_view(message), room=room_of(message.conversation_id))
        if message.sender is not Sender.CUSTOMER:
            room = rasa_room_of(message.conversation_id)
            if any(self._sio.manager.get_participants("/", room)):
                self._deliveries.note(message.conversation_id, message.seq)
            await self._sio.emit("bot_uttered", rasa_view(message), room=room)
        await self._desk.message_stored(message)

    async def owner_changed(self, conversation_id: str, standing: Standing) -> None:
        await self._sio.emit("owner_changed", standing_view(standing), room=room_of(conversation_id))

    async def queue_changed(self, conversation_id: str, place: QueuePlace) -> None:
        await self._sio.emit("queue_changed", place_view(place), room=room_of(conversation_id))

    async def queue_entered(self, conversation_id: str) -> None:
        await self._desk.queue_new(conversation_id)

    async def conversation_changed(self, conversation_id: str) -> None:
        await self._desk.conversation_changed(conversation_id)

    async def read_changed(self, conversation_id: str, *, delivered: int, read: int, agent_read: int) -> None:
        await self._sio.emit("read_changed", {"agent_read_seq": agent_read}, room=room_of(conversation_id))
        await self._desk.read_changed(conversation_id, delivered=delivered, read=read, agent_read=agent_read)

    async def presence_changed(self, agents: Sequence[AgentAtWork]) -> None:
        await self._desk.presence_changed([agent_view(agent) for agent in agents])

    async def paid_changed(self, listed: ListedPaidRequest) -> None:
        await self._desk.paid_changed(paid_row_view(listed))

    async def bot_typing(self, conversation_id: str, *, active: bool) -> None:
        event = {"sender": Sender.BOT.value, "active": active}
        await self._sio.emit("typing", event, room=room_of(conversation_id))
        await self._desk.typing(conversation_id, Sender.BOT, active=active)

    async def answered(self, seconds: float) -> None:
        self._metrics.answer_seconds.observe(seconds)

    def _count(self, message: ChatMessage) -> None:
        self._metrics.messages.labels(message.sender.value).inc()
        if message.outcome is not None:
            self._metrics.outcomes.labels(message.outcome.value).inc()


def rasa_view(message: ChatMessage) -> dict[str, Any]:
    """A message as Rasa's channel would send it: `text` only, or `text` and `quick_replies`; the rest is metadata."""
    view: dict[str, Any] = {"text": message.text}
    if message.buttons:
        view["quick_replies"] = [
            {"content_type": "text", "title": b.title, "payload": b.payload} for b in message.buttons
        ]
    view["metadata"] = {
        "seq": message.seq,
        "outcome": message.outcome.value if message.outcome else None,
        "clauses": list(message.clauses),
    }
    return view
