"""Signing in and out over HTTP."""

from __future__ import annotations

from dataclasses import replace

import argon2
import pyotp
import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.helpdesk.staff import Role
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from tests.staffing import PASSWORD, Browser, Client, add_staff, open_session, quick_hasher, signed_in


async def test_signing_in_opens_the_desk_and_signing_out_closes_it(desk_client: Client, store: SqlStore) -> None:
    staff = await add_staff(store, "rina", Role.AGENT, Role.TRAINER)
    browser = Browser(desk_client)
    assert (await browser.call("GET", "/session")).code == "not_signed_in"
    answer = await browser.sign_in("Rina ")
    assert answer.status == 200
    assert answer.body["me"] == {
        "id": staff.id,
        "username": "rina",
        "display_name": "Rina",
        "roles": ["agent", "trainer"],
        "permissions": ["serve", "signed_in", "train"],
        "presence": "offline",
        "max_chats": None,
        "has_totp": False,
    }
    again = await browser.call("GET", "/session")
    assert (again.status, again.body) == (200, answer.body)
    out = await browser.call("DELETE", "/session")
    assert out.status == 204
    assert out.response.cookies["helpdesk_session"].value == ""
    assert (await browser.call("GET", "/session")).code == "not_signed_in"


async def test_passwords_are_kept_at_the_full_cost_also_those_that_were_not(
    settings: Settings, store: SqlStore
) -> None:
    staff = await add_staff(store, "rina")  # hashed with the least work
    async with TestClient(TestServer(make_web_app(settings)), cookie_jar=DummyCookieJar()) as client:
        assert (await Browser(client).sign_in("rina")).status == 200
    async with store.read() as work:
        kept = await work.staff.credentials(staff.id)
    assert kept is not None
    assert kept.password_hash.startswith("$argon2id$")
    assert not argon2.PasswordHasher().check_needs_rehash(kept.password_hash)


async def test_the_cookie_is_for_our_pages_alone(desk_client: Client, store: SqlStore) -> None:
    await add_staff(store, "rina")
    cookie = (await Browser(desk_client).sign_in("rina")).response.cookies["helpdesk_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert cookie["secure"] == ""  # not over https here
    assert int(cookie["max-age"]) == 7 * 24 * 3600


async def test_behind_https_the_cookie_is_secure_and_the_browsers_address_counts(
    settings: Settings, store: SqlStore
) -> None:
    await add_staff(store, "rina")
    app = make_web_app(replace(settings, trusted_proxies=1, desk_origins="https://meja.example"), hasher=quick_hasher())
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        browser = Browser(client)
        proxied = {"Origin": "https://meja.example", "X_Forwarded_Proto": "https"}
        body = {"username": "rina", "password": PASSWORD}
        answer = await browser.call("POST", "/session", body, **proxied, X_Forwarded_For="10.0.0.9")
        assert answer.status == 200
        assert answer.response.cookies["helpdesk_session"]["secure"] is True
        wrong = {"username": "entah", "password": PASSWORD}
        for number in range(21):
            wrong["username"] = f"entah{number}"
            last = await browser.call("POST", "/session", wrong, **proxied, X_Forwarded_For="10.0.0.9")
        assert last.code == "rate_limited"
        other = await browser.call("POST", "/session", body, **proxied, X_Forwarded_For="10.0.0.10")
        assert other.status == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("rina", "bukan-itu 123"),
        ("rina", ""),
        ("rina", "x" * 5000),
        ("rina", "\ud800" * 12),
        ("dewi", PASSWORD),
        ("", PASSWORD),
        ("rina'--", PASSWORD),
        ("rina\x00", PASSWORD),
    ],
    ids=range(8),
)
async def test_what_was_wrong_is_not_told(desk_client: Client, store: SqlStore, username: str, password: str) -> None:
    await add_staff(store, "rina")
    answer = await Browser(desk_client).sign_in(username, password)
    assert (answer.status, answer.code) == (401, "sign_in_failed")
    assert "Set-Cookie" not in answer.response.headers


@pytest.mark.parametrize(
    "body",
    [{}, {"username": "rina"}, {"username": 1, "password": "x"}, {"username": "r", "password": "x", "code": 1}, []],
)
async def test_a_sign_in_of_the_wrong_shape_is_a_clear_400(desk_client: Client, body: object) -> None:
    answer = await Browser(desk_client).call("POST", "/session", body)
    assert (answer.status, answer.code) == (400, "invalid_message")


