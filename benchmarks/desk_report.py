"""The figures of a year for the team lead: how long they take with many requests, on SQLite and PostgreSQL.

Reading and counting apart: reading is the database's part, counting is done beside the event loop.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import Table, insert, text

from bot.helpdesk.period import Period
from bot.helpdesk.report import make_report
from bot.store.engine import make_engine
from bot.store.tables import conversation, handoff, message, ownership_change, rating, staff
from bot.store.unit_of_work import SqlStore
from tests.databases import fresh_database
from tests.templates import SERVER

REQUESTS = 100_000
_AGENTS = 30
_BATCH = 2000
_FIRST = date(2026, 1, 1)
_DAYS = 365
_ZONE = ZoneInfo("Asia/Jakarta")
_REASONS = ("minta_manusia", "kasus_layanan", "bot_failed", "tanya_tagihan", "domain_mati")


def run(requests: int = REQUESTS) -> None:
    """Print one line a database and range."""
    print(f"{requests:,} requests for a person in {_DAYS} days, as many conversations of the bot alone")
    for kind in ("sqlite", "postgresql"):
        try:
            asyncio.run(_measure(kind, requests))
        except (OSError, asyncpg.PostgresError):
            print(f"{kind:11} left out: no server at {SERVER}")


async def _measure(kind: str, requests: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "postgresql":
            await (await asyncpg.connect(SERVER, timeout=3)).close()
        async with fresh_database(kind, Path(folder)) as url:
            started = time.perf_counter()
            await _fill(url, requests)
            print(f"\n{kind}, filled in {time.perf_counter() - started:.0f} s\n{'':12} read  count  s")
            store = SqlStore.connect(url)
            for days in (_DAYS, 31, 7):
                read, counted = await _times(store, days)
                print(f"{days:4} days {read:8.2f} {counted:6.2f}", flush=True)
            await store.close()


async def _times(store: SqlStore, days: int) -> tuple[float, float]:
    last = _FIRST + timedelta(days=_DAYS - 1)
    period = Period(last - timedelta(days=days - 1), last, _ZONE)
    began = time.perf_counter()
    async with store.read() as work:
        history = await work.figures.history(period)
    read = time.perf_counter()
    make_report(history, period)
    return read - began, time.perf_counter() - read


async def _fill(url: str, requests: int) -> None:
    chance, engine = random.Random(1), make_engine(url)  # noqa: S311 - a benchmark, not a secret
    async with engine.connect() as connection:
        agents = [{"id": f"staf-{n}", "username": f"staf-{n}", "display_name": f"Staf {n}"} for n in range(_AGENTS)]
        more: dict[str, Any] = {"roles": ["agent"], "password_hash": "-", "created_at": _at(0)}
        await connection.execute(insert(staff), [agent | more for agent in agents])
        for first in range(0, requests, _BATCH):
            rows: dict[Table, list[dict[str, Any]]] = {
                table: [] for table in (conversation, message, handoff, ownership_change, rating)
            }
            for number in range(first, min(first + _BATCH, requests)):
                for table, row in _story(number, requests, chance):
                    rows[table].append(row)
            for table, made in rows.items():
                await connection.execute(insert(table), made)
        await connection.commit()
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    await engine.dispose()


def _at(minutes: float) -> datetime:
    return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)


def _story(number: int, requests: int, chance: random.Random) -> Iterator[tuple[Table, dict[str, Any]]]:
    """One conversation that the bot has alone, and one that is asked for, accepted, answered, closed and rated."""
    minutes = number / requests * _DAYS * 24 * 60 - 7 * 60
    alone, asked, agent = f"bot-{number}", f"staf-{number}", f"staf-{chance.randrange(_AGENTS)}"
    waited, replied, talked = chance.expovariate(1 / 4), chance.expovariate(1), chance.expovariate(1 / 10)
    accepted = chance.random() < 0.9
    end = minutes + waited + replied + talked
    for name in (alone, asked):
        counts = {"last_seq": 8, "customer_seq": 7, "answered_seq": 7}
        yield conversation, {"id": name, "owner": "bot", "created_at": _at(minutes), "last_at": _at(end), **counts}
    for seq in range(1, 9):
        # The request is the third message; the bot says so, and a notice comes.
        sender = ("customer", "bot", "customer", "bot", "system", "agent", "customer", "agent")[seq - 1]
        when = minutes + (waited + replied + seq / 100 if seq > 5 else seq / 100 - 0.05)
        if sender != "agent" or accepted:
            fixed: dict[str, Any] = {"text": "Kak, ini pesan.", "buttons": [], "clauses": []}
            yield message, {"conversation_id": asked, "seq": seq, "sender": sender, "created_at": _at(when), **fixed}
    yield (
        handoff,
        {
            "id": asked,
            "conversation_id": asked,
            "reason": chance.choice(_REASONS),
            "requested_seq": 3,
            "created_at": _at(minutes),
            "accepted_at": _at(minutes + waited) if accepted else None,
            "accepted_by": agent if accepted else None,
            "closed_at": _at(end),
        },
    )
    events = [("request", "bot", "queue", minutes, "bot"), ("leave_queue", "queue", "bot", end, "customer")]
    if accepted:
        accepting = ("accept", "queue", "agent", minutes + waited, "agent")
        events[1:] = [accepting, ("close", "agent", "closed", end, "agent")]
        score = chance.choice([None, None, 3, 4, 5])
        yield rating, {"conversation_id": asked, "asked_at": _at(end), "staff_id": agent, "score": score}
    for event, old, new, when, actor in events:
        moved: dict[str, Any] = {"event": event, "old_state": old, "new_state": new, "actor": actor, "at": _at(when)}
        yield (
            ownership_change,
            {
                "conversation_id": asked,
                **moved,
                "old_agent_id": agent if old == "agent" else None,
                "new_agent_id": agent if new == "agent" else None,
                "reason": "solved" if event == "close" else None,
            },
        )
