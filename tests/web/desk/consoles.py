"""Consoles of support agents over real Socket.IO."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

import socketio

from tests.staffing import Browser


class DeskSocket:
    """A console that keeps everything it hears."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.received: list[tuple[str, Any]] = []
        self.refused: list[Any] = []
        self.client.on("*", self._keep, namespace="/desk")
        self.client.on("connect_error", self.refused.append, namespace="/desk")

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
        return await self.client.call(event, data, namespace="/desk", timeout=10)


class Connect(Protocol):
    """Opens the socket of a browser; `headers` replace those that a page sends."""

    async def __call__(self, browser: Browser, socket: DeskSocket | None = None, **headers: str) -> DeskSocket: ...


@asynccontextmanager
async def consoles() -> AsyncIterator[Connect]:
    """Connects sockets of the desk, and closes them in the end."""
    opened: list[DeskSocket] = []

    async def connected(browser: Browser, socket: DeskSocket | None = None, **headers: str) -> DeskSocket:
        socket = socket or DeskSocket()
        opened.append(socket)
        sent = {"Origin": browser.origin, **headers}
        if browser.token:
            sent["Cookie"] = f"helpdesk_session={browser.token}"
        await socket.client.connect(
            browser.origin, sent, transports=["websocket"], namespaces=["/desk"], wait_timeout=5
        )
        return socket

    yield connected
    for socket in opened:
        await socket.client.disconnect()
