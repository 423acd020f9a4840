"""Use cases of the desk's screens: lists, one conversation in detail, what staff have read, who the customer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import ConversationTakenError, InvalidMessageError, NotFoundError, WrongStateError
from bot.helpdesk.contact import checked_email, checked_name
from bot.helpdesk.conversation import ChatMessage, Conversation, Owner
from bot.helpdesk.desk import (
    Counts,
    Entity,
    FoundMessage,
    ListedChange,
    ListedConversation,
    ListedRating,
    ListQuery,
    Page,
)
from bot.helpdesk.entities import named_entities
from bot.helpdesk.ownership import State
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.desk_reads import DeskNotifier
from bot.text.search_words import search_words

# What the customer named is looked for in so many of their messages.
_TEXTS = 200
# Older conversations with the bot are history: they count in no badge.
_BOT_COUNTS_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class ConversationDetail:
    """A conversation with all that stands beside its messages."""

    row: ListedConversation
    conversation: Conversation
    entities: Sequence[Entity]
    changes: Sequence[ListedChange]
    rating: ListedRating | None


@dataclass(frozen=True)
class DeskMessages:
    """Messages of a conversation, who answers, and where it is."""

    messages: list[ChatMessage]
    owner: Owner
    state: State


class DeskConversations:
    """What support agents can see of conversations, and change beside who speaks."""

    def __init__(self, store: Store, clock: Clock, notifier: DeskNotifier) -> None:
        self._store = store
        self._clock = clock
        self._notifier = notifier

    async def page(self, query: ListQuery) -> tuple[Page[ListedConversation], Counts]:
        """A page of a list, and how long all lists are. Raises InvalidMessageError for a cursor of another list."""
        async with self._store.read() as work:
            page = await work.desk.page(query)
            counts = await work.desk.counts(query.agent_id, bot_since=self._clock.now() - _BOT_COUNTS_FOR)
        return page, counts

    async def detail(self, conversation_id: str) -> ConversationDetail:
        """Everything about one conversation. Raises NotFoundError."""
        async with self._store.read() as work:
            conversation = await _existing(work, conversation_id)
            return ConversationDetail(
                row=(await work.desk.rows([conversation_id]))[0],
                conversation=conversation,
                entities=named_entities(await work.desk.customer_texts(conversation_id, _TEXTS)),
                changes=await work.desk.changes(conversation_id),
                rating=await work.desk.rating(conversation_id),
            )

    async def messages(self, conversation_id: str, *, after: int, limit: int | None = None) -> DeskMessages:
        """Messages newer than `after`. Raises NotFoundError."""
        async with self._store.read() as work:
            conversation = await _existing(work, conversation_id)
            log = await work.messages.after(conversation_id, after, limit)
        return DeskMessages(log, conversation.owner, _state(conversation))

    async def mark_read(self, agent_id: str, conversation_id: str, seq: int) -> None:
        """The agent has read up to `seq`; never goes back. Errors as `check_own`."""
        async with self._store.begin() as work:
            conversation = await _existing(work, conversation_id)
            await _check_own(work, conversation, agent_id)
            reached = await work.desk.mark_read(conversation_id, seq)
            await work.commit()
        if reached is not None:
            await self._notifier.read_changed(
                conversation_id,
                delivered=conversation.customer_delivered_seq,
                read=conversation.customer_read_seq,
                agent_read=reached,
            )

    async def set_contact(self, conversation_id: str, *, name: object, email: object) -> ConversationDetail:
        """Note who the customer is; an empty text forgets, None leaves as it is.

        Raises NotFoundError, and InvalidMessageError for what is no name or address.
        """
        if name is None and email is None:
            raise InvalidMessageError("neither name nor email", field="name")
        async with self._store.begin() as work:
            known = await _existing(work, conversation_id)
            await work.desk.set_contact(
                conversation_id,
                name=known.contact_name if name is None else checked_name(name),
                email=known.contact_email if email is None else checked_email(email),
            )
            await work.commit()
        await self._notifier.conversation_changed(conversation_id)
        return await self.detail(conversation_id)

    async def check_own(self, agent_id: str, conversation_id: str) -> None:
        """Raises NotFoundError, ConversationTakenError where another agent has it, WrongStateError where nobody has."""
        async with self._store.read() as work:
            await _check_own(work, await _existing(work, conversation_id), agent_id)

    async def search(self, query: str, *, before: str | None, limit: int) -> Page[FoundMessage]:
        """Messages with all words of `query`, as beginnings of words, the newest first; without words none."""
        words = search_words(query)
        async with self._store.read() as work:
            return await work.search.find(words, before, limit) if words else Page([], None)


async def listed(store: Store, conversation_ids: Sequence[str]) -> list[ListedConversation]:
    """These conversations as lists show them now."""
    async with store.read() as work:
        return await work.desk.rows(conversation_ids)


async def _existing(work: UnitOfWork, conversation_id: str) -> Conversation:
    conversation = await work.conversations.get(conversation_id)
    if conversation is None:
        raise NotFoundError("no such conversation")
    return conversation


def _state(conversation: Conversation) -> State:
    return State.CLOSED if conversation.closed_at is not None else State(conversation.owner.value)


async def _check_own(work: UnitOfWork, conversation: Conversation, agent_id: str) -> None:
    if conversation.agent_id is None:
        raise WrongStateError("no agent has it", state=_state(conversation).value)
    if conversation.agent_id != agent_id:
        name = await work.agents.name_of(conversation.agent_id)
        raise ConversationTakenError("another agent has it", agent_id=conversation.agent_id, agent_name=name)
