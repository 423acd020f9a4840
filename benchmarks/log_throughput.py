"""Messages a second through the log (store, lease, answer, store), with an instant brain."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import timezone
from pathlib import Path

import asyncpg

from bot.bootstrap import SystemClock
from bot.helpdesk.office_hours import OfficeHours
from bot.services.answering import AnswerCustomers
from bot.services.conversations import CustomerConversations
from bot.services.queueing import CustomerQueue
from bot.store.unit_of_work import SqlStore
from tests.databases import fresh_database
from tests.fakes import FakeBrain, RecordingNotifier
from tests.paying import no_ways_to_pay
from tests.templates import SERVER

_CONVERSATIONS = 50
_MESSAGES = 10


def run() -> None:
    """Print messages per second for SQLite and, where there is a server, PostgreSQL."""
    print(f"{_CONVERSATIONS} conversations at once, {_MESSAGES} messages each")
    for kind in ("sqlite", "postgresql"):
        try:
            print(f"{kind:11} {asyncio.run(_rate(kind)):.0f} messages/s, stored and answered", flush=True)
        except (OSError, asyncpg.PostgresError):
            print(f"{kind:11} left out: no server at {SERVER}")


async def _rate(kind: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "postgresql":
            await (await asyncpg.connect(SERVER, timeout=3)).close()
        async with fresh_database(kind, Path(folder)) as url:
            store, clock, notifier = SqlStore.connect(url), SystemClock(), RecordingNotifier()
            queue = CustomerQueue(store, clock, notifier, OfficeHours(timezone.utc), patience=60)
            answering = AnswerCustomers(
                store, FakeBrain(), clock, notifier, queue, paid=no_ways_to_pay(clock), patience=60, lease=6
            )
            conversations = CustomerConversations(
                store, clock, notifier, queue, wake=lambda _: None, message_max_length=1000
            )

            async def talk() -> None:
                conversation = await conversations.open()
                for n in range(_MESSAGES):
                    await conversations.send(conversation.id, client_message_id=f"m{n}", text="halo")
                    await answering.answer_all(conversation.id)

            started = time.perf_counter()
            await asyncio.gather(*(talk() for _ in range(_CONVERSATIONS)))
            seconds = time.perf_counter() - started
            await store.close()
    return _CONVERSATIONS * _MESSAGES / seconds
