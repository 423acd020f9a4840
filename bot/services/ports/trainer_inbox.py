"""Ports of the trainers' inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.helpdesk.inbox.items import Answered, Decision, GroupState, InboxGroup, InboxMessage, NearSentence, Reviewed
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.staff import Staff


class SentenceAdder(Protocol):
    """Puts sentences into the training data."""

    async def __call__(self, author: Staff, intent: str, texts: Sequence[str], reason: str, key: str) -> list[int]:
        """The numbers of the changes; texts that the topic holds already are left out, the same key again is harmless.

        Raises a HelpdeskError for a text or topic that cannot be used.
        """
        ...


@dataclass(frozen=True)
class Review:
    """What the model makes of texts, in their order; vectors of another `encoder` cannot be compared with these."""

    encoder: str
    reviewed: Sequence[Reviewed]


class Reviewer(Protocol):
    """Asks the model about texts outside any conversation."""

    async def review(self, texts: Sequence[str]) -> Review:
        """At most 32 texts at once. Raises BrainUnavailableError when there is no usable answer now."""
        ...


@dataclass(frozen=True)
class Sign:
    """Something happened in a conversation that says something about the bot's answer before number `before`."""

    conversation_id: str
    before: int
    at: datetime
    reason: Reason


@dataclass(frozen=True)
class Leader:
    """What stands for an open or ignored group when a message is compared with it, and its topic for the model."""

    group_id: str
    vector: bytes
    topic: str


@dataclass(frozen=True)
class UntouchedGroup:
    """A group that nobody has looked at, with the ids of its messages."""

    id: str
    middle_id: str | None
    message_ids: Sequence[str]


@dataclass(frozen=True)
class GroupQuery:
    """A page of a list of groups; `after` is where the former page ended."""

    state: GroupState
    reason: Reason | None = None
    sent_to: str | None = None
    after: tuple[object, ...] | None = None
    limit: int = 50


@dataclass(frozen=True)
class GroupFigures:
    """What follows from the messages of a group."""

    size: int
    newest_at: datetime
    middle_id: str
    gain: int
    suggests_new_topic: bool


