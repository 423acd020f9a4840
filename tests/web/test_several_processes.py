"""Two web processes over one database and one Redis: what one stores, the other's clients hear."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis.asyncio
import socketio
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.settings import Settings
from tests.databases import STRICT, fresh_database
from tests.templates import Templates
from tests.web.conftest import RASA_TOKEN, FakeRasa, open_conversation

pytestmark = pytest.mark.services
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
