"""The use cases over the real store, with fakes for what is outside."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timezone
from typing import Any

import pytest

from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.office_hours import OfficeHours
from bot.helpdesk.ownership import Ownership
from bot.helpdesk.staff import Presence, Role, Staff
from bot.services.answering import AnswerCustomers
from bot.services.conversations import CustomerConversations
from bot.services.desk_handoffs import DeskHandoffs
from bot.services.desk_messages import DeskMessages
from bot.services.paid.board import PaidBoard
from bot.services.paid.cash import PaidCash
from bot.services.paid.in_chat import PaidSupportInChat
from bot.services.paid.payments import Payments
from bot.services.paid.sweep import PaidSweep
from bot.services.paid.terms import PaidTerms
from bot.services.ports.payments import NotificationReader, PaymentMethod
from bot.services.presence import AgentPresence
from bot.services.queue_sweep import QueueSweep
from bot.services.queueing import CustomerQueue
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeBrain, FakeClock, RecordingNotifier
from tests.paying import TERMS, FakeTransfer
from tests.services.paid_life import Life
from tests.staffing import add_staff

PATIENCE = 60.0
LEASE = 6.0
QUEUE_PATIENCE = 180.0
GRACE = 60.0
RATING_AFTER = 600.0


@dataclass
class Desk:
    """Everything that a test of use cases needs."""

    store: SqlStore
    brain: FakeBrain = field(default_factory=FakeBrain)
    clock: FakeClock = field(default_factory=FakeClock)
    notifier: RecordingNotifier = field(default_factory=RecordingNotifier)
    woken: list[str] = field(default_factory=list)
    hours: OfficeHours = field(default_factory=lambda: OfficeHours(timezone.utc))
    max_chats: int = 3
    terms: PaidTerms = TERMS
    methods: dict[str, PaymentMethod] = field(default_factory=lambda: {"transfer": FakeTransfer()})
    reader: NotificationReader | None = None

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """New use cases over the same database, as after the process was killed."""
        outside = (self.store, self.clock, self.notifier)
        self.queue = CustomerQueue(*outside, self.hours, patience=QUEUE_PATIENCE)
        self.conversations = CustomerConversations(
            *outside, self.queue, wake=self.woken.append, message_max_length=1000
        )
        self.handoffs = DeskHandoffs(
            self.store, self.brain, self.clock, self.notifier, self.queue, max_chats=self.max_chats
        )
        self.messages = DeskMessages(*outside)
        self.presence = AgentPresence(*outside, self.handoffs, self.queue, grace=GRACE, max_chats=self.max_chats)
        self.sweep = self.make_sweep(in_turn=False)
        self.paid_in_chat = PaidSupportInChat(
            self.clock, self.methods, self.terms, opened=lambda: self.woken.append("payments")
        )
        self.payments = Payments(*outside, self.methods, self.terms, self.reader)
        self.board = PaidBoard(*outside, self.terms)
        self.cash = PaidCash(*outside, self.payments)
        self.paid_sweep = PaidSweep(*outside, self.payments)
        self.answering = self.make_answering()

    def make_answering(self) -> AnswerCustomers:
        return AnswerCustomers(
            self.store,
            self.brain,
            self.clock,
            self.notifier,
            self.queue,
            paid=self.paid_in_chat,
            patience=PATIENCE,
            lease=LEASE,
        )

    def make_sweep(self, *, in_turn: bool) -> QueueSweep:
        return QueueSweep(
            self.store,
            self.clock,
            self.notifier,
            self.queue,
            self.handoffs,
            self.presence,
            in_turn=in_turn,
            max_chats=self.max_chats,
            rating_after=RATING_AFTER,
        )

    async def agent(self, username: str, presence: Presence = Presence.ONLINE) -> Staff:
        """A support agent at work."""
        staff = await add_staff(self.store, username)
        await self.presence.set(staff, presence)
        return staff

    async def queued(self, text: str = "mau manusia") -> str:
        """A conversation that waits for a person."""
        conversation = await self.opened()
        await self.ask(conversation, text)
        return conversation

    async def ask(self, conversation_id: str, text: str) -> ChatMessage:
        """The customer writes, and the bot deals with it."""
        message = await self.say(conversation_id, text)
        await self.answering.answer_all(conversation_id)
        return message

    async def thinking(self, answering: Coroutine[Any, Any, Any]) -> tuple[asyncio.Task[Any], asyncio.Event]:
        """`answering` as it waits for the brain, which goes on with the event."""
        gate = self.brain.gate = asyncio.Event()
        task = asyncio.create_task(answering)
        while not self.brain.asked:
            await asyncio.sleep(0)
        return task, gate

    async def ownership(self, conversation_id: str) -> Ownership:
        async with self.store.read() as work:
            found = await work.ownership.get(conversation_id)
        assert found is not None
        return found

    async def request(self, conversation_id: str) -> Handoff | None:
        async with self.store.read() as work:
            return await work.handoffs.open_of(conversation_id)

    async def waiting(self) -> list[str]:
        async with self.store.read() as work:
            return [handoff.conversation_id for handoff in await work.handoffs.queued()]

    async def notices(self, conversation_id: str) -> list[str]:
        return [m.text for m in await self.log(conversation_id) if m.sender is Sender.SYSTEM]

    async def opened(self) -> str:
        return (await self.conversations.open()).id

    async def say(self, conversation_id: str, text: str, client_id: str | None = None) -> ChatMessage:
        client_id = client_id or uuid.uuid4().hex
        return (await self.conversations.send(conversation_id, client_message_id=client_id, text=text)).message

    async def log(self, conversation_id: str) -> list[ChatMessage]:
        return (await self.conversations.read(conversation_id, after=0)).messages

    async def bot_said(self, conversation_id: str) -> list[tuple[int | None, str]]:
        return [(m.reply_to, m.text) for m in await self.log(conversation_id) if m.sender is Sender.BOT]


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    return Desk(store)


@pytest.fixture
async def life(desk: Desk) -> Life:
    admin = await add_staff(desk.store, "kepala", Role.ADMIN)
    return Life(desk, await desk.opened(), await desk.agent("dewi"), admin)
