"""Hand-written stand-ins for what is outside: the brain, the clock, connected clients."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from bot.errors import BrainUnavailableError
from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import Button, ChatMessage, Outcome, Owner, Reply, Request
from bot.helpdesk.paid.board import ListedPaidRequest
from bot.helpdesk.paid.effects import FileRequest, TellStanding
from bot.helpdesk.queue import QueuePlace, Standing
from bot.services.ports import BrainTurn
from tests.paying import order


class FakeClock:
    """A clock that stands still until it is told to go."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)

    def now(self) -> datetime:
        return self.time

    def pass_time(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class FakeBrain:
    """Echoes the text; some texts make it do something else.

    "gagal" fails until `heal` is called, "manusia" hands off, "tombol" offers buttons, "dua" says two things, "pesan"
    files `order`, "sampai mana" asks how far that is, "bayar dan cek" answers one request and hands over the other;
    with `gate` set every answer waits for it.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str | None]] = []
        self.healthy = True
        self.broken = False
        self.gate: asyncio.Event | None = None
        self.paused: list[str] = []
        self.order = order()

    async def understand(self, text: str) -> list[Candidate]:
        return [] if self.broken else [Candidate("tempo_bayar", 0.9), Candidate("cara_bayar", 0.02)]

    async def pause(self, conversation_id: str) -> None:
        self.paused.append(conversation_id)

    def heal(self) -> None:
        self.healthy = True
        self.broken = False

    async def answer(self, *, conversation_id: str, message_id: str, text: str, payload: str | None) -> BrainTurn:
        self.asked.append((message_id, text, payload))
        if self.gate is not None:
            await self.gate.wait()
        if not self.healthy or self.broken:
            raise BrainUnavailableError("fake brain is down")
        return BrainTurn(replies=self._replies(text, payload), intent=payload or "gema", confidence=0.9)

    def _replies(self, text: str, payload: str | None) -> list[Reply]:
        if "manusia" in (payload or text):
            return [Reply("Saya sambungkan.", Outcome.HANDOFF)]
        requests = (Request("cara_bayar", Outcome.ANSWER), Request("kasus_layanan", Outcome.HANDOFF))
        special = {
            "pesan": [Reply("Dicatat.", Outcome.PAID_SUPPORT, ("H5",), effect=FileRequest(self.order))],
            "sampai mana": [Reply("Staf kami cek.", Outcome.HANDOFF, ("K3",), effect=TellStanding())],
            "tombol": [Reply("Pilih:", Outcome.CLARIFY, (), (Button("Cara bayar", "/cara_bayar"),))],
            "bayar dan cek": [Reply("1. Bisa. 2. Kami cek.", Outcome.HANDOFF, ("K5", "K4"), (), requests)],
            "dua": [Reply("satu", Outcome.ANSWER, ("K1",)), Reply("dua", Outcome.ANSWER, ("K2",))],
        }
        return special.get(text) or [Reply(f"gema: {text}", Outcome.ANSWER, ("H13",))]


class RecordingNotifier:
    """Keeps what clients would have been told."""

    def __init__(self) -> None:
        self.messages: list[ChatMessage] = []
        self.owners: list[Owner] = []
        self.typing: list[bool] = []
        self.standings: list[tuple[str, Standing]] = []
        self.places: list[tuple[str, QueuePlace]] = []
        self.changed: list[str] = []
        self.entered: list[str] = []
        self.read: list[str] = []
        self.presences = 0
        self.paid: list[ListedPaidRequest] = []
        self.seconds: list[float] = []

    async def message_stored(self, message: ChatMessage) -> None:
        self.messages.append(message)

    async def owner_changed(self, conversation_id: str, standing: Standing) -> None:
        self.owners.append(standing.owner)
        self.standings.append((conversation_id, standing))

    async def queue_changed(self, conversation_id: str, place: QueuePlace) -> None:
        self.places.append((conversation_id, place))

    async def queue_entered(self, conversation_id: str) -> None:
        self.entered.append(conversation_id)

    async def conversation_changed(self, conversation_id: str) -> None:
        self.changed.append(conversation_id)

    async def read_changed(self, conversation_id: str, *, delivered: int, read: int, agent_read: int) -> None:
        self.read.append(conversation_id)

    async def presence_changed(self, agents: Sequence[AgentAtWork]) -> None:
        self.presences += 1

    async def paid_changed(self, listed: ListedPaidRequest) -> None:
        self.paid.append(listed)

    async def answered(self, seconds: float) -> None:
        self.seconds.append(seconds)

    async def bot_typing(self, conversation_id: str, *, active: bool) -> None:
        self.typing.append(active)
