"""Messages and groups of the trainers' inbox; texts are masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.inbox.reasons import Reason


class GroupState(str, Enum):
    """Whether a group still asks for a decision."""

    OPEN = "open"
    DONE = "done"
    IGNORED = "ignored"


class Action(str, Enum):
    """What a trainer does with a group, as the protocol names it."""

    CONFIRM = "confirm"
    RELABEL = "relabel"
    OUT_OF_SCOPE = "out_of_scope"
    SKIP = "skip"
    IGNORE = "ignore"
    SEND = "send"

    @property
    def adds_sentences(self) -> bool:
        """Whether the training data gets sentences by it."""
        return self in {Action.CONFIRM, Action.RELABEL, Action.OUT_OF_SCOPE}


class MessageState(str, Enum):
    """`new` until the model was asked about it; `dropped`: not worth a look after all."""

    NEW = "new"
    GROUPED = "grouped"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Answered:
    """A customer's message in the log (not masked), and what the bot made of it."""

    conversation_id: str
    seq: int
    text: str
    created_at: datetime
    intent: str | None
    outcome: Outcome | None
    clauses: tuple[str, ...]
    confidence: float | None


@dataclass(frozen=True)
class NearSentence:
    """A training sentence beside a message; the similarity is a cosine."""

    text: str
    intent: str
    similarity: float


@dataclass(frozen=True)
class Reviewed:
    """What the model makes of a text: likeliest topics first, the unit vector (float32), the nearest sentences.

    `nearest` is empty as long as the model's server has not read the training sentences.
    """

    ranking: tuple[Candidate, ...]
    vector: bytes
    nearest: tuple[NearSentence, ...]

    @property
    def similarity(self) -> float | None:
        """The cosine to the nearest training sentence, if that is known."""
        return self.nearest[0].similarity if self.nearest else None


@dataclass(frozen=True)
class InboxMessage:
    """A message that is worth a look; `reviewed` once the model was asked."""

    id: str
    conversation_id: str
    seq: int
    text: str
    created_at: datetime
    intent: str | None
    outcome: Outcome | None
    clauses: tuple[str, ...]
    confidence: float | None
    reasons: frozenset[Reason]
    state: MessageState
    group_id: str | None = None
    reviewed: Reviewed | None = None


@dataclass(frozen=True)
class InboxGroup:
    """Messages that ask the same; `middle` is the one that resembles all others most.

    `gain` is the expected gain in millionths. `sent_to`, `sent_by` and `decided_by` are ids of accounts.
    """

    id: str
    state: GroupState
    revision: int
    gain: int
    size: int
    newest_at: datetime
    suggests_new_topic: bool
    middle: InboxMessage
    reasons: frozenset[Reason]
    skipped_until: datetime | None = None
    sent_to: str | None = None
    sent_by: str | None = None
    note: str = ""
    decided_action: Action | None = None
    decided_intent: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """One decision with the sentences that it adds; `changes` are empty (None) until they are added."""

    staff_id: str
    key: str
    group_id: str
    revision: int
    action: str
    intent: str | None
    texts: Sequence[str]
    reason: str
    at: datetime
    changes: Sequence[int] | None = None

    @property
    def adding_key(self) -> str:
        """Names the adding of its sentences: a group is decided once in each revision."""
        return f"{self.group_id}-{self.revision}"
