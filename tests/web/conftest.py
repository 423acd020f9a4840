"""The web application with a fake Rasa behind it, over HTTP and Socket.IO."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.settings import Settings

RASA_TOKEN = "rahasia-antar-proses"


@dataclass
class FakeRasa:
    """A server that speaks like bot.nlu.channel: echoes, and fails as long as `status` is not 200."""

    status: int = 200
    body: Any = None
    delay: float = 0.0
    turns: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/webhooks/helpdesk/turn", self._turn)
        app.router.add_get("/status", self._status)
        app.router.add_get("/health", self._status)
        return app

    async def _status(self, request: web.Request) -> web.Response:
        return web.json_response({}, status=self.status)

    async def _turn(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {RASA_TOKEN}"
        turn = await request.json()
        self.turns.append(turn)
        await asyncio.sleep(self.delay)
        if self.status != 200:
            return web.json_response({"error": "unavailable"}, status=self.status)
        if self.body is not None:
            return web.json_response(self.body)
        reply = {
            "text": f"gema: {turn['text']}",
            "buttons": [{"title": "Cara bayar", "payload": "/cara_bayar"}],
            "outcome": "answer",
            "clauses": ["H13"],
        }
        return web.json_response({"intent": "gema", "confidence": 0.9, "entities": [], "replies": [reply]})


@dataclass
class Customer:
    """A customer over HTTP."""

    client: TestClient
    conversation_id: str
    token: str

    @property
    def path(self) -> str:
        return f"/api/v1/conversations/{self.conversation_id}/messages"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, text: object, client_message_id: object = None) -> tuple[int, Any]:
        body = {"client_message_id": client_message_id or uuid.uuid4().hex, "text": text}
        async with self.client.post(self.path, json=body, headers=self.headers) as response:
            return response.status, await response.json()

    async def read(self, after: int = 0, wait: float = 0) -> dict[str, Any]:
        query = {"after": str(after), "wait": str(wait)}
        async with self.client.get(self.path, params=query, headers=self.headers) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def answers(self, count: int) -> list[dict[str, Any]]:
        """The bot's messages, once there are `count` of them."""
        for _ in range(100):
            said = [m for m in (await self.read())["messages"] if m["sender"] == "bot"]
            if len(said) >= count:
                return said
            await asyncio.sleep(0.05)
        raise AssertionError(f"{count} answers never came")


@pytest.fixture
async def rasa() -> AsyncIterator[tuple[FakeRasa, str]]:
    fake = FakeRasa()
    async with TestServer(fake.app()) as server:
        yield fake, str(server.make_url("")).rstrip("/")


@pytest.fixture
def settings(database_url: str, rasa: tuple[FakeRasa, str]) -> Settings:
    return Settings(
        database_url=database_url,
        rasa_url=rasa[1],
        rasa_token=RASA_TOKEN,
        actions_url=rasa[1],
        secret_key="kunci-uji",
        brain_timeout=2.0,
        brain_patience=60.0,
    )


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(make_web_app(settings))) as client:
        yield client


@pytest.fixture
async def customer(client: TestClient) -> Customer:
    return await open_conversation(client)


async def open_conversation(client: TestClient) -> Customer:
    """A new customer."""
    async with client.post("/api/v1/conversations") as response:
        assert response.status == 201
        body = await response.json()
    return Customer(client, body["conversation_id"], body["token"])
