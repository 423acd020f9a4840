"""Two web processes over one database and one Redis: what one stores, the other's clients hear."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio
import socketio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from bot.web.desk.viewers import RedisViewers, Viewer, Viewers
from tests.databases import STRICT, fresh_database
from tests.staffing import Browser, signed_in
from tests.templates import Templates
from tests.web.conftest import RASA_TOKEN, Customer, FakeRasa, open_conversation
from tests.web.desk.consoles import DeskSocket, consoles
from tests.web.desk.test_conversations import HANDOFF

pytestmark = pytest.mark.services
DATABASE = web.AppKey("database", str)
REDIS = os.environ.get("HELPDESK_TEST_REDIS", "redis://127.0.0.1:6379/9")


@pytest.fixture
async def redis_url() -> str:
    client = redis.asyncio.from_url(REDIS)
    try:
        await client.ping()
    except (OSError, redis.exceptions.ConnectionError) as error:
        if STRICT:
            pytest.fail(f"Redis at {REDIS} is required here: {error}")
        pytest.skip(f"no Redis at {REDIS}")
    finally:
        await client.close()
    return REDIS


@pytest.fixture
async def processes(
    tmp_path: Path, redis_url: str, rasa: tuple[FakeRasa, str], templates: Templates
) -> AsyncIterator[tuple[TestClient, TestClient]]:
    async with fresh_database("postgresql", tmp_path, templates=templates) as url:
        settings = Settings(
            database_url=url, redis_url=redis_url, rasa_url=rasa[1], rasa_token=RASA_TOKEN, secret_key="kunci-uji"
        )
        first, second = make_web_app(settings), make_web_app(replace(settings))
        for app in (first, second):
            app[DATABASE] = url
        async with TestClient(TestServer(first)) as one, TestClient(TestServer(second)) as two:
            yield one, two


async def test_an_answer_reaches_sockets_and_waiting_requests_of_the_other_process(
    processes: tuple[TestClient, TestClient],
) -> None:
    one, two = processes
    customer = await open_conversation(one)
    heard: list[dict[str, object]] = []
    socket = socketio.AsyncClient(reconnection=False)
    socket.on("message_new", heard.append)
    await socket.connect(str(two.make_url("")), transports=["websocket"])
    joined = await socket.call("conversation_join", {"token": customer.token})
    assert joined["ok"]
    await customer.send("halo")
    for _ in range(100):
        if len(heard) == 2:
            break
        await asyncio.sleep(0.05)
    assert sorted(m["seq"] for m in heard) == [1, 2]
    query = {"after": "1", "wait": "5"}
    async with two.get(customer.path, params=query, headers=customer.headers) as response:
        assert [m["seq"] for m in (await response.json())["messages"]] == [2]
    await socket.disconnect()


async def test_messages_to_both_processes_are_answered_once_in_order(
    processes: tuple[TestClient, TestClient],
) -> None:
    one, two = processes
    customer = await open_conversation(one)
    other = replace(customer, client=two)
    for n in range(6):
        assert (await (customer if n % 2 else other).send(f"pesan {n}"))[0] == 202
    answers = await customer.answers(6)
    await asyncio.sleep(1.2)  # a second answer would come with the next sweeps
    answers = await customer.answers(6)
    asked = [m["seq"] for m in (await customer.read())["messages"] if m["sender"] == "customer"]
    assert [a["reply_to"] for a in answers] == asked


class Widget:
    """A customer's client that keeps everything it hears."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.received: list[tuple[str, Any]] = []
        self.client.on("*", self._keep)

    async def _keep(self, event: str, data: Any = None) -> None:
        self.received.append((event, data))

    def of(self, event: str) -> list[Any]:
        return [data for name, data in self.received if name == event]

    async def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(200):
            if holds():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"it never came: {self.received}")


@dataclass
class Apart:
    """A customer whose widget is at one process, and Rina whose console is at the other and looks."""

    customer: Customer
    widget: Widget
    rina: Browser
    console: DeskSocket

    @property
    def path(self) -> str:
        return f"/conversations/{self.customer.conversation_id}"

    def rows(self, state: str) -> bool:
        """Whether the console was told of the conversation in that state."""
        changed = [event["conversation"] for event in self.console.of("conversation_changed")]
        return any(row["id"] == self.customer.conversation_id and row["state"] == state for row in changed)

    async def accept(self) -> None:
        assert (await self.rina.call("POST", f"{self.path}/accept", {})).status == 200


@pytest.fixture
async def apart(processes: tuple[TestClient, TestClient], rasa: tuple[FakeRasa, str]) -> AsyncIterator[Apart]:
    one, two = processes
    rasa[0].body = {"intent": "minta_manusia", "confidence": 0.9, "entities": [], "replies": [HANDOFF]}
    customer, widget = await open_conversation(one), Widget()
    await widget.client.connect(str(one.make_url("")), transports=["websocket"])
    assert (await widget.client.call("conversation_join", {"token": customer.token, "after": 0}))["ok"]
    store = SqlStore.connect(two.app[DATABASE])
    async with consoles() as connect:
        rina = await signed_in(two, store, "rina")
        console = await connect(rina)
        assert (await rina.call("PUT", "/me/presence", {"presence": "online"})).status == 200
        watch = {"conversation_id": customer.conversation_id, "after": 0}
        assert (await console.call("watch", watch))["ok"]
        yield Apart(customer, widget, rina, console)
    await widget.client.disconnect()
    await store.close()


