"""What happened at the desk in a period, as plain records: what `bot.helpdesk.figures` counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple


class RequestEnd(str, Enum):
    """What became of a request for a person; each is exactly one of these."""

    ACCEPTED = "accepted"  # a support agent came while the customer waited in the chat
    WAITING = "waiting"  # nobody has come yet
    GIVEN_UP = "given_up"  # ended before anybody came: the customer went, or it was closed unread
    MESSAGE = "message"  # the customer left a message instead of waiting: no waiting time to speak of


class BotEnd(str, Enum):
    """What became of a conversation that began with the bot; each is exactly one of these."""

    SOLVED = "solved"  # without a person, and the customer said that it is solved
    UNSOLVED = "unsolved"  # without a person, and the customer said that it is not solved
    LEFT = "left"  # without a person, and the customer said neither: nobody knows
    HANDED_OVER = "handed_over"  # a person was asked for or stepped in, at any time
    EMPTY = "empty"  # the customer never wrote anything


class RequestFact(NamedTuple):
    """A request for a person; `answered_at` is the first message of an agent after somebody accepted it."""

    created_at: datetime
    reason: str
    leaves_message: bool = False
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    answered_at: datetime | None = None
    closed: bool = False

    @property
    def end(self) -> RequestEnd:
        """What became of it."""
        if self.leaves_message:
            return RequestEnd.MESSAGE
        if self.accepted_at is not None:
            return RequestEnd.ACCEPTED
        return RequestEnd.GIVEN_UP if self.closed else RequestEnd.WAITING


class ChangeFact(NamedTuple):
    """A change of who speaks, in the words of `bot.helpdesk.ownership`."""

    conversation_id: str
    at: datetime
    event: str
    actor: str
    old_agent_id: str | None = None
    new_agent_id: str | None = None
    reason: str | None = None


class RatingFact(NamedTuple):
    """A customer was asked for a rating; `score` is empty as long as there is no answer."""

    asked_at: datetime
    staff_id: str | None = None
    score: int | None = None


class ConversationFact(NamedTuple):
    """A conversation that began; `solved` is what the customer said, if anything."""

    created_at: datetime
    wrote: bool
    handed_over: bool
    asked: bool = False
    solved: bool | None = None

    @property
    def end(self) -> BotEnd:
        """What became of it. That a person stepped in outweighs everything the customer said before or after."""
        if self.handed_over:
            return BotEnd.HANDED_OVER
        if not self.wrote:
            return BotEnd.EMPTY
        if self.solved is None:
            return BotEnd.LEFT
        return BotEnd.SOLVED if self.solved else BotEnd.UNSOLVED


@dataclass(frozen=True)
class History:
    """Everything that began in a period: requests, conversations and questions for a rating by the time when they were
    made, changes by the time when they happened. What became of them may lie after the period.
    """

    requests: Sequence[RequestFact] = ()
    changes: Sequence[ChangeFact] = ()
    ratings: Sequence[RatingFact] = ()
    conversations: Sequence[ConversationFact] = ()
    names: Mapping[str, str] = field(default_factory=dict)
