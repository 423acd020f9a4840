"""Who may connect to the desk's socket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

import pytest
import socketio
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.errors import HelpdeskError
from bot.helpdesk.staff import Permission, Role
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from bot.web.desk.ending import DeskSessionNotifier, session_room
from bot.web.desk.socket_auth import authenticate
from bot.web.routing import declare
from tests.staffing import Browser, Client, signed_in

PATH = "uji.io"


class Desk(socketio.AsyncNamespace):
    """The least that a namespace does with `authenticate`."""

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            session = await authenticate(environ)
        except HelpdeskError as error:
            raise socketio.exceptions.ConnectionRefusedError(error.code) from error
        await self.enter_room(sid, session_room(session.session_id))


@pytest.fixture
def sio() -> socketio.AsyncServer:
    return socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")


@pytest.fixture
async def desk_client(settings: Settings, sio: socketio.AsyncServer) -> AsyncIterator[Client]:
    app = make_web_app(settings)
    sio.register_namespace(Desk("/desk"))
    sio.attach(app, PATH)
    for resource in app.router.resources():
        if resource.canonical == f"/{PATH}/":
            declare(app, resource, Permission.PUBLIC)
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        yield client


async def connect(browser: Browser, **headers: str | None) -> tuple[socketio.AsyncClient, str | None]:
    """The client, and the code with which it was refused (none: it is in)."""
    refused: list[Any] = []
    client = socketio.AsyncClient(reconnection=False)
    client.on("connect_error", refused.append, namespace="/desk")
    try:
        await client.connect(
            browser.origin,
            sent_by(browser, headers),
            transports=["websocket"],
            namespaces=["/desk"],
            socketio_path=PATH,
            wait_timeout=5,
        )
    except socketio.exceptions.ConnectionError:
        await client.disconnect()
        return client, refused[0]["message"]
    return client, None


async def poll(browser: Browser, **headers: str | None) -> str:
    """What a browser without WebSockets hears after asking to connect; its first request has the given headers."""
    path = f"/{PATH}/?EIO=4&transport=polling"
    async with browser.client.get(path, headers=sent_by(browser, headers)) as response:
        path += "&sid=" + json.loads((await response.text())[1:])["sid"]
    async with browser.client.post(path, data="40/desk,", headers=sent_by(browser, {})) as response:
        assert response.status == 200
    async with browser.client.get(path, headers=sent_by(browser, headers)) as response:
        heard = await response.text()
    async with browser.client.post(path, data="1") as response:  # done
        assert response.status == 200
    return heard


def sent_by(browser: Browser, headers: dict[str, str | None]) -> dict[str, str]:
    own = {"Origin": browser.origin, "Cookie": f"helpdesk_session={browser.token}", **headers}
    return {name.replace("_", "-"): value for name, value in own.items() if value is not None}


async def test_an_agents_browser_connects(agent: Browser) -> None:
    client, refused = await connect(agent)
    assert refused is None
    await client.disconnect()


async def test_a_polling_browser_connects_though_its_first_request_has_no_origin(agent: Browser) -> None:
    for headers in ({"Sec_Fetch_Site": "same-origin"}, {"Referer": f"{agent.origin}/desk/"}):
        assert (await poll(agent, Origin=None, **headers)).startswith("40/desk,")
    for headers in ({"Sec_Fetch_Site": "cross-site"}, {"Referer": "https://toko.example/"}, {}):
        heard = await poll(agent, Origin=None, **headers)
        assert heard.startswith("44/desk,")
        assert "cross_site" in heard


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "https://toko.example"}, "cross_site"),
        ({"Origin": "null"}, "cross_site"),
        ({"Origin": None}, "cross_site"),
        ({"Cookie": None}, "not_signed_in"),
        ({"Cookie": "helpdesk_session=tebakan"}, "not_signed_in"),
    ],
)
async def test_others_are_refused(agent: Browser, headers: dict[str, str | None], code: str) -> None:
    assert (await connect(agent, **headers))[1] == code


async def test_an_account_that_does_not_serve_is_refused(desk_client: Client, store: SqlStore) -> None:
    trainer = await signed_in(desk_client, store, "tari", Role.TRAINER)
    assert (await connect(trainer))[1] == "forbidden"


async def test_sockets_of_an_ended_session_are_told_and_thrown_out(
    agent: Browser, desk_client: Client, store: SqlStore, sio: socketio.AsyncServer
) -> None:
    other = await signed_in(desk_client, store, "dewi")
    (mine, _), (others, _) = await connect(agent), await connect(other)
    told: list[Any] = []
    mine.on("signed_out", told.append, namespace="/desk")
    await DeskSessionNotifier(sio).sessions_ended([id_of(agent), "unknown"])
    await mine.wait()
    assert told == [{}]
    assert others.connected
    await others.disconnect()


def id_of(browser: Browser) -> str:
    """The session's id."""
    return sha256(str(browser.token).encode()).hexdigest()
