"""How the bot did week by week, and which topics customers ask about more than before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from math import exp, lgamma, log

WEEK = timedelta(weeks=1)
# The newest weeks, which are compared with those before them.
LATEST = 2
# Chance brings forth a headline once in a hundred looks at all topics together.
_CHANCE = 0.01
_LEAST = 5


@dataclass(frozen=True)
class Week:
    """What became of the messages of a week; each is counted once. `start` is a Monday where the helpdesk is."""

    start: date
    right: int = 0
    asked_back: int = 0
    refused: int = 0
    handed_off: int = 0
    other: int = 0
    # Messages by the topic that the bot understood.
    topics: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        """All messages that the bot answered, without small talk and pressed buttons."""
        return self.right + self.asked_back + self.refused + self.handed_off + self.other


@dataclass(frozen=True)
class Growing:
    """A topic with its messages a week: in the latest weeks, and in those before."""

    intent: str
    now: float
    before: float


def week_starts(now: datetime, zone: tzinfo, count: int) -> list[tuple[date, datetime]]:
    """The Mondays of the last `count` weeks, this one included, oldest first, and when they begin in UTC."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - WEEK * back for back in reversed(range(count))]
    return [(day, datetime.combine(day, time(), zone).astimezone(timezone.utc)) for day in mondays]


def growing_topics(weeks: Sequence[Week]) -> list[Growing]:
    """Topics whose share of all messages is greater in the latest weeks than chance explains, the surest first.

    Of n messages about a topic, as many fall into the latest weeks as of all messages do, if nothing has changed:
    an exact binomial test, one-sided, its level divided by the number of topics that are tested (Bonferroni).
    """
    before, latest = weeks[:-LATEST], weeks[-LATEST:]
    all_now, all_before = sum(week.all for week in latest), sum(week.all for week in before)
    if not before or not all_now or not all_before:
        return []
    share = all_now / (all_now + all_before)
    counts = [(intent, _count(latest, intent), _count(before, intent)) for intent in _intents(latest)]
    tested = [one for one in counts if one[1] >= _LEAST]
    found = []
    for intent, now, former in tested:
        chance = _at_least(now, now + former, share)
        if chance < _CHANCE / len(tested):
            found.append((chance, Growing(intent, now / len(latest), former / len(before))))
    return [growing for _, growing in sorted(found, key=lambda one: (one[0], one[1].intent))]


def _intents(weeks: Sequence[Week]) -> list[str]:
    return sorted({intent for week in weeks for intent in week.topics})


def _count(weeks: Sequence[Week], intent: str) -> int:
    return sum(week.topics.get(intent, 0) for week in weeks)


def _at_least(successes: int, trials: int, share: float) -> float:
    """The probability of at least that many successes."""
    if share >= 1:
        return 1.0
    logs = (
        lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(share) + (trials - k) * log(1 - share)
        for k in range(successes, trials + 1)
    )
    return min(1.0, sum(exp(one) for one in logs))
