"""The use cases over the real store, with fakes for what is outside."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import pytest
from bot.services.handoffs import StaffHandoffs

from bot.helpdesk.conversation import ChatMessage, Sender
from bot.services.answering import AnswerCustomers
from bot.services.conversations import CustomerConversations
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeBrain, FakeClock, RecordingNotifier

PATIENCE = 60.0
LEASE = 6.0


@dataclass
class Desk:
    """Everything that a test of use cases needs."""

    store: SqlStore
    brain: FakeBrain = field(default_factory=FakeBrain)
    clock: FakeClock = field(default_factory=FakeClock)
    notifier: RecordingNotifier = field(default_factory=RecordingNotifier)
    woken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conversations = CustomerConversations(
            self.store, self.clock, self.notifier, wake=self.woken.append, message_max_length=1000
        )
        self.staff = StaffHandoffs(self.store, self.clock, self.notifier)
        self.answering = self.make_answering()

    def make_answering(self) -> AnswerCustomers:
        return AnswerCustomers(self.store, self.brain, self.clock, self.notifier, patience=PATIENCE, lease=LEASE)

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
