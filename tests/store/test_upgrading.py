"""A database of the time before staff had accounts, with customers in it, is brought to the newest schema."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, insert, select

from bot.helpdesk.conversation import Sender
from bot.helpdesk.ownership import Actor, Cause, Event, State
from bot.services.moving import move
from bot.store.engine import make_engine
from bot.store.migrate import upgrade_async
from bot.store.unit_of_work import SqlStore
from tests.conftest import DATABASES
from tests.databases import fresh_database
from tests.staffing import add_staff

BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=timezone.utc)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
LONG = "Kak, sudah saya cek. " * 30
BUTTONS = [{"title": "Cara bayar", "payload": "/cara_bayar"}]

Rows = dict[str, list[dict[str, Any]]]


def at(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


def _conversation(id: str, owner: str, minutes: float, last: int, customer: int, **more: Any) -> dict[str, Any]:
    base = {"id": id, "owner": owner, "created_at": at(minutes), "last_seq": last, "customer_seq": customer}
    nothing = {"attempts": 0, "next_attempt_at": None, "lease_holder": None, "lease_until": None}
    return {**base, "answered_seq": customer, **nothing, **more}


def _message(conversation: str, seq: int, sender: str, text: str, minutes: float, **more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("client_message_id", "payload", "outcome", "reply_to", "intent", "confidence"))
    base = {"conversation_id": conversation, "seq": seq, "sender": sender, "text": text, "created_at": at(minutes)}
    return {**base, **nothing, "buttons": [], "clauses": [], **more}


def _handoff(conversation: str, minutes: float, closed: float | None = None) -> dict[str, Any]:
    base = {"id": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{conversation}{minutes}")), "conversation_id": conversation}
    ends = {"created_at": at(minutes), "closed_at": None if closed is None else at(closed)}
    return {**base, "reason": "minta_manusia", "requested_seq": 1, **ends}


# With the bot (and a message that it still owes an answer), in the queue, with staff, done with staff, empty.
OLD: Rows = {
    "conversation": [
        _conversation("bot", "bot", 0, 3, 3, answered_seq=1, attempts=2, next_attempt_at=at(9)),
        _conversation("leased", "bot", 0, 1, 1, answered_seq=0, lease_holder="worker", lease_until=at(9)),
        _conversation("queue", "queue", 2, 2, 1),
        _conversation("staff", "agent", 1, 4, 3),
        _conversation("done", "agent", 3, 1, 1),
        _conversation("empty", "bot", 4, 0, 0),
    ],
    "message": [
        _message("bot", 1, "customer", "Halo, caf\u00e9 saya \U0001f600", 0, client_message_id="a-1"),
        _message("bot", 2, "bot", "Pilih:", 1, buttons=BUTTONS, outcome="clarify", reply_to=1, intent="salam"),
        _message("bot", 3, "customer", "Cara bayar", 2, payload="/cara_bayar", client_message_id="a-2"),
        _message("leased", 1, "customer", "ada orang?", 1, client_message_id="a-1"),
        _message("queue", 1, "customer", "mau manusia", 2, client_message_id="a-1"),
        _message("queue", 2, "bot", "Baik.", 2, outcome="handoff", clauses=["K4", "H13"], reply_to=1, confidence=0.5),
        _message("staff", 1, "customer", "mau manusia", 1),
        _message("staff", 2, "bot", "Baik.", 1, outcome="handoff", reply_to=1),
        _message("staff", 3, "customer", "domainnya tokobudi.co.id", 5),
        _message("staff", 4, "agent", LONG, 6),
        _message("done", 1, "customer", "terima kasih", 3),
    ],
    "handoff": [_handoff("queue", 2), _handoff("staff", 1), _handoff("done", 3, closed=4), _handoff("staff", 0, 0.5)],
}


@pytest.fixture(params=DATABASES, name="url")
async def _url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    async with fresh_database(request.param, tmp_path, revision="0001") as url:
        yield url


async def _fill(url: str) -> tuple[MetaData, Rows]:
    """Writes `OLD` into the old tables; gives these, and all that they hold then."""
    engine, old = make_engine(url), MetaData()
    async with engine.begin() as connection:
        await connection.run_sync(old.reflect)
        for name in ("conversation", "message", "handoff"):
            await connection.execute(insert(old.tables[name]), OLD[name])
        held = await connection.run_sync(lambda c: _held(c, old))
    await engine.dispose()
    assert {name: len(rows) for name, rows in held.items()} == {name: len(rows) for name, rows in OLD.items()}
    return old, held


def _held(connection: Connection, old: MetaData) -> Rows:
    """Everything in the columns of the old tables."""
    tables = {name: old.tables[name] for name in OLD}
    return {
        name: [dict(row) for row in connection.execute(select(t).order_by(*t.primary_key.columns)).mappings()]
        for name, t in tables.items()
    }


async def test_nothing_is_lost_and_who_was_with_staff_waits_for_staff(url: str) -> None:
    old, before = await _fill(url)
    await upgrade_async(url)
    engine = make_engine(url)
    async with engine.connect() as connection:
        after = await connection.run_sync(lambda c: _held(c, old))
    await engine.dispose()
    owners = {"bot": "bot", "leased": "bot", "queue": "queue", "staff": "queue", "done": "bot", "empty": "bot"}
    assert {row["id"]: row["owner"] for row in after["conversation"]} == owners
    for row in before["conversation"]:
        row["owner"] = owners[row["id"]]
    assert after == before


async def test_the_desk_goes_on_from_there(url: str) -> None:
    await _fill(url)
    await upgrade_async(url)
    store = SqlStore.connect(url)
    async with store.read() as work:
        assert [h.conversation_id for h in await work.handoffs.queued()] == ["staff", "queue"], "longest wait first"
        assert sorted(await work.conversations.waiting_for_bot(NOW, 10)) == ["bot", "leased"]
        kept = {row.id: row for row in await work.desk.rows(["bot", "staff", "empty"])}
        assert [(h.conversation_id, h.seq) for h in (await work.search.find(["tokobudi"], None, 5)).items] == [
            ("staff", 3)
        ]
    assert (kept["staff"].last_text, kept["staff"].last_sender) == (LONG[:160], Sender.AGENT)
    assert (kept["bot"].last_text, kept["bot"].last_at) == ("Cara bayar", at(2))
    assert (kept["empty"].last_text, kept["empty"].last_at) == ("", at(4))
    rina = await add_staff(store, "rina")
    async with store.begin() as work:
        await move(work, "staff", Event.ACCEPT, Cause(Actor.AGENT, rina.id), NOW, agent_id=rina.id)
        await work.commit()
    async with store.read() as work:
        now = await work.ownership.get("staff")
        (made,) = await work.ownership.history("staff")
    assert made.new == now
    assert (made.old.state, made.new.agent_id) == (State.QUEUE, rina.id)
    await store.close()
