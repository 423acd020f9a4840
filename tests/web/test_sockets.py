"""The socket protocol over real Socket.IO."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import socketio
from aiohttp.test_utils import TestClient

from tests.web.conftest import Customer, FakeRasa, open_conversation


class Socket:
    """A client that keeps everything it receives."""

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

    async def call(self, event: str, data: Any) -> Any:
        return await self.client.call(event, data, timeout=10)


@pytest.fixture
async def sockets(client: TestClient) -> AsyncIterator[Callable[[], Any]]:
    opened: list[Socket] = []

    async def connect() -> Socket:
        socket = Socket()
        await socket.client.connect(str(client.make_url("")), transports=["websocket"])
        opened.append(socket)
        return socket

    yield connect
    for socket in opened:
        await socket.client.disconnect()


async def test_a_joined_client_sends_and_hears_the_answer(sockets: Any, customer: Customer) -> None:
    socket = await sockets()
    joined = await socket.call("conversation_join", {"token": customer.token, "after": 0})
    assert joined == {
        "ok": True,
        "conversation_id": customer.conversation_id,
        "messages": [],
        "owner": "bot",
        "agent_name": None,
        "closed": False,
        "queue": None,
        "agent_read_seq": 0,
    }
    sent = await socket.call("message_send", {"client_message_id": "a", "text": "halo"})
    assert (sent["ok"], sent["seq"], sent["duplicate"]) == (True, 1, False)
    again = await socket.call("message_send", {"client_message_id": "a", "text": "halo"})
    assert (again["seq"], again["duplicate"]) == (1, True)
    await socket.until(lambda: len(socket.of("message_new")) == 2)
    assert [m["seq"] for m in socket.of("message_new")] == [1, 2]
    assert socket.of("message_new")[1]["reply_to"] == 1
    await socket.until(lambda: len(socket.of("typing")) == 2)
    assert [t["active"] for t in socket.of("typing")] == [True, False]


async def test_a_client_that_comes_back_gets_what_it_missed(sockets: Any, customer: Customer) -> None:
    await customer.send("satu")
    await customer.answers(1)
    socket = await sockets()
    joined = await socket.call("conversation_join", {"token": customer.token, "after": 1})
    assert [m["seq"] for m in joined["messages"]] == [2]


@pytest.mark.parametrize(
    ("event", "data", "code"),
    [
        ("conversation_join", {"token": "palsu"}, "unauthorized"),
        ("conversation_join", {}, "unauthorized"),
        ("conversation_join", "halo", "invalid_message"),
        ("conversation_join", {"token": None, "after": 0}, "unauthorized"),
        ("message_send", {"client_message_id": "a", "text": "halo"}, "not_joined"),
        ("typing", {"active": True}, "not_joined"),
        ("message_send", None, "invalid_message"),
    ],
)
async def test_what_cannot_be_done_is_acknowledged_with_its_error(
    sockets: Any, event: str, data: Any, code: str
) -> None:
    answer = await (await sockets()).call(event, data)
    assert answer["ok"] is False
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "invalid_message"), (5, "invalid_message"), ("a" * 1001, "message_too_long"), ("\x00", "invalid_message")],
)
async def test_a_bad_message_is_refused_with_its_reason(
    sockets: Any, customer: Customer, text: object, code: str
) -> None:
    socket = await sockets()
    await socket.call("conversation_join", {"token": customer.token})
    answer = await socket.call("message_send", {"client_message_id": "a", "text": text})
    assert answer["error"]["code"] == code


@pytest.mark.parametrize("after", [-1, "1", 1.5, True, 2**40])
async def test_after_must_be_a_sequence_number(sockets: Any, customer: Customer, after: object) -> None:
    answer = await (await sockets()).call("conversation_join", {"token": customer.token, "after": after})
    assert answer["error"]["code"] == "invalid_message"


async def test_a_conversation_is_heard_only_by_who_joined_it(
    sockets: Any, client: TestClient, customer: Customer
) -> None:
    other = await open_conversation(client)
    listener = await sockets()
    await listener.call("conversation_join", {"token": other.token})
    await customer.send("rahasia")
    await customer.answers(1)
    assert listener.of("message_new") == []


async def test_joining_another_conversation_leaves_the_first(
    sockets: Any, client: TestClient, customer: Customer
) -> None:
    other = await open_conversation(client)
    socket = await sockets()
    await socket.call("conversation_join", {"token": customer.token})
    await socket.call("conversation_join", {"token": other.token})
    await customer.send("halo")
    await customer.answers(1)
    assert socket.of("message_new") == []


async def test_typing_reaches_the_other_device_and_not_the_sender(sockets: Any, customer: Customer) -> None:
    here, there = await sockets(), await sockets()
    for socket in (here, there):
        await socket.call("conversation_join", {"token": customer.token})
    assert await here.call("typing", {"active": True}) == {"ok": True}
    await there.until(lambda: there.of("typing") == [{"sender": "customer", "active": True}])
    assert here.of("typing") == []


# The events of Rasa's own channel


async def test_a_rasa_client_gets_a_session_and_its_answer_in_the_shape_it_knows(sockets: Any) -> None:
    socket = await sockets()
    await socket.client.emit("session_request", {"session_id": None})
    await socket.until(lambda: bool(socket.of("session_confirm")))
    session = socket.of("session_confirm")[0]
    assert isinstance(session, str)
    await socket.client.emit("user_uttered", {"message": None, "session_id": session})  # no initial payload
    await socket.client.emit("user_uttered", {"message": "halo", "session_id": session, "customData": {"a": 1}})
    await socket.until(lambda: bool(socket.of("bot_uttered")))
    (said,) = socket.of("bot_uttered")
    assert set(said) - {"metadata"} == {"text", "quick_replies"}
    assert said["text"] == "gema: halo"
    assert said["quick_replies"] == [{"content_type": "text", "title": "Cara bayar", "payload": "/cara_bayar"}]
    assert said["metadata"]["clauses"] == ["H13"]


async def test_a_rasa_client_that_was_away_gets_the_answer_it_missed_once(
    sockets: Any, rasa: tuple[FakeRasa, str]
) -> None:
    first = await sockets()
    await first.client.emit("session_request", {})
    await first.until(lambda: bool(first.of("session_confirm")))
    session = first.of("session_confirm")[0]
    rasa[0].delay = 0.6
    await first.client.emit("user_uttered", {"message": "halo", "session_id": session})
    while not rasa[0].turns:
        await asyncio.sleep(0.02)
    await first.client.disconnect()
    await asyncio.sleep(1.2)
    for missed in (1, 0):
        back = await sockets()
        await back.client.emit("session_request", {"session_id": session})
        await back.until(lambda back=back: bool(back.of("session_confirm")))
        await asyncio.sleep(0.3)
        assert back.of("session_confirm") == [session]
        assert len(back.of("bot_uttered")) == missed
        await back.client.disconnect()


@pytest.mark.parametrize("given", ["tebakan", 7, {"a": 1}, ""])
async def test_a_made_up_session_gets_a_new_conversation(sockets: Any, given: object) -> None:
    socket = await sockets()
    await socket.client.emit("session_request", {"session_id": given})
    await socket.until(lambda: bool(socket.of("session_confirm")))
    assert socket.of("session_confirm")[0] != given


@pytest.mark.parametrize("data", [{"message": "halo"}, {"message": "halo", "session_id": "x"}, {"message": ""}])
async def test_an_error_is_seen_by_a_rasa_client(sockets: Any, data: dict[str, Any]) -> None:
    socket = await sockets()
    await socket.client.emit("user_uttered", data)
    await socket.until(lambda: bool(socket.of("bot_uttered")))
    assert socket.of("bot_uttered")[0]["text"]
