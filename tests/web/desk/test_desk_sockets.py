"""The socket of the desk over real Socket.IO; who is refused is generated from the events that it answers to."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import Any

import pytest
import socketio

from bot.helpdesk.staff import Role
from bot.store.unit_of_work import SqlStore
from bot.web.desk.sockets import DESK_SOCKETS
from tests.staffing import Browser, Client, signed_in
from tests.web.conftest import Customer, FakeRasa, open_conversation
from tests.web.desk.consoles import Connect, DeskSocket
from tests.web.desk.test_conversations import HANDOFF

EVENTS = ("heartbeat", "watch", "unwatch", "typing")


@pytest.fixture
async def customer(desk_client: Client) -> Customer:
    return await open_conversation(desk_client)


@pytest.fixture
async def waiting(customer: Customer, rasa: tuple[FakeRasa, str]) -> Customer:
    rasa[0].body = {"intent": "minta_manusia", "confidence": 0.9, "entities": [], "replies": [HANDOFF]}
    await customer.send("mau bicara dengan staf")
    await customer.answers(1)
    return customer


async def test_the_table_of_events_is_whole(desk_client: Client) -> None:
    """What a console may say is tried below."""
    assert desk_client.app is not None
    assert tuple(desk_client.app[DESK_SOCKETS].events()) == EVENTS


def payload(event: str, conversation_id: str) -> dict[str, Any]:
    return {} if event in {"heartbeat", "unwatch"} else {"conversation_id": conversation_id, "active": True}


@pytest.mark.parametrize("event", EVENTS)
async def test_without_a_session_or_the_role_there_is_no_socket_to_ask(
    desk_client: Client, store: SqlStore, connect: Any, customer: Customer, event: str
) -> None:
    trainer = await signed_in(desk_client, store, "sari", Role.TRAINER)
    agent = await signed_in(desk_client, store, "rina")
    tries = [
        (Browser(desk_client), {}, "not_signed_in"),
        (Browser(desk_client, "tebakan"), {}, "not_signed_in"),
        (trainer, {}, "forbidden"),
        (agent, {"Origin": "https://toko.example"}, "cross_site"),
    ]
    for browser, headers, code in tries:
        socket = DeskSocket()
        with pytest.raises(socketio.exceptions.ConnectionError):
            await connect(browser, socket, **headers)
        assert [(refusal["message"], refusal["data"]["code"]) for refusal in socket.refused] == [(code, code)]
        with pytest.raises(socketio.exceptions.BadNamespaceError):
            await socket.client.emit(event, payload(event, customer.conversation_id), namespace="/desk")
    # The customers' namespace answers to none of these but its own typing, and that wants a token.
    plain = socketio.AsyncClient(reconnection=False)
    await plain.connect(str(desk_client.make_url("")), transports=["websocket"])
    with pytest.raises(socketio.exceptions.BadNamespaceError):
        await plain.call(event, payload(event, customer.conversation_id), namespace="/desk", timeout=5)
    await plain.disconnect()


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("how", ["signed out", "disabled", "another role"])
async def test_once_the_session_has_ended_every_event_is_refused_and_the_socket_closed(  # noqa: PLR0917
    agent: Browser, store: SqlStore, connect: Connect, customer: Customer, event: str, how: str
) -> None:
    socket = await connect(agent)
    assert agent.staff is not None
    async with store.begin() as work:  # behind the back of this process: it is not told
        if how == "signed out":
            await work.staff_sessions.end_all(agent.staff.id)
        elif how == "disabled":
            await work.staff.set_disabled(agent.staff.id, datetime.now(timezone.utc))
        else:
            await work.staff.set_roles(agent.staff.id, [Role.TRAINER])
        await work.commit()
    answer = await socket.call(event, payload(event, customer.conversation_id))
    assert (answer["ok"], answer["error"]["code"]) == (False, "not_signed_in")
    await socket.until(lambda: not socket.client.connected)
    assert socket.of("signed_out") == [{}]


async def test_a_socket_that_only_listens_is_thrown_out_as_well(
    agent: Browser, desk_client: Client, store: SqlStore, connect: Connect
) -> None:
    socket = await connect(agent)
    assert agent.staff is not None
    async with store.begin() as work:
        await work.staff_sessions.end_all(agent.staff.id)
        await work.commit()
    assert desk_client.app is not None
    await desk_client.app[DESK_SOCKETS].look_again()
    await socket.until(lambda: not socket.client.connected)


async def test_signing_out_ends_the_socket(agent: Browser, connect: Connect) -> None:
    socket = await connect(agent)
    assert (await agent.call("DELETE", "/session")).status == 204
    await socket.until(lambda: not socket.client.connected)
    assert socket.of("signed_out") == [{}]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("data", [None, [], "x", 5], ids=repr)
async def test_a_payload_that_is_no_object_is_refused(agent: Browser, connect: Connect, event: str, data: Any) -> None:
    socket = await connect(agent)
    assert (await socket.call(event, data))["error"]["code"] == "invalid_message"


@pytest.mark.parametrize("event", ["watch", "typing"])
@pytest.mark.parametrize("key", [None, 5, "", "tidak-ada", "a\x00b", "x" * 100], ids=repr)
async def test_unknown_conversations_are_not_found(agent: Browser, connect: Connect, event: str, key: Any) -> None:
    socket = await connect(agent)
    assert (await socket.call(event, {"conversation_id": key, "active": True}))["error"]["code"] == "not_found"


async def test_typing_is_for_ones_own_conversations(
    agent: Browser, waiting: Customer, desk_client: Client, store: SqlStore, connect: Connect
) -> None:
    dewi = await signed_in(desk_client, store, "dewi")
    mine, hers = await connect(agent), await connect(dewi)
    typing = {"conversation_id": waiting.conversation_id, "active": True}
    assert (await mine.call("typing", typing))["error"]["code"] == "wrong_state"  # nobody's
    await dewi.call("POST", f"/conversations/{waiting.conversation_id}/accept", {})
    refused = (await mine.call("typing", typing))["error"]
    assert (refused["code"], refused["data"]["agent_name"]) == ("conversation_taken", "Dewi")
    assert (await hers.call("typing", typing))["ok"] is True


async def test_typing_goes_both_ways(agent: Browser, waiting: Customer, desk_client: Client, connect: Connect) -> None:
    desk = await connect(agent)
    await agent.call("POST", f"/conversations/{waiting.conversation_id}/accept", {})
    await desk.call("watch", {"conversation_id": waiting.conversation_id, "after": 0})
    heard: list[Any] = []
    widget = socketio.AsyncClient(reconnection=False)
    widget.on("typing", heard.append)
    await widget.connect(str(desk_client.make_url("")), transports=["websocket"])
    await widget.call("conversation_join", {"token": waiting.token, "after": 0})
    await widget.call("typing", {"active": True})
    await desk.until(lambda: bool(desk.of("typing")))
    assert desk.of("typing")[-1] == {
        "conversation_id": waiting.conversation_id,
        "sender": "customer",
        "active": True,
    }
    await desk.call("typing", {"conversation_id": waiting.conversation_id, "active": True})
    for _ in range(100):
        if heard:
            break
        await asyncio.sleep(0.05)
    assert heard == [{"sender": "agent", "active": True}]
    await widget.disconnect()


async def test_consoles_hear_of_a_new_request_and_watchers_of_each_message(
    agent: Browser, customer: Customer, rasa: tuple[FakeRasa, str], connect: Connect, store: SqlStore
) -> None:
    watching, other = await connect(agent), await connect(await signed_in(agent.client, store, "dewi"))
    watched = await watching.call("watch", {"conversation_id": customer.conversation_id, "after": 0})
    assert watched == {"ok": True, "messages": [], "state": "bot", "viewers": ["Rina"]}
    rasa[0].body = {"intent": "minta_manusia", "confidence": 0.9, "entities": [], "replies": [HANDOFF]}
    await customer.send("mau bicara dengan staf")
    await other.until(lambda: bool(other.of("queue_new")))
    row = other.of("queue_new")[0]["conversation"]
    assert (row["id"], row["state"], row["place"]) == (customer.conversation_id, "queue", 1)
    await other.until(lambda: any(e["conversation"]["state"] == "queue" for e in other.of("conversation_changed")))
    assert all(event["counts"] is None for event in other.of("conversation_changed"))
    await watching.until(lambda: len(watching.of("message_new")) >= 2)
    first = watching.of("message_new")[0]
    assert (first["conversation_id"], first["seq"], first["intent"]) == (customer.conversation_id, 1, None)
    assert watching.of("message_new")[1]["intent"] == "minta_manusia"
    assert other.of("message_new") == []


async def test_who_else_is_looking(
    agent: Browser, customer: Customer, desk_client: Client, store: SqlStore, connect: Connect
) -> None:
    mine, hers = await connect(agent), await connect(await signed_in(desk_client, store, "dewi"))
    second = await open_conversation(desk_client)
    here = {"conversation_id": customer.conversation_id, "after": 0}
    assert (await mine.call("watch", here))["viewers"] == ["Rina"]
    assert (await hers.call("watch", here))["viewers"] == ["Dewi", "Rina"]
    detail = await agent.call("GET", f"/conversations/{customer.conversation_id}")
    assert detail.body["viewers"] == ["Dewi", "Rina"]
    await hers.call("watch", {"conversation_id": second.conversation_id, "after": 0})
    await mine.until(
        lambda: mine.of("viewers_changed")[-1:] == [{"conversation_id": customer.conversation_id, "viewers": ["Rina"]}]
    )
    await hers.call("watch", here)
    await hers.client.disconnect()
    await mine.until(lambda: mine.of("viewers_changed")[-1]["viewers"] == ["Rina"])
    assert await mine.call("unwatch", {}) == {"ok": True}
    assert (await agent.call("GET", f"/conversations/{customer.conversation_id}")).body["viewers"] == []


async def test_reading_and_presence_are_told(agent: Browser, waiting: Customer, connect: Connect) -> None:
    socket = await connect(agent)
    assert (await socket.call("heartbeat", {}))["ok"] is True
    await agent.call("PUT", "/me/presence", {"presence": "away"})
    await socket.until(lambda: bool(socket.of("presence_changed")))
    assert socket.of("presence_changed")[-1]["agents"][0]["presence"] == "away"
    assert (await socket.call("heartbeat", {}))["presence"] == "away"
    await agent.call("PUT", "/me/presence", {"presence": "online"})
    await agent.call("POST", f"/conversations/{waiting.conversation_id}/accept", {})
    await socket.call("watch", {"conversation_id": waiting.conversation_id, "after": 0})
    await agent.call("PUT", f"/conversations/{waiting.conversation_id}/read", {"seq": 2})
    await socket.until(lambda: bool(socket.of("read_changed")))
    assert socket.of("read_changed")[-1] == {
        "conversation_id": waiting.conversation_id,
        "customer_delivered_seq": 0,
        "customer_read_seq": 0,
        "agent_read_seq": 2,
    }
