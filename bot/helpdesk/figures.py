"""The numbers that the team lead sees, each with its definition.

What holds for all of them:

- A day is a day in the time zone of the helpdesk. A request, a conversation or a rating belongs to the day on which it
  began, whatever happened to it later; a change of ownership to the day on which it happened.
- Times are in seconds by the wall clock. **Office hours are not subtracted**: for who asks at 23:00 and is answered at
  08:05, nine hours went by, and the figures say so.
- Times are given as median and 90th percentile, never as a mean: a single request that was forgotten over a weekend
  would hide how all others fared.
- What has not ended is counted apart and never taken for zero.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.helpdesk.history import (
    BotEnd,
    ChangeFact,
    ConversationFact,
    RatingFact,
    RequestEnd,
    RequestFact,
)
from bot.helpdesk.ownership import Actor, Event

SCORES = range(1, 6)
_COMES_TO_AN_AGENT = frozenset({Event.ACCEPT.value, Event.ASSIGN.value, Event.TAKE_OVER.value, Event.TRANSFER.value})
_LEAVES_AN_AGENT = frozenset({Event.GIVE_UP.value, Event.HAND_BACK.value, Event.CLOSE.value})
# The changes that any figure here is made of.
COUNTED_EVENTS = _COMES_TO_AN_AGENT | _LEAVES_AN_AGENT
_GIVE_UP, _CLOSE = Event.GIVE_UP.value, Event.CLOSE.value
_AGENT, _SYSTEM = Actor.AGENT.value, Actor.SYSTEM.value


@dataclass(frozen=True)
class Times:
    """`count` durations in seconds; the rest is empty where there are none."""

    count: int = 0
    median: float | None = None
    p90: float | None = None
    longest: float | None = None

    @classmethod
    def of(cls, durations: Iterable[float]) -> Times:
        """Of durations in any order."""
        ordered = sorted(durations)
        if not ordered:
            return cls()
        return cls(len(ordered), percentile(ordered, 0.5), percentile(ordered, 0.9), ordered[-1])


@dataclass(frozen=True)
class Requests:
    """Requests for a person. `asked` is the sum of `accepted`, `waiting`, `given_up` and `message`.

    - `wait`: from the request until a support agent accepted it, of those `accepted`. Who still waits, who gave up
      and who left a message instead is counted, but has no waiting time.
    - `first_response`: from the request to the agent's first message after accepting, as the customer lives it.
    - `first_reply`: from accepting to that message, as the agent can help it.
    - `unanswered`: accepted, but no agent has written since.
    """

    asked: int = 0
    accepted: int = 0
    waiting: int = 0
    given_up: int = 0
    message: int = 0
    unanswered: int = 0
    wait: Times = Times()
    first_response: Times = Times()
    first_reply: Times = Times()

    @classmethod
    def of(cls, facts: Sequence[RequestFact]) -> Requests:
        by_end = [(fact.end, fact) for fact in facts]
        ends = Counter(end for end, _ in by_end)
        accepted = [(f, f.accepted_at) for end, f in by_end if end is RequestEnd.ACCEPTED and f.accepted_at is not None]
        answered = [(f, at, f.answered_at) for f, at in accepted if f.answered_at is not None]
        return cls(
            asked=len(facts),
            accepted=ends[RequestEnd.ACCEPTED],
            waiting=ends[RequestEnd.WAITING],
            given_up=ends[RequestEnd.GIVEN_UP],
            message=ends[RequestEnd.MESSAGE],
            unanswered=len(accepted) - len(answered),
            wait=Times.of(_seconds(f.created_at, at) for f, at in accepted),
            first_response=Times.of(_seconds(f.created_at, answer) for f, _, answer in answered),
            first_reply=Times.of(_seconds(at, answer) for _, at, answer in answered),
        )


@dataclass(frozen=True)
class Chats:
    """What support agents did.

    - `handled`: conversations that came to a support agent, by accepting, assignment, take-over or transfer. Each
      counts once, so days and agents may add up to more than the whole.
    - `returned`: given back to the queue; `returned_by_system` of them because the agent went offline.
    - `transferred`: handed to another agent; `handed_back`: to the bot; `closed`: by an agent or lead.

    Of one agent: `handled` are those that came to them, the others those that they had until then.
    """

    handled: int = 0
    returned: int = 0
    returned_by_system: int = 0
    transferred: int = 0
    handed_back: int = 0
    closed: int = 0

    @classmethod
    def of(cls, facts: Sequence[ChangeFact], agent_id: str | None = None) -> Chats:
        """Of all agents, or of one."""
        coming = [f for f in facts if f.event in _COMES_TO_AN_AGENT and agent_id in (None, f.new_agent_id)]
        going = [f for f in facts if agent_id in (None, f.old_agent_id)]
        events = Counter(f.event for f in going)
        return cls(
            handled=len({f.conversation_id for f in coming}),
            returned=events[_GIVE_UP],
            returned_by_system=sum(f.event == _GIVE_UP and f.actor == _SYSTEM for f in going),
            transferred=events[Event.TRANSFER.value],
            handed_back=events[Event.HAND_BACK.value],
            closed=sum(map(closed_by_staff, going)),
        )


@dataclass(frozen=True)
class BotOnly:
    """What became of conversations that began: `conversations` is the sum of the four after it.

    There is no one "containment": who left without a word may have been helped, or have given up. `left_unasked` of
    those in `left` were never asked. `empty` conversations, in which the customer never wrote, are in no other number.
    """

    conversations: int = 0
    solved: int = 0
    unsolved: int = 0
    left: int = 0
    handed_over: int = 0
    left_unasked: int = 0
    empty: int = 0

    @classmethod
    def of(cls, facts: Sequence[ConversationFact]) -> BotOnly:
        by_end = [(fact.end, fact) for fact in facts]
        ends = Counter(end for end, _ in by_end)
        return cls(
            conversations=len(facts) - ends[BotEnd.EMPTY],
            solved=ends[BotEnd.SOLVED],
            unsolved=ends[BotEnd.UNSOLVED],
            left=ends[BotEnd.LEFT],
            handed_over=ends[BotEnd.HANDED_OVER],
            left_unasked=sum(end is BotEnd.LEFT and not fact.asked for end, fact in by_end),
            empty=ends[BotEnd.EMPTY],
        )


@dataclass(frozen=True)
class Satisfaction:
    """Ratings from 1 to 5: `scores` says how often each was given, `answered` how often any was."""

    asked: int = 0
    answered: int = 0
    scores: tuple[int, ...] = (0,) * len(SCORES)
    mean: float | None = None

    @classmethod
    def of(cls, facts: Sequence[RatingFact]) -> Satisfaction:
        given = Counter(fact.score for fact in facts if fact.score is not None)
        answered = sum(given.values())
        return cls(
            asked=len(facts),
            answered=answered,
            scores=tuple(given[score] for score in SCORES),
            mean=sum(score * count for score, count in given.items()) / answered if answered else None,
        )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Linear between neighbours, as spreadsheets do it, so that the figures can be checked there."""
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def closed_by_staff(change: ChangeFact) -> bool:
    """Whether an agent or lead closed the conversation, not the customer or a sweep."""
    return change.event == _CLOSE and change.actor == _AGENT


def _seconds(start: datetime, end: datetime) -> float:
    """Never negative: two processes' clocks may differ by a little."""
    return max(0.0, (end - start).total_seconds())
