"""Every route has a permission, and refuses whoever lacks it: generated from the tables of routes."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timezone
from pathlib import Path

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.bootstrap import make_web_app
from bot.helpdesk.conversation import Conversation
from bot.helpdesk.staff import Permission, Role, permissions_of
from bot.settings import Settings
from bot.store.engine import make_engine
from bot.store.unit_of_work import SqlStore
from bot.web.app import ROUTES, make_app
from bot.web.desk.routes import DESK_ROUTES
from bot.web.routing import PERMISSIONS, Route
from tests.staffing import Answer, Browser, Client, add_staff, open_session, signed_in

WITH_ACCOUNT = [route for route in DESK_ROUTES if route.permission is not Permission.SIGN_IN]
CHANGES = [route for route in DESK_ROUTES if route.method != "GET"]
OWN = [route for route in DESK_ROUTES if route.own_conversation]
# Whatever a route of the desk reads, so that a refusal is none of the body.
BODY = {
    "client_message_id": "uji-1",
    "text": "halo",
    "note": "catatan",
    "reason": "solved",
    "seq": 0,
    "username": "rina",
    "password": "kuda-nil biru 77",
}


def at(route: Route, conversation_id: str = "") -> str:
    """The route's address with something in place of its parameters."""
    return re.sub(r"{[^}]+}", conversation_id or str(uuid.uuid4()), route.path)


async def surprises(
    routes: Iterable[Route], browser: Browser, expected: tuple[int, str], **headers: str | None
) -> list[tuple[str, str, Answer]]:
    """Routes that answer otherwise than with the expected status and code."""
    found = []
    for route in routes:
        body = None if route.method == "GET" else BODY
        answer = await browser.call(route.method, at(route), body, **headers)
        if (answer.status, answer.code) != expected:
            found.append((route.method, route.path, answer))
    return found


def is_declared(app: web.Application, route: web.AbstractRoute) -> bool:
    return isinstance(app[PERMISSIONS].get(route), Permission)


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A built front end."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "desk").mkdir()
    for name in ("index.html", "widget.js", "desk/index.html"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_no_route_is_without_a_permission(settings: Settings, static: Path) -> None:
    for app in (make_web_app(settings), make_app("*", static)):
        routes = list(app.router.routes())
        assert len(routes) > len(ROUTES) + len(DESK_ROUTES)
        assert [route for route in routes if not is_declared(app, route)] == []


def test_the_desk_asks_for_an_account_everywhere_but_at_sign_in() -> None:
    open_to_all = [r for r in DESK_ROUTES if r.permission in {Permission.PUBLIC, Permission.CUSTOMER}]
    assert open_to_all == []
    assert [r.path for r in DESK_ROUTES if r.permission is Permission.SIGN_IN] == ["/api/desk/v1/session"]
    assert all(r.path.startswith("/api/desk/v1/") for r in DESK_ROUTES)
    assert all("{id}" in r.path for r in OWN)


async def test_a_route_that_declares_nothing_is_refused_to_everybody(settings: Settings, store: SqlStore) -> None:
    async def forgotten(request: web.Request) -> web.Response:
        return web.json_response({"secret": 1})

    app = make_web_app(settings)
    app.router.add_get("/api/desk/v1/forgotten", forgotten)
    assert not all(is_declared(app, route) for route in app.router.routes())
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        admin = await signed_in(client, store, "admin", *Role)
        assert (await admin.call("GET", "/forgotten")).code == "forbidden"


async def test_without_a_live_session_every_route_says_so(desk_client: Client, store: SqlStore) -> None:
    refused = (401, "not_signed_in")
    assert len(WITH_ACCOUNT) >= 7
    for token in (None, "tebakan", "x" * 5000, "é"):
        assert await surprises(WITH_ACCOUNT, Browser(desk_client, token), refused) == []
    staff = await add_staff(store, "pergi")
    opened = await open_session(store, staff)
    async with store.begin() as work:
        await work.staff.set_disabled(staff.id, datetime.now(timezone.utc))
        await work.commit()
    disabled = Browser(desk_client, opened.token, opened.session.csrf_token)
    assert await surprises(WITH_ACCOUNT, disabled, refused) == []


async def test_the_id_of_a_session_is_no_cookie(desk_client: Client, store: SqlStore) -> None:
    """Who reads the table cannot sign in with it."""
    opened = await open_session(store, await add_staff(store, "rina"))
    stolen = Browser(desk_client, opened.session.session_id, opened.session.csrf_token)
    assert (await stolen.call("GET", "/session")).code == "not_signed_in"


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
async def test_every_route_is_refused_to_roles_without_its_permission(
    desk_client: Client, store: SqlStore, role: Role
) -> None:
    browser = await signed_in(desk_client, store, "rina", role)
    allowed = permissions_of([role])
    not_for_me = [route for route in WITH_ACCOUNT if route.permission not in allowed]
    assert bool(not_for_me) == (role is not Role.ADMIN)
    assert await surprises(not_for_me, browser, (403, "forbidden")) == []
    # And the others are not refused, as far as reading changes nothing.
    for route in WITH_ACCOUNT:
        if route.permission in allowed and route.method == "GET":
            assert (await browser.call("GET", at(route))).status not in {401, 403, 500}, route.path


async def test_no_change_without_the_csrf_token_of_the_session(desk_client: Client, store: SqlStore) -> None:
    admin = await signed_in(desk_client, store, "admin", *Role)
    other = await signed_in(desk_client, store, "rina")
    changes = [route for route in CHANGES if route.permission is not Permission.SIGN_IN]
    for csrf in (None, "", "tebakan", other.csrf_token, "é", f"{admin.csrf_token}x"):
        assert await surprises(changes, admin, (403, "cross_site"), X_CSRF_Token=csrf) == []
    assert (await admin.call("GET", "/session")).status == 200  # nothing of it was done


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://toko.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1.toko.example"},
        {"Origin": None},
        {"Origin": None, "Sec_Fetch_Site": "cross-site"},
        {"Origin": None, "Sec_Fetch_Site": "same-site"},
        {"Origin": None, "Referer": "https://toko.example/desk/"},
        {"Origin": "https://toko.example", "Sec_Fetch_Site": "same-origin"},
    ],
    ids=str,
)
async def test_no_change_from_pages_of_others(
    desk_client: Client, store: SqlStore, headers: dict[str, str | None]
) -> None:
    admin = await signed_in(desk_client, store, "admin", *Role)
    assert await surprises(CHANGES, admin, (403, "cross_site"), **headers) == []
    assert (await admin.call("GET", "/session")).status == 200