async def test_too_many_failures_are_held_back_even_with_the_right_password(
    desk_client: Client, store: SqlStore
) -> None:
    await add_staff(store, "rina")
    browser = Browser(desk_client)
    for _ in range(5):
        assert (await browser.sign_in("rina", "salah-salah 1")).code == "sign_in_failed"
    answer = await browser.sign_in("rina")
    assert (answer.status, answer.code) == (429, "rate_limited")
    assert 10 <= answer.body["error"]["data"]["retry_after"] <= 15
    assert answer.response.headers["Retry-After"]


async def test_signing_out_everywhere_ends_the_other_browsers_at_once(
    agent: Browser, desk_client: Client, store: SqlStore
) -> None:
    assert agent.staff is not None
    opened = await open_session(store, agent.staff)
    other = Browser(desk_client, opened.token, opened.session.csrf_token)
    stranger = await signed_in(desk_client, store, "dewi")
    assert (await agent.call("DELETE", "/session?everywhere=1")).status == 204
    assert (await other.call("GET", "/session")).code == "not_signed_in"
    assert (await agent.call("GET", "/session")).code == "not_signed_in"
    assert (await stranger.call("GET", "/session")).status == 200


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    agent: Browser, desk_client: Client, store: SqlStore
) -> None:
    assert agent.staff is not None
    other = Browser(desk_client, (await open_session(store, agent.staff)).token)
    new = "gajah-terbang 99"
    wrong = await agent.call("PUT", "/me/password", {"old": "bukan-itu 123", "new": new})
    assert (wrong.status, wrong.code) == (400, "account_invalid")
    assert wrong.body["error"]["data"] == {"field": "old", "reason": "wrong"}
    short = await agent.call("PUT", "/me/password", {"old": PASSWORD, "new": "pendek"})
    assert short.body["error"]["data"] == {"field": "new", "reason": "too_short"}
    assert (await other.call("GET", "/session")).status == 200
    assert (await agent.call("PUT", "/me/password", {"old": PASSWORD, "new": new})).status == 204
    assert (await other.call("GET", "/session")).code == "not_signed_in"
    assert (await agent.call("GET", "/session")).status == 200
    assert (await Browser(desk_client).sign_in("rina")).code == "sign_in_failed"
    assert (await Browser(desk_client).sign_in("rina", new)).status == 200


async def test_codes_of_an_authenticator_app_from_enrolment_to_removal(agent: Browser, desk_client: Client) -> None:
    enrolment = (await agent.call("POST", "/me/totp")).body
    assert enrolment["uri"].startswith("otpauth://totp/Masternet%20Helpdesk:rina?secret=" + enrolment["secret"])
    assert (await Browser(desk_client).sign_in("rina")).status == 200  # not confirmed: not asked for
    totp = pyotp.TOTP(enrolment["secret"])
    bad = await agent.call("PUT", "/me/totp", {"code": "000000" if totp.now() != "000000" else "111111"})
    assert bad.body["error"]["data"] == {"field": "code", "reason": "wrong"}
    code = totp.now()
    assert (await agent.call("PUT", "/me/totp", {"code": code})).status == 204
    assert (await agent.call("GET", "/session")).body["me"]["has_totp"] is True
    browser = Browser(desk_client)
    missing = await browser.sign_in("rina")
    assert (missing.status, missing.code) == (401, "totp_required")
    assert browser.token is None
    assert (await browser.sign_in("rina", code=code)).code == "sign_in_failed"  # used up by the confirmation
    wrong = await agent.call("DELETE", "/me/totp", {"password": "bukan-itu 123"})
    assert wrong.body["error"]["data"] == {"field": "password", "reason": "wrong"}
    assert (await agent.call("DELETE", "/me/totp", {"password": PASSWORD})).status == 204
    assert (await browser.sign_in("rina")).status == 200


async def test_what_the_desk_says_is_kept_by_no_cache_and_read_by_no_other_page(agent: Browser) -> None:
    answer = await agent.call("GET", "/session", Origin="https://toko.example")
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert answer.response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    preflight = await agent.call("OPTIONS", "/session", Origin="https://toko.example")
    assert preflight.status == 405
    for response in (answer.response, preflight.response):
        assert not [name for name in response.headers if name.lower().startswith("access-control-")]
