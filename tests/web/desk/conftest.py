"""The web application as staff use it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from tests.staffing import Browser, Client, quick_hasher, signed_in
from tests.web.desk.consoles import Connect, consoles


@pytest.fixture
async def desk_client(settings: Settings) -> AsyncIterator[Client]:
    """A client that keeps no cookies, so that several browsers can share it."""
    async with TestClient(
        TestServer(make_web_app(settings, hasher=quick_hasher())), cookie_jar=DummyCookieJar()
    ) as client:
        yield client


@pytest.fixture
async def agent(desk_client: Client, store: SqlStore) -> Browser:
    """The browser of an agent who is signed in."""
    return await signed_in(desk_client, store, "rina")


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Opens consoles for browsers."""
    async with consoles() as connect:
        yield connect