async def test_what_is_said_reaches_the_other_side_at_the_other_process(apart: Apart) -> None:
    await apart.customer.send("mau bicara dengan staf")
    await apart.console.until(lambda: any(m["sender"] == "customer" for m in apart.console.of("message_new")))
    await apart.console.until(lambda: bool(apart.console.of("queue_new")))
    assert apart.console.of("queue_new")[0]["conversation"]["id"] == apart.customer.conversation_id
    await apart.accept()
    sent = {"client_message_id": "a1", "text": "Halo, Kak."}
    assert (await apart.rina.call("POST", f"{apart.path}/messages", sent)).status == 202
    await apart.widget.until(lambda: any(m["sender"] == "agent" for m in apart.widget.of("message_new")))
    (said,) = [m for m in apart.widget.of("message_new") if m["sender"] == "agent"]
    assert (said["text"], said["sender_name"]) == ("Halo, Kak.", "Rina")
    await apart.widget.client.call("message_send", {"client_message_id": "c9", "text": "domainnya belum aktif"})
    await apart.console.until(lambda: any(m["text"].startswith("domainnya") for m in apart.console.of("message_new")))
    log = (await apart.customer.read())["messages"]
    for heard in (apart.widget, apart.console):  # each message once, on both sides
        assert sorted(m["seq"] for m in heard.of("message_new")) == [m["seq"] for m in log]


async def test_changes_of_owner_and_of_the_queue_reach_both_sides(apart: Apart) -> None:
    await apart.customer.send("mau bicara dengan staf")
    await apart.widget.until(lambda: any(o["owner"] == "queue" for o in apart.widget.of("owner_changed")))
    await apart.widget.until(lambda: bool(apart.widget.of("queue_changed")))
    assert apart.widget.of("queue_changed")[-1]["staff_online"] is True
    await apart.console.until(lambda: apart.rows("queue"))
    await apart.accept()
    await apart.widget.until(lambda: apart.widget.of("owner_changed")[-1]["owner"] == "agent")
    assert apart.widget.of("owner_changed")[-1]["agent_name"] == "Rina"
    await apart.console.until(lambda: apart.rows("agent"))
    assert (await apart.rina.call("DELETE", "/session")).status == 204
    await apart.widget.until(lambda: apart.widget.of("owner_changed")[-1]["owner"] == "queue")
    assert apart.widget.of("queue_changed")[-1]["staff_online"] is False


async def test_typing_and_reading_reach_the_other_side_at_the_other_process(apart: Apart) -> None:
    await apart.customer.send("mau bicara dengan staf")
    await apart.widget.until(lambda: any(o["owner"] == "queue" for o in apart.widget.of("owner_changed")))
    await apart.accept()
    here = {"conversation_id": apart.customer.conversation_id}
    assert (await apart.console.call("typing", {**here, "active": True}))["ok"]
    await apart.widget.until(lambda: {"sender": "agent", "active": True} in apart.widget.of("typing"))
    await apart.widget.client.call("typing", {"active": True})
    typing = {**here, "sender": "customer", "active": True}
    await apart.console.until(lambda: typing in apart.console.of("typing"))
    await apart.widget.client.call("seen", {"delivered": 2, "read": 1})
    await apart.console.until(lambda: bool(apart.console.of("read_changed")))
    seen = apart.console.of("read_changed")[-1]
    assert (seen["customer_delivered_seq"], seen["customer_read_seq"]) == (2, 1)
    assert (await apart.rina.call("PUT", f"{apart.path}/read", {"seq": 1})).status in (200, 204)
    await apart.widget.until(lambda: any(r["agent_read_seq"] == 1 for r in apart.widget.of("read_changed")))


async def test_who_looks_is_known_whichever_process_a_console_is_connected_to(
    apart: Apart, processes: tuple[TestClient, TestClient]
) -> None:
    one, two = processes
    store, watch = SqlStore.connect(two.app[DATABASE]), {"conversation_id": apart.customer.conversation_id, "after": 0}
    async with consoles() as connect:
        dewi = await signed_in(one, store, "dewi")
        console = await connect(dewi)
        assert (await console.call("watch", watch))["viewers"] == ["Dewi", "Rina"]
        await apart.console.until(lambda: apart.console.of("viewers_changed")[-1]["viewers"] == ["Dewi", "Rina"])
        for browser in (apart.rina, dewi):
            assert (await browser.call("GET", apart.path)).body["viewers"] == ["Dewi", "Rina"]
        await console.call("unwatch", {})
        await apart.console.until(lambda: apart.console.of("viewers_changed")[-1]["viewers"] == ["Rina"])
    await store.close()


async def test_without_redis_the_viewers_of_this_process_are_named_all_the_same() -> None:
    nowhere = RedisViewers("redis://127.0.0.1:9/0")
    viewers = Viewers(nowhere)
    await viewers.watch("s1", "c1", Viewer("1", "Rina"))
    assert await viewers.names("c1") == ["Rina"]
    await viewers.leave("s1")
    assert await viewers.names("c1") == []
    await viewers.close()
