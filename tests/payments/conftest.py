"""A Midtrans of our own, and the way to pay that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.payments.midtrans import MidtransSnap
from bot.payments.midtrans_api import MidtransApi
from tests.fakes import FakeClock
from tests.payments.midtrans_server import KEY, MidtransServer, serving


@pytest.fixture
async def server() -> AsyncIterator[MidtransServer]:
    """In good health."""
    async with serving(MidtransServer()) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """As the web process has one."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def clock() -> FakeClock:
    """Monday, 2 March 2026, 16:00 in Jakarta."""
    return FakeClock()


@pytest.fixture
def midtrans(server: MidtransServer, session: aiohttp.ClientSession, clock: FakeClock) -> MidtransSnap:
    """With the right key."""
    api = MidtransApi(lambda: session, server.url, KEY, timeout=5)
    return MidtransSnap(api, api, clock)
