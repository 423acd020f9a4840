"""The desk's lists, counts and searches with a large log: how long each takes on SQLite and PostgreSQL.

Times are of the use case with its transaction, over one connection at a time; every measured call asks for another
page, account or word, so that no answer is simply repeated.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import insert, text

from bot.helpdesk.desk import Filter, ListQuery, Sort
from bot.store.engine import make_engine
from bot.store.tables import conversation, handoff, message, staff
from bot.store.unit_of_work import SqlStore
from bot.text.search_words import search_words
from tests.databases import fresh_database
from tests.templates import SERVER

CONVERSATIONS = 100_000
_MESSAGES_EACH = 10
_AGENTS = 50
_CALLS = 200
_DEEP_PAGES = 20
_NOW = datetime(2026, 11, 27, 3, 0, tzinfo=timezone.utc)
_DAYS = 365
# Made-up words in the frequencies of speech (Zipf), led by some that are in most messages.
_COMMON = (
    *("kak", "saya", "mau", "tanya", "domain", "hosting", "email", "bisa", "tidak", "sudah", "bayar"),
    *("website", "invoice", "tolong", "kenapa", "server"),
)
_SYLLABLES = [consonant + vowel for vowel in "aiu" for consonant in "bcdghjklmnprstwy"]


def run(conversations: int = CONVERSATIONS) -> None:
    """Print one table a database."""
    print(f"{conversations:,} conversations, {conversations * _MESSAGES_EACH:,} messages, {_CALLS} calls a row")
    for kind in ("sqlite", "postgresql"):
        try:
            asyncio.run(_measure(kind, conversations))
        except (OSError, asyncpg.PostgresError):
            print(f"{kind:11} left out: no server at {SERVER}")


async def _measure(kind: str, conversations: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "postgresql":
            await (await asyncpg.connect(SERVER, timeout=3)).close()
        async with fresh_database(kind, Path(folder)) as url:
            started = time.perf_counter()
            await _fill(url, conversations)
            print(f"\n{kind}, filled in {time.perf_counter() - started:.0f} s\n{'':28}   p50    p95    p99  ms")
            store = SqlStore.connect(url)
            for name, call in _cases(store):
                times = sorted([await _milliseconds(call) for _ in range(_CALLS)])
                figures = "".join(f"{times[int(_CALLS * share)]:7.1f}" for share in (0.5, 0.95, 0.99))
                print(f"{name:28}{figures}", flush=True)
            await store.close()


async def _milliseconds(call: Callable[[], Awaitable[Any]]) -> float:
    started = time.perf_counter()
    await call()
    return (time.perf_counter() - started) * 1000


def _cases(store: SqlStore) -> Iterator[tuple[str, Callable[[], Awaitable[Any]]]]:
    chance = random.Random(2)  # noqa: S311 - a benchmark, not a secret
    for kind, sort in itertools.product(Filter, Sort):
        yield f"list {kind.value}, {sort.value}", _list_case(store, kind, sort, chance)
    yield "list all, unread", _list_case(store, Filter.ALL, Sort.NEWEST, chance, unread=True)
    for kind in (Filter.ALL, Filter.CLOSED, Filter.BOT, Filter.QUEUE):
        yield f"list {kind.value}, page 1 to {_DEEP_PAGES}", _deep_case(store, kind)
    yield "counts", _count_case(store, chance)
    vocabulary = _vocabulary()
    for name, words in {
        "search, common word": lambda: [chance.choice(_COMMON)],
        "search, common beginning": lambda: [chance.choice(_SYLLABLES)],
        "search, middling word": lambda: [chance.choice(vocabulary[50:500])],
        "search, rare word": lambda: [chance.choice(vocabulary[-5000:])],
        "search, two common words": lambda: chance.sample(_COMMON, 2),
        "search, common and rare": lambda: [chance.choice(_COMMON), chance.choice(vocabulary[-5000:])],
        "search, no hit": lambda: [f"xq{chance.randrange(10**6)}"],
    }.items():
        yield name, _search_case(store, words)
    yield "search, common, page 1 to 20", _deep_search_case(store, chance)


def _list_case(
    store: SqlStore, kind: Filter, sort: Sort, chance: random.Random, *, unread: bool = False
) -> Callable[[], Awaitable[Any]]:
    async def call() -> None:
        async with store.read() as work:
            await work.desk.page(ListQuery(f"staf-{chance.randrange(_AGENTS)}", kind, sort, unread=unread))

    return call


def _deep_case(store: SqlStore, kind: Filter) -> Callable[[], Awaitable[Any]]:
    """One page on with each call, and from the beginning again after the last."""
    state: dict[str, Any] = {"page": 0, "before": None}

    async def call() -> None:
        async with store.read() as work:
            page = await work.desk.page(ListQuery("staf-1", kind, before=state["before"]))
        state["page"] = (state["page"] + 1) % _DEEP_PAGES
        state["before"] = page.next if state["page"] else None

    return call


def _count_case(store: SqlStore, chance: random.Random) -> Callable[[], Awaitable[Any]]:
    async def call() -> None:
        async with store.read() as work:
            await work.desk.counts(f"staf-{chance.randrange(_AGENTS)}", bot_since=_NOW - timedelta(days=1))

    return call


def _search_case(store: SqlStore, words: Callable[[], list[str]]) -> Callable[[], Awaitable[Any]]:
    async def call() -> None:
        async with store.read() as work:
            await work.search.find(search_words(" ".join(words())), None, 30)

    return call


def _deep_search_case(store: SqlStore, chance: random.Random) -> Callable[[], Awaitable[Any]]:
    state: dict[str, Any] = {"page": 0, "before": None, "word": _COMMON[0]}

    async def call() -> None:
        async with store.read() as work:
            page = await work.search.find([state["word"]], state["before"], 30)
        state["page"] = (state["page"] + 1) % _DEEP_PAGES
        state["before"] = page.next if state["page"] else None
        if not state["page"]:
            state["word"] = chance.choice(_COMMON)

    return call


def _vocabulary() -> list[str]:
    words = ["".join(parts) for n in (2, 3) for parts in itertools.product(_SYLLABLES, repeat=n)]
    random.Random(3).shuffle(words)  # noqa: S311
    return [*_COMMON, *words]


async def _fill(url: str, conversations: int) -> None:
    """2 in 100 conversations with the queue or an agent, 40 closed, the rest with the bot, over a year."""
    chance, engine, vocabulary = random.Random(1), make_engine(url), _vocabulary()  # noqa: S311
    weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(vocabulary))))
    async with engine.connect() as connection:
        await connection.execute(insert(staff), [_agent(n) for n in range(_AGENTS)])
        for first in range(0, conversations, 2000):
            rows = [_conversation(n, conversations, chance) for n in range(first, min(first + 2000, conversations))]
            log = [m for row in rows for m in _messages(row, chance, vocabulary, weights)]
            await connection.execute(insert(conversation), rows)
            await connection.execute(insert(message), log)
            waiting = [_request(row) for row in rows if row["owner"] == "queue"]
            if waiting:
                await connection.execute(insert(handoff), waiting)
        await connection.commit()
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    await engine.dispose()


def _agent(number: int) -> dict[str, Any]:
    name = f"staf-{number}"
    empty: dict[str, Any] = {"roles": ["agent"], "password_hash": "-", "created_at": _NOW}
    return {"id": name, "username": name, "display_name": f"Staf {number}", **empty}


def _conversation(number: int, total: int, chance: random.Random) -> dict[str, Any]:
    last_at = _NOW - timedelta(days=_DAYS) * ((total - number) / total)
    # Waiting conversations are recent: of the last fifth of the year, every tenth.
    open_now = number > total * 0.8 and chance.random() < 0.1
    owner = chance.choice(["queue", "agent"]) if open_now else "bot"
    return {
        "id": f"{chance.getrandbits(128):032x}",
        "owner": owner,
        "agent_id": f"staf-{chance.randrange(_AGENTS)}" if owner == "agent" else None,
        "created_at": last_at - timedelta(hours=1),
        "last_seq": _MESSAGES_EACH,
        "customer_seq": _MESSAGES_EACH - 1,
        "answered_seq": _MESSAGES_EACH - 1,
        "closed_at": last_at if owner == "bot" and chance.random() < 0.4 else None,
        "last_at": last_at,
        "last_text": "pesan terakhir",
        "last_sender": "bot",
        "agent_read_seq": chance.choice([0, _MESSAGES_EACH]),
    }


def _messages(
    row: dict[str, Any], chance: random.Random, vocabulary: list[str], weights: list[float]
) -> Iterator[dict[str, Any]]:
    for seq in range(1, _MESSAGES_EACH + 1):
        words = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(4, 20))
        yield {
            "conversation_id": row["id"],
            "seq": seq,
            "sender": "customer" if seq % 2 else "bot",
            "text": " ".join(words),
            "created_at": row["last_at"] - timedelta(minutes=_MESSAGES_EACH - seq),
            "buttons": [],
            "clauses": [],
            "outcome": None if seq % 2 else "answer",
        }


def _request(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "conversation_id": row["id"],
        "reason": "minta_manusia",
        "requested_seq": _MESSAGES_EACH - 1,
        "created_at": row["last_at"],
    }