class InboxRepository(Protocol):
    """The inbox. Whatever is written here holds masked texts only."""

    async def until(self, sign: str) -> datetime | None:
        """How far this kind of sign was looked for."""
        ...

    async def set_until(self, sign: str, at: datetime) -> None: ...

    async def doubtful(self, since: datetime, limit: int, below: float) -> list[tuple[datetime, Answered]]:
        """Answers stored since then that may be worth a look and are not in the inbox, with their times, oldest first.

        Of those, whatever was not answered, asked back or refused in doubt (a confidence less than `below`) is left
        out, and so are pressed buttons and small talk.
        """
        ...

    async def shadowed(self, since: datetime, limit: int) -> list[tuple[datetime, Answered]]:
        """Answered messages that a listening candidate understood otherwise, unless noted for that; oldest first.

        Some older than `since` are among them: a candidate may be behind.
        """
        ...

    async def signs(self, reason: Reason, since: datetime, limit: int) -> list[Sign]:
        """Later signs of this kind since then, oldest first."""
        ...

    async def last_answered(self, conversation_id: str, before: int, unless: Reason) -> Answered | None:
        """The customer's last message before number `before` that the bot answered; None if it has `unless` already.

        Pressed buttons, small talk and requests for a person do not count.
        """
        ...

    async def note(self, answered: Answered, masked: str, reasons: frozenset[Reason]) -> str | None:
        """Takes the message up, or adds reasons to it; the id of its group where that must be reckoned anew."""
        ...

    async def claim_new(self, now: datetime, until: datetime, limit: int) -> list[InboxMessage]:
        """New messages that nobody else asks the model about; they are this caller's until `until`."""
        ...

    async def claim_incomplete(self, now: datetime, until: datetime, limit: int) -> list[InboxMessage]:
        """Messages of open groups whose nearest sentences were not known yet, claimed in the same way."""
        ...

    async def has_new(self) -> bool: ...

    async def has_incomplete(self, now: datetime) -> bool:
        """Whether `claim_incomplete` would find any."""
        ...

    async def still_new(self, message_ids: Sequence[str]) -> set[str]:
        """Those that are in no group and not dropped."""
        ...

    async def release(self, message_ids: Sequence[str]) -> None:
        """Ends claims of new messages."""
        ...

    async def set_nearest(self, message_id: str, nearest: Sequence[NearSentence]) -> None: ...

    async def lock_grouping(self, now: datetime) -> None:
        """Others that group wait until the transaction ends."""
        ...

    async def leaders(self, encoder: str) -> list[Leader]: ...

    async def add_group(self, leader: Leader, encoder: str, at: datetime) -> None: ...

    async def drop(self, message_id: str) -> None: ...

    async def join(self, message_id: str, group_id: str, reviewed: Reviewed) -> bool:
        """The message becomes one of the group, unless it is somewhere already (False).

        With another text than those in it the group has the next revision: nobody decides about texts unseen.
        """
        ...

    async def claim_forming(self, now: datetime, until: datetime) -> bool:
        """Whether this caller, and nobody else, may form groups anew until then."""
        ...

    async def keep_forming(self, until: datetime) -> None:
        """The claim holds until then."""
        ...

    async def untouched_ids(self) -> list[str]:
        """Messages of open groups that were sent to nobody, not skipped and never decided, oldest first."""
        ...

    async def take_untouched(self) -> list[UntouchedGroup]:
        """Those groups; nobody decides about them until the transaction ends, and then not about what they were."""
        ...

    async def lead(self, leader: Leader, encoder: str) -> None:
        """The group has another leader."""
        ...

    async def place(self, places: Mapping[str, tuple[str, Reviewed]]) -> None:
        """Puts messages (by id) into groups, with what the model makes of them now."""
        ...

    async def take_out(self, message_ids: Sequence[str], *, dropped: bool) -> None:
        """Out of their groups: dropped, or to be grouped as if they were new."""
        ...

    async def dissolve(self, group_ids: Sequence[str]) -> None:
        """Groups that have no messages any more; those that were dissolved earlier are forgotten."""
        ...

    async def is_dissolved(self, group_id: str) -> bool: ...

    async def set_figures(self, group_id: str, figures: GroupFigures) -> None: ...

    async def messages(self, ids: Sequence[str]) -> list[InboxMessage]: ...

    async def messages_of(self, group_id: str, limit: int) -> list[InboxMessage]:
        """Newest first."""
        ...

    async def size_of(self, group_id: str) -> int: ...

    async def group(self, group_id: str) -> InboxGroup | None: ...

    async def groups(self, query: GroupQuery, now: datetime) -> list[InboxGroup]:
        """Open ones: those that nobody has skipped today first, then by gain; others: newest first."""
        ...

    async def counts(self, staff_id: str) -> dict[str, int]:
        """Groups by state, and `mine`: open ones that were sent to this account."""
        ...

    async def message(self, message_id: str) -> InboxMessage | None: ...

    async def decide(self, group_id: str, revision: int, **values: object) -> bool:
        """Changes the group if it is open and still has `revision`; it then has the next one."""
        ...

    async def put_back(self, group_id: str, revision: int) -> bool:
        """Makes a group of `revision` that is done or ignored an open one; it then has the next one."""
        ...

    async def add_decision(self, decision: Decision) -> None: ...

    async def decision(self, staff_id: str, key: str) -> Decision | None: ...

    async def unfinished(self, before: datetime) -> list[Decision]:
        """Decisions older than that whose sentences are not added."""
        ...

    async def finish_decision(self, decision: Decision, changes: Sequence[int]) -> None: ...

    async def forget_decision(self, decision: Decision) -> bool:
        """Unless its sentences are added (False)."""
        ...
