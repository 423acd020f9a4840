"""What use cases need from outside, as small protocols; `bot.bootstrap` wires the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import ChatMessage, Conversation, Reply
from bot.helpdesk.paid.board import ListedPaidRequest
from bot.helpdesk.queue import QueuePlace, Standing
from bot.services.ports.desk import AgentRepository, HandoffRepository, OwnershipRepository, RatingRepository
from bot.services.ports.desk_reads import CannedReplyRepository, DeskReads, MessageSearch, NoteRepository
from bot.services.ports.figures import FigureRepository
from bot.services.ports.paid import BillingRepository, PaidRequestRepository, QuoteRepository
from bot.services.ports.releases import JobRepository, ShadowRepository, VersionRepository
from bot.services.ports.staff import AuditRepository, StaffRepository, StaffSessionRepository, ThrottleRepository
from bot.services.ports.trainer import TrainingChangeRepository
from bot.services.ports.trainer_inbox import InboxRepository
from bot.services.ports.trends import TrendRepository


class Clock(Protocol):
    """The time, always aware and in UTC."""

    def now(self) -> datetime: ...


@dataclass(frozen=True)
class BrainTurn:
    """What the bot understood and wants to say."""

    replies: Sequence[Reply]
    intent: str | None
    confidence: float | None


class Brain(Protocol):
    """The dialogue engine. The same `message_id` again gives the same turn."""

    async def answer(self, *, conversation_id: str, message_id: str, text: str, payload: str | None) -> BrainTurn:
        """Raises BrainUnavailableError when there is no usable answer now. A paused conversation goes on."""
        ...

    async def understand(self, text: str) -> Sequence[Candidate]:
        """What `text` alone is likely to be about, likeliest first; empty where that cannot be told. Never raises."""
        ...

    async def pause(self, conversation_id: str) -> None:
        """A person speaks now: the dialogue engine is to wait. Losing it loses nothing; never raises."""
        ...


class Notifier(Protocol):
    """Tells connected clients what is already committed; losing a notification loses nothing."""

    async def message_stored(self, message: ChatMessage) -> None: ...

    async def owner_changed(self, conversation_id: str, standing: Standing) -> None: ...

    async def queue_changed(self, conversation_id: str, place: QueuePlace) -> None:
        """Another place or estimate of somebody who waits; leaving the queue is told by `owner_changed`."""
        ...

    async def queue_entered(self, conversation_id: str) -> None:
        """Somebody asked for a person, or is back in the queue."""
        ...

    async def conversation_changed(self, conversation_id: str) -> None:
        """Something that lists of conversations show is another one."""
        ...

    async def read_changed(self, conversation_id: str, *, delivered: int, read: int, agent_read: int) -> None:
        """One side has read on: how far clients of the customer have received and read, and how far staff have read."""
        ...

    async def presence_changed(self, agents: Sequence[AgentAtWork]) -> None:
        """Who is there now."""
        ...

    async def paid_changed(self, listed: ListedPaidRequest) -> None:
        """A request for paid support is in another state, or something that lists of requests show has changed."""
        ...

    async def bot_typing(self, conversation_id: str, *, active: bool) -> None: ...

    async def answered(self, seconds: float) -> None:
        """A customer message got its answer this long after it was stored."""
        ...


class Readiness(Protocol):
    """What is needed to answer customers."""

    async def missing(self) -> list[str]:
        """The parts that are not ready: any of `database`, `rasa`, `actions`."""
        ...


class ConversationRepository(Protocol):
    """Conversations and their leases. Changes of ownership and leases are compare-and-set in the database."""

    async def add(self, conversation: Conversation) -> None: ...

    async def get(self, conversation_id: str) -> Conversation | None: ...

    async def next_seq(self, conversation_id: str) -> int:
        """Takes the next sequence number; other writers of this conversation wait until the transaction ends."""
        ...

    async def note_customer_message(self, conversation_id: str, seq: int) -> None: ...

    async def claim(self, conversation_id: str, holder: str, now: datetime, until: datetime) -> bool:
        """Leases the conversation's bot work to `holder` if nobody holds it, it has work and the work is due."""
        ...

    async def extend(self, conversation_id: str, holder: str, until: datetime) -> bool: ...

    async def finish(self, conversation_id: str, holder: str, *, answered: int, was: int) -> bool:
        """Moves answered_seq from `was` to `answered` and ends the lease, if `holder` still holds it."""
        ...

    async def postpone(self, conversation_id: str, holder: str, until: datetime) -> None: ...

    async def leave_nothing(self, conversation_id: str) -> None:
        """Whatever the customer has written needs nothing more of the bot; whoever is at it loses the lease."""
        ...

    async def note_seen(self, conversation_id: str, *, delivered: int, read: int) -> bool:
        """Moves how far the customer's clients have received and read, never back and never beyond the log."""
        ...

    async def set_email(self, conversation_id: str, email: str) -> None: ...

    async def waiting_for_bot(self, now: datetime, limit: int) -> list[str]:
        """Conversations with due work that nobody holds, oldest first."""
        ...


class MessageRepository(Protocol):
    """The append-only message log."""

    async def add(self, message: ChatMessage) -> None: ...

    async def by_client_id(self, conversation_id: str, client_message_id: str) -> ChatMessage | None: ...

    async def after(self, conversation_id: str, seq: int, limit: int | None = None) -> list[ChatMessage]: ...

    async def next_from_customer(self, conversation_id: str, after: int) -> ChatMessage | None: ...

    async def newest_with_buttons(self, conversation_id: str) -> ChatMessage | None:
        """What the customer was asked last, if it can be answered with a button.

        Notices without buttons do not count, but what the bot or an agent has said since does: "belum" is then an
        answer to that.
        """
        ...

    async def newest_card_with(self, conversation_id: str, pressed: str) -> ChatMessage | None:
        """The newest card with a button of this title or payload, of those that are looked through at all."""
        ...


class UnitOfWork(Protocol):
    """One transaction: what is not committed explicitly is rolled back."""

    @property
    def conversations(self) -> ConversationRepository: ...

    @property
    def messages(self) -> MessageRepository: ...

    @property
    def handoffs(self) -> HandoffRepository: ...

    @property
    def ownership(self) -> OwnershipRepository: ...

    @property
    def agents(self) -> AgentRepository: ...

    @property
    def ratings(self) -> RatingRepository: ...

    @property
    def figures(self) -> FigureRepository: ...

    @property
    def desk(self) -> DeskReads: ...

    @property
    def search(self) -> MessageSearch: ...

    @property
    def notes(self) -> NoteRepository: ...

    @property
    def canned_replies(self) -> CannedReplyRepository: ...

    @property
    def staff(self) -> StaffRepository: ...

    @property
    def staff_sessions(self) -> StaffSessionRepository: ...

    @property
    def throttles(self) -> ThrottleRepository: ...

    @property
    def audit(self) -> AuditRepository: ...

    @property
    def paid_requests(self) -> PaidRequestRepository: ...

    @property
    def quotes(self) -> QuoteRepository: ...

    @property
    def billing(self) -> BillingRepository: ...

    @property
    def jobs(self) -> JobRepository: ...

    @property
    def versions(self) -> VersionRepository: ...

    @property
    def shadow(self) -> ShadowRepository: ...

    @property
    def inbox(self) -> InboxRepository: ...

    @property
    def trends(self) -> TrendRepository: ...

    @property
    def training_changes(self) -> TrainingChangeRepository: ...

    async def commit(self) -> None: ...


class Store(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that may write."""
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that only reads; it never waits for writers."""
        ...

    async def ping(self) -> None:
        """Raises an exception when the database does not answer."""
        ...
