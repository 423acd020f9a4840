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
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.helpdesk.history import (
    BotEnd,
    ChangeFact,
    ConversationFact,
    History,
    RatingFact,
    RequestEnd,
    RequestFact,
)
from bot.helpdesk.ownership import Actor, Event
from bot.helpdesk.period import Period

SCORES = range(1, 6)
_Fact = TypeVar("_Fact")
_Key = TypeVar("_Key", bound=Hashable)
_COMES_TO_AN_AGENT = frozenset({Event.ACCEPT.value, Event.ASSIGN.value, Event.TAKE_OVER.value, Event.TRANSFER.value})


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
        ends = Counter(fact.end for fact in facts)
        accepted = [(f, f.accepted_at) for f in facts if f.end is RequestEnd.ACCEPTED and f.accepted_at is not None]
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
        returned = [f for f in going if f.event == Event.GIVE_UP.value]
        events = Counter(f.event for f in going)
        return cls(
            handled=len({f.conversation_id for f in coming}),
            returned=len(returned),
            returned_by_system=sum(f.actor == Actor.SYSTEM.value for f in returned),
            transferred=events[Event.TRANSFER.value],
            handed_back=events[Event.HAND_BACK.value],
            closed=sum(map(_closed_by_staff, going)),
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
        ends = Counter(fact.end for fact in facts)
        return cls(
            conversations=len(facts) - ends[BotEnd.EMPTY],
            solved=ends[BotEnd.SOLVED],
            unsolved=ends[BotEnd.UNSOLVED],
            left=ends[BotEnd.LEFT],
            handed_over=ends[BotEnd.HANDED_OVER],
            left_unasked=sum(fact.end is BotEnd.LEFT and not fact.asked for fact in facts),
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


@dataclass(frozen=True)
class Slice:
    """The figures of a part of the period; `day` is the first one in it."""

    day: date
    requests: Requests
    chats: Chats
    bot: BotOnly
    satisfaction: Satisfaction


@dataclass(frozen=True)
class AgentFigures:
    """One support agent: the `requests` that they accepted and the `chats` that they had, `received` by transfer.

    A rating counts for the agent who had the chat last.
    """

    id: str
    name: str
    requests: Requests
    chats: Chats
    received: int
    satisfaction: Satisfaction


@dataclass(frozen=True)
class ReasonFigures:
    """Requests with one reason."""

    reason: str
    requests: Requests


@dataclass(frozen=True)
class Report:
    """All figures of a period; agents and reasons only where there is something to tell.

    Every day is in `days`, and in `weeks` the week that it belongs to: from Monday, or from where the period begins.
    Medians and chats of weeks are their own: they cannot be made of those of days.
    """

    period: Period
    requests: Requests
    chats: Chats
    bot: BotOnly
    satisfaction: Satisfaction
    satisfaction_bot: Satisfaction
    days: Sequence[Slice]
    weeks: Sequence[Slice]
    agents: Sequence[AgentFigures]
    reasons: Sequence[ReasonFigures]
    close_reasons: Sequence[tuple[str | None, int]]


def percentile(ordered: Sequence[float], share: float) -> float:
    """Linear between neighbours, as spreadsheets do it, so that the figures can be checked there."""
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def make_report(history: History, period: Period) -> Report:
    """The figures of `history`, which holds what began within `period`."""
    closed = Counter(change.reason for change in history.changes if _closed_by_staff(change))
    return Report(
        period=period,
        requests=Requests.of(history.requests),
        chats=Chats.of(history.changes),
        bot=BotOnly.of(history.conversations),
        satisfaction=Satisfaction.of([rating for rating in history.ratings if rating.staff_id is not None]),
        satisfaction_bot=Satisfaction.of([rating for rating in history.ratings if rating.staff_id is None]),
        days=_slices(history, period, lambda day: day),
        weeks=_slices(history, period, lambda day: max(period.first, day - timedelta(days=day.weekday()))),
        agents=_agents(history),
        reasons=_reasons(history.requests),
        close_reasons=sorted(closed.items(), key=lambda item: (-item[1], item[0] or "")),
    )


def _slices(history: History, period: Period, start_of: Callable[[date], date]) -> list[Slice]:
    """`start_of` a day is the first day of the slice that it is in."""

    def begun(moment: datetime) -> date:
        return start_of(period.day_of(moment))

    requests = _grouped(history.requests, lambda fact: begun(fact.created_at))
    changes = _grouped(history.changes, lambda fact: begun(fact.at))
    conversations = _grouped(history.conversations, lambda fact: begun(fact.created_at))
    ratings = _grouped((fact for fact in history.ratings if fact.staff_id is not None), lambda f: begun(f.asked_at))
    return [
        Slice(
            day,
            Requests.of(requests.get(day, [])),
            Chats.of(changes.get(day, [])),
            BotOnly.of(conversations.get(day, [])),
            Satisfaction.of(ratings.get(day, [])),
        )
        for day in dict.fromkeys(map(start_of, period.days))
    ]


def _agents(history: History) -> list[AgentFigures]:
    requests = _grouped(history.requests, lambda fact: fact.accepted_by)
    ratings = _grouped(history.ratings, lambda fact: fact.staff_id)
    changes: dict[str, list[ChangeFact]] = defaultdict(list)
    for change in history.changes:
        for agent_id in {change.old_agent_id, change.new_agent_id}:
            if agent_id is not None:
                changes[agent_id].append(change)
    found = {agent_id for group in (requests, ratings, changes) for agent_id in group if agent_id is not None}
    agents = [
        AgentFigures(
            id=agent_id,
            name=history.names.get(agent_id, agent_id),
            requests=Requests.of(requests.get(agent_id, [])),
            chats=Chats.of(changes.get(agent_id, []), agent_id),
            received=sum(c.event == Event.TRANSFER.value and c.new_agent_id == agent_id for c in changes[agent_id]),
            satisfaction=Satisfaction.of(ratings.get(agent_id, [])),
        )
        for agent_id in found
    ]
    return sorted(agents, key=lambda agent: (-agent.chats.handled, agent.name.casefold(), agent.id))


def _reasons(facts: Iterable[RequestFact]) -> list[ReasonFigures]:
    reasons = [ReasonFigures(name, Requests.of(of_it)) for name, of_it in _grouped(facts, lambda f: f.reason).items()]
    return sorted(reasons, key=lambda item: (-item.requests.asked, item.reason))


def _grouped(facts: Iterable[_Fact], key: Callable[[_Fact], _Key]) -> dict[_Key, list[_Fact]]:
    groups: dict[_Key, list[_Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return groups


def _closed_by_staff(change: ChangeFact) -> bool:
    return change.event == Event.CLOSE.value and change.actor == Actor.AGENT.value


def _seconds(start: datetime, end: datetime) -> float:
    """Never negative: two processes' clocks may differ by a little."""
    return max(0.0, (end - start).total_seconds())
