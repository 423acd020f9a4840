"""The report of the team lead: the figures of a period, of its days and weeks, of agents and of reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.helpdesk.figures import BotOnly, Chats, Requests, Satisfaction, closed_by_staff
from bot.helpdesk.history import ChangeFact, History, RequestFact
from bot.helpdesk.ownership import Event
from bot.helpdesk.period import Period

_Fact = TypeVar("_Fact")
_Key = TypeVar("_Key", bound=Hashable)


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


def make_report(history: History, period: Period) -> Report:
    """The figures of `history`, which holds what began within `period`."""
    days = _days(history, period)
    closed = Counter(change.reason for change in history.changes if closed_by_staff(change))
    return Report(
        period=period,
        requests=Requests.of(history.requests),
        chats=Chats.of(history.changes),
        bot=BotOnly.of(history.conversations),
        satisfaction=Satisfaction.of([rating for rating in history.ratings if rating.staff_id is not None]),
        satisfaction_bot=Satisfaction.of([rating for rating in history.ratings if rating.staff_id is None]),
        days=_slices(days),
        weeks=_slices(_weeks(days)),
        agents=_agents(history),
        reasons=_reasons(history.requests),
        close_reasons=sorted(closed.items(), key=lambda item: (-item[1], item[0] or "")),
    )


def _days(history: History, period: Period) -> dict[date, History]:
    """What began on each day."""
    requests = _grouped(history.requests, lambda fact: period.day_of(fact.created_at))
    changes = _grouped(history.changes, lambda fact: period.day_of(fact.at))
    ratings = _grouped(history.ratings, lambda fact: period.day_of(fact.asked_at))
    conversations = _grouped(history.conversations, lambda fact: period.day_of(fact.created_at))
    return {
        day: History(requests.get(day, ()), changes.get(day, ()), ratings.get(day, ()), conversations.get(day, ()))
        for day in period.days
    }


def _weeks(days: Mapping[date, History]) -> dict[date, History]:
    """The same by weeks: from Monday, or from the first day that there is."""
    weeks: dict[date, list[History]] = {}
    for day, history in days.items():
        if not weeks or day.weekday() == 0:
            weeks[day] = []
        weeks[max(weeks)].append(history)
    return {
        first: History(
            requests=[fact for history in histories for fact in history.requests],
            changes=[fact for history in histories for fact in history.changes],
            ratings=[fact for history in histories for fact in history.ratings],
            conversations=[fact for history in histories for fact in history.conversations],
        )
        for first, histories in weeks.items()
    }


def _slices(histories: Mapping[date, History]) -> list[Slice]:
    return [
        Slice(
            day,
            Requests.of(history.requests),
            Chats.of(history.changes),
            BotOnly.of(history.conversations),
            Satisfaction.of([rating for rating in history.ratings if rating.staff_id is not None]),
        )
        for day, history in histories.items()
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