async def test_our_own_pages_are_recognised_by_what_browsers_send(agent: Browser) -> None:
    for headers in (
        {"Origin": None, "Sec_Fetch_Site": "same-origin"},
        {"Origin": None, "Referer": f"{agent.origin}/desk/"},
    ):
        assert (await agent.call("POST", "/me/totp", **headers)).status == 200


@pytest.fixture
async def others_conversation(store: SqlStore, database_url: str) -> AsyncIterator[str]:
    """A conversation that another agent has."""
    other = await add_staff(store, "dewi")
    async with store.begin() as work:
        await work.conversations.add(Conversation(id="percakapan-dewi", created_at=datetime.now(timezone.utc)))
        await work.commit()
    engine = make_engine(database_url)
    async with engine.begin() as connection:
        taken = text("UPDATE conversation SET owner = 'agent', agent_id = :id WHERE id = 'percakapan-dewi'")
        await connection.execute(taken, {"id": other.id})
    await engine.dispose()
    yield "percakapan-dewi"


@pytest.mark.parametrize("route", OWN, ids=lambda route: f"{route.method} {route.path}")
async def test_another_agents_conversation_is_refused(
    agent: Browser, store: SqlStore, others_conversation: str, route: Route
) -> None:
    third = await add_staff(store, "sari")
    body = None if route.method == "GET" else {**BODY, "to": third.id}
    answer = await agent.call(route.method, at(route, others_conversation), body)
    assert (answer.status, answer.code) in {(409, "conversation_taken"), (403, "forbidden")}


async def test_customers_routes_ask_for_the_conversations_token(desk_client: Client) -> None:
    customers = [route for route in ROUTES if route.permission is Permission.CUSTOMER]
    assert customers
    for token in (None, "Bearer tebakan", "Basic eDp5"):
        assert await surprises(customers, Browser(desk_client), (401, "unauthorized"), Authorization=token) == []
