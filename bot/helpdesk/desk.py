"""What support agents see: conversations in lists and in detail, found messages, notes, canned replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from bot.helpdesk.conversation import Sender
from bot.helpdesk.ownership import State

T = TypeVar("T")


class Filter(str, Enum):
    """Which conversations a list holds."""

    MINE = "mine"
    QUEUE = "queue"
    BOT = "bot"
    CLOSED = "closed"
    OTHERS = "others"
    ALL = "all"


class Sort(str, Enum):
    """By the newest message, or by who waits longest; only the queue and staff let anybody wait."""

    NEWEST = "newest"
    WAITING = "waiting"


@dataclass(frozen=True)
class ListQuery:
    """A page of a list as `agent_id` asks for it; `before` is the cursor that the former page gave."""

    agent_id: str
    filter: Filter = Filter.ALL
    sort: Sort = Sort.NEWEST
    unread: bool = False
    before: str | None = None
    limit: int = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Items, and the cursor of what follows them, if anything does."""

    items: Sequence[T]
    next: str | None


@dataclass(frozen=True)
class ListedConversation:
    """A conversation in a list.

    `unread` counts the customer's messages that staff have not read, while the conversation is with the queue or an
    agent; `waiting_since` is when a person was asked for, or since when the customer has had no answer of the agent.
    `reason`, `mode` and, in the queue, `place` are of the open request for a person.
    """

    id: str
    state: State
    agent_id: str | None
    agent_name: str | None
    created_at: datetime
    last_at: datetime
    last_text: str
    last_sender: Sender | None
    unread: int
    waiting_since: datetime | None
    reason: str | None
    mode: str | None
    place: int | None
    contact_name: str | None


@dataclass(frozen=True)
class Counts:
    """How many conversations each list holds; `unread` are one's own with something unread, `bot` of the last day."""

    mine: int
    queue: int
    bot: int
    others: int
    unread: int


@dataclass(frozen=True)
class Entity:
    """Something that the customer named, and the newest message that names it."""

    label: str
    value: str
    seq: int


@dataclass(frozen=True)
class ListedChange:
    """One change of who speaks, with the names of those involved."""

    at: datetime
    event: str
    old_state: str
    new_state: str
    actor: str
    staff: str | None
    new_agent: str | None
    reason: str | None
    note: str | None


@dataclass(frozen=True)
class ListedRating:
    """What the customer said of the conversation; empty as long as they have not answered."""

    score: int | None
    solved: bool | None


@dataclass(frozen=True)
class FoundMessage:
    """A message that a search found."""

    conversation_id: str
    seq: int
    sender: Sender
    text: str
    created_at: datetime
    state: State
    contact_name: str | None


@dataclass(frozen=True)
class Note:
    """An internal note: staff read it, the customer never does."""

    id: str
    conversation_id: str
    staff_id: str
    author: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class CannedReply:
    """A text kept for use again, typed as `/shortcut`; without `staff_id` it is shared by all."""

    id: str
    staff_id: str | None
    shortcut: str
    title: str
    text: str
    updated_at: datetime
