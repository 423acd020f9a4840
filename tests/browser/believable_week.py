"""Seven days at a desk that has enough to do, for pictures of the report: made up, and the same at each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from tests.desk_history import JAKARTA, HandMade

_DAYS = 7
_BUSY_HOURS = (8, 9, 9, 10, 10, 10, 11, 11, 13, 13, 14, 14, 15, 16, 19, 20)
_REASONS = {"kasus_layanan": 9, "minta_manusia": 7, "kasus_transaksi": 6, "keluhan_marah": 3, "bot_failed": 1}
_SCORES = (5, 5, 5, 4, 5, 4, 3, 5, 4, 2)
_END = {"solved": 8, "no_reply": 2, "other": 1}


def believable_week(now: datetime, agents: Sequence[str]) -> HandMade:
    """What happened in the seven days up to `now`; `agents` are the ids of accounts that there are."""
    week, chance = HandMade(), Random(4)
    for number, began in enumerate(_moments(now, chance, weekday=(14, 21))):
        _served(week, chance, f"pekan-{number}", began, agents)
    for number, began in enumerate(_moments(now, chance, weekday=(35, 50))):
        _bot_alone(week, chance, f"bot-{number}", began)
    return week


def _moments(now: datetime, chance: Random, weekday: tuple[int, int]) -> Iterator[datetime]:
    midnight = now.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0)
    for days_ago in range(_DAYS):
        day = midnight - timedelta(days=days_ago)
        count = chance.randint(*weekday) // (3 if day.weekday() >= 5 else 1)
        for _ in range(count):
            at = day + timedelta(hours=chance.choice(_BUSY_HOURS), seconds=chance.randrange(3600))
            if at < now - timedelta(hours=1):
                yield at


def _served(week: HandMade, chance: Random, name: str, began: datetime, agents: Sequence[str]) -> None:
    (reason,) = chance.choices(tuple(_REASONS), tuple(_REASONS.values()))
    week.conversation(name, began - timedelta(minutes=3), messages=6)
    week.change(name, began, "request", "bot queue", actor="bot", reason=reason)
    if chance.random() < 0.06:
        gone = began + timedelta(minutes=chance.randint(4, 9))
        week.asked(name, began, reason, closed_at=gone)
        week.change(name, gone, "leave_queue", "queue bot", actor="customer")
        return
    agent = chance.choice(agents)
    accepted = began + timedelta(seconds=round(chance.lognormvariate(4.4, 0.75)))
    over = accepted + timedelta(minutes=chance.randint(4, 26))
    week.asked(name, began, reason, accepted_at=accepted, accepted_by=agent, closed_at=over)
    week.change(name, accepted, "accept", "queue agent", new_agent_id=agent)
    week.agent_says(name, 4, accepted + timedelta(seconds=chance.randint(8, 70)), agent)
    if chance.random() < 0.09:
        other = next(one for one in agents if one != agent)
        week.change(
            name, accepted + timedelta(minutes=2), "transfer", "agent agent", old_agent_id=agent, new_agent_id=other
        )
        agent = other
    if chance.random() < 0.07:
        again = accepted + timedelta(minutes=3)
        week.change(name, again, "give_up", "agent queue", old_agent_id=agent)
        week.change(name, again + timedelta(seconds=40), "accept", "queue agent", new_agent_id=agent)
    if chance.random() < 0.1:
        week.change(name, over, "hand_back", "agent bot", old_agent_id=agent)
        return
    (end,) = chance.choices(tuple(_END), tuple(_END.values()))
    week.change(name, over, "close", "agent closed", old_agent_id=agent, reason=end)
    answer = (
        {"rated_at": over + timedelta(minutes=1), "score": chance.choice(_SCORES)} if chance.random() < 0.62 else {}
    )
    week.rated(name, over, staff_id=agent, **answer)


def _bot_alone(week: HandMade, chance: Random, name: str, began: datetime) -> None:
    week.conversation(name, began, messages=chance.randint(1, 4))
    if (answered := chance.random()) < 0.55:
        week.rated(name, began + timedelta(minutes=12), solved=answered < 0.47, rated_at=began + timedelta(minutes=13))
    elif answered < 0.9:
        week.rated(name, began + timedelta(minutes=12))
