"""docs/openapi-desk.yml against the real answers of the desk's API."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyotp
import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.helpdesk.staff import Role
from bot.settings import Settings
from bot.store.migrate import upgrade_async
from bot.store.unit_of_work import SqlStore
from tests.docs.desk_api import API, Journey
from tests.paying import LINES, file_request
from tests.staffing import PASSWORD, Browser, add_staff, quick_hasher

_NOTHING = "nothing"
_CONVERSATION = "/conversations/{id}"


class TestAgainstRealAnswers:
    """Statuses and bodies of the real application, over SQLite and with no Rasa behind it."""

    @pytest.fixture
    async def store(self, tmp_path: Path) -> AsyncIterator[SqlStore]:
        """The database of the application."""
        url = f"sqlite+aiosqlite:///{tmp_path / 'helpdesk.db'}"
        await upgrade_async(url)
        store = SqlStore.connect(url)
        yield store
        await store.close()

    @pytest.fixture
    async def journey(self, store: SqlStore, tmp_path: Path) -> AsyncIterator[Journey]:
        """An admin who has not signed in yet; `budi` is an agent."""
        await add_staff(store, "rina", Role.ADMIN)
        await add_staff(store, "budi")
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{tmp_path / 'helpdesk.db'}",
            rasa_url="http://127.0.0.1:9",
            secret_key="k",
            bank_accounts="BCA 1234567890 PT Contoh",
        )
        async with TestClient(
            TestServer(make_web_app(settings, hasher=quick_hasher())), cookie_jar=DummyCookieJar()
        ) as client:
            yield Journey(Browser(client))

    async def test_every_success(self, journey: Journey, store: SqlStore) -> None:
        """One day at the desk meets each documented success, each of the documented shape."""
        browser = journey.browser
        credentials = {"username": "rina", "password": PASSWORD}
        await self._sign_in(journey, credentials)
        await self._own_account(journey)
        await self._sign_in(journey, {**credentials, "password": "lain sekali 88"})
        customer = await self._customer(journey, "domain tokobudi.co.id belum aktif, invoice INV-2024 sudah lunas")
        await self._serve(journey, customer)
        await self._texts(journey, customer)
        await self._lead(journey)
        await self._paid(journey, store)
        await journey.call("DELETE", "/session", 204, query="?everywhere=1")
        assert (await browser.call("GET", "/session")).code == "not_signed_in"
        successes = {(m, p, s) for m, p, o in API.operations() for s in o["responses"] if s.startswith("2")}
        assert journey.met == successes

    async def test_refusals(self, journey: Journey, store: SqlStore) -> None:
        async def refused(method: str, path: str, status: int, body: Any = None, **more: str) -> str:
            code: str = (await journey.call(method, path, status, body, **more))["error"]["code"]
            return code

        wrong = {"username": "rina", "password": "salah sekali"}
        assert await refused("GET", "/agents", 401) == "not_signed_in"
        assert await refused("POST", "/session", 400, {"username": "rina"}) == "invalid_message"
        for _ in range(5):
            assert await refused("POST", "/session", 401, wrong) == "sign_in_failed"
        assert await refused("POST", "/session", 429, wrong) == "rate_limited"
        await self._sign_in(journey, {"username": "budi", "password": PASSWORD})
        browser, token = journey.browser, journey.browser.csrf_token
        assert await refused("GET", "/report", 403, query="?from=2026-01-01&to=2026-01-02") == "forbidden"
        assert await refused("GET", "/conversations", 400, query="?limit=101") == "invalid_message"
        assert await refused("GET", _CONVERSATION, 404, key="none") == "not_found"
        assert await refused("PUT", "/me/totp", 400, {"code": "000000"}) == "account_invalid"
        browser.csrf_token = _NOTHING
        assert await refused("PUT", "/me/presence", 403, {"presence": "online"}) == "cross_site"
        browser.csrf_token = token
        customer = await self._customer(journey, "halo")
        send = f"{_CONVERSATION}/messages"
        assert await refused("POST", send, 409, {"client_message_id": "a", "text": "x"}, key=customer) == "wrong_state"
        assert await refused("POST", send, 413, {"client_message_id": "a", "text": "x" * 4001}, key=customer) == (
            "message_too_long"
        )
        assert (
            await refused("POST", f"{_CONVERSATION}/close", 400, {"reason": "bored"}, key=customer) == "invalid_message"
        )

    async def _sign_in(self, journey: Journey, credentials: dict[str, str]) -> None:
        answer = await journey.browser.sign_in(**credentials)
        await journey.checked(answer, "POST", "/session", 200)

    async def _own_account(self, journey: Journey) -> None:
        await journey.call("GET", "/session", 200)
        await journey.call("PUT", "/me/password", 204, {"old": PASSWORD, "new": "lain sekali 88"})
        secret = (await journey.call("POST", "/me/totp", 200))["secret"]
        await journey.call("PUT", "/me/totp", 204, {"code": pyotp.TOTP(secret).now()})
        await journey.call("DELETE", "/me/totp", 204, {"password": "lain sekali 88"})
        await journey.call("DELETE", "/session", 204)

    async def _opened(self, journey: Journey) -> dict[str, str]:
        opened: dict[str, str] = await (await journey.browser.client.post("/api/v1/conversations")).json()
        return opened

    async def _say(self, journey: Journey, opened: dict[str, str], text: str) -> None:
        path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        message = {"client_message_id": uuid.uuid4().hex, "text": text}
        assert (await journey.browser.client.post(path, json=message, headers=headers)).status == 202

    async def _customer(self, journey: Journey, text: str) -> str:
        opened = await self._opened(journey)
        await self._say(journey, opened, text)
        return opened["conversation_id"]

    async def _serve(self, journey: Journey, key: str) -> None:
        agents = (await journey.call("GET", "/agents", 200))["agents"]
        budi = next(agent["id"] for agent in agents if agent["display_name"] == "Budi")
        await journey.call("PUT", "/me/presence", 200, {"presence": "online"})
        await journey.call("POST", f"{_CONVERSATION}/take-over", 200, key=key)
        await journey.call("GET", "/conversations", 200, query="?filter=mine&sort=waiting&limit=1")
        send = {"client_message_id": "m-1", "text": "Baik, Kak."}
        await journey.call("POST", f"{_CONVERSATION}/messages", 202, send, key=key)
        await journey.call("POST", f"{_CONVERSATION}/messages", 200, send, key=key)
        await journey.call("GET", f"{_CONVERSATION}/messages", 200, key=key)
        await journey.call("PUT", f"{_CONVERSATION}/read", 204, {"seq": 1}, key=key)
        await journey.call("PUT", f"{_CONVERSATION}/contact", 200, {"name": "Tono"}, key=key)
        await journey.call("POST", f"{_CONVERSATION}/return", 200, {"note": "rapat"}, key=key)
        await journey.call("POST", f"{_CONVERSATION}/accept", 200, key=key)
        await self._bring(journey, "budi")
        await journey.call("POST", f"{_CONVERSATION}/transfer", 200, {"to": budi}, key=key)
        await journey.call("POST", f"{_CONVERSATION}/hand-back", 200, {}, key=key)
        detail = await journey.call("POST", f"{_CONVERSATION}/close", 200, {"reason": "solved"}, key=key)
        assert {entity["label"] for entity in detail["entities"]} >= {"nama_domain", "nomor_invoice"}
        assert [change["event"] for change in detail["changes"]][:2] == ["take_over", "give_up"]
        await journey.call("GET", _CONVERSATION, 200, key=key)
        assert (await journey.call("GET", "/search", 200, query="?q=tokobudi"))["hits"]

    async def _bring(self, journey: Journey, username: str) -> None:
        other = Browser(journey.browser.client)
        await other.sign_in(username)
        assert (await other.call("PUT", "/me/presence", {"presence": "online"})).status == 200

    async def _texts(self, journey: Journey, key: str) -> None:
        await journey.call("POST", f"{_CONVERSATION}/notes", 201, {"text": "sudah dicek"}, key=key)
        await journey.call("GET", f"{_CONVERSATION}/notes", 200, key=key)
        await journey.call("GET", f"{_CONVERSATION}/suggestions", 200, key=key)
        given = {"shortcut": "uji", "title": "Uji", "text": "Halo {nama_pelanggan}", "shared": True}
        reply = await journey.call("POST", "/canned-replies", 201, given)
        await journey.call("PUT", "/canned-replies/{id}", 200, {**given, "title": "Uji lagi"}, key=reply["id"])
        await journey.call("GET", "/canned-replies", 200)
        await journey.call("DELETE", "/canned-replies/{id}", 204, key=reply["id"])

    async def _lead(self, journey: Journey) -> None:
        days = "?from=2026-01-01&to=2026-01-09"
        await journey.call("GET", "/report", 200, query=days)
        await journey.call("GET", "/report.csv", 200, query=f"{days}&part=agents&separator=semicolon")
        entries = (await journey.call("GET", "/audit", 200, query="?limit=3"))["entries"]
        assert len(entries) == 3

    async def _paid(self, journey: Journey, store: SqlStore) -> None:
        """Three requests: done and given back, cancelled and paid all the same, refused."""
        customers = [await self._opened(journey) for _ in range(3)]
        done, late, no = [await file_request(store, customer["conversation_id"]) for customer in customers]
        page = await journey.call("GET", "/paid-requests", 200, query="?state=requested&limit=2")
        assert len(page["requests"]) == 2 and page["next"] and page["counts"]["requested"] == 3
        await journey.call("GET", "/price-list", 200)
        due = {}
        for request, customer in ((done, customers[0]), (late, customers[1])):
            quoted = await self._do(journey, request, "quotes", lines=LINES, note="Termasuk uji coba.", valid_days=3)
            await self._do(journey, request, "quotes/{number}/approve", number="1")
            await self._say(journey, customer, f"#paid:accept:{request}:1")
            due[request] = (await self._until(journey, request, "awaiting_payment"))["payments"][0]
            assert due[request]["amount"] == quoted["total"] + due[request]["unique_code"]
        await self._do(journey, late, "cancel", note="dobel")
        rows = [f"2099-01-02,TRSF,{due[late]['amount']}", "2099-01-02,LAIN,77"]
        body = {"csv": "tanggal,keterangan,kredit\n" + "\n".join(rows), "key": uuid.uuid4().hex}
        read = await journey.call("POST", "/bank-statements", 200, body)
        assert [one["order_id"] for one in read["matched"]] == [due[late]["order_id"]] and len(read["unmatched"]) == 1
        returned = {"evidence": "transfer balik", "key": uuid.uuid4().hex}
        await journey.call(
            "POST", "/paid-payments/{order_id}/returned", 200, returned, key=due[late]["order_id"], named="{order_id}"
        )
        await self._do(journey, done, "payments", amount=due[done]["amount"], evidence="mutasi BCA")
        await self._do(journey, done, "start")
        await self._do(journey, done, "work", text="Plugin dipasang", minutes=45, tell=True)
        await self._do(journey, done, "finish", note="Sudah aktif.")
        await self._do(journey, done, "refund", reason="tidak cocok")
        await self._do(journey, no, "reject", reason="out_of_field")
        detail = await journey.call("GET", "/paid-requests/{id}", 200, key=done)
        assert [change["event"] for change in detail["changes"]][-2:] == ["finish", "refund"]
        day = datetime.now(timezone.utc).date()
        days = f"?from={day - timedelta(days=1)}&to={day + timedelta(days=1)}&separator=semicolon"
        await journey.call("GET", "/paid-events.csv", 200, query=days)

    async def _do(self, journey: Journey, request: str, deed: str, *, number: str = "", **body: Any) -> Any:
        path = f"/paid-requests/{{id}}/{deed}"
        given = {**body, "key": uuid.uuid4().hex}
        return await journey.call("POST", path, 200, given, key=request, number=number)

    async def _until(self, journey: Journey, request: str, state: str) -> Any:
        """The request once it is in `state` with a payment that can be paid."""
        for _ in range(200):
            detail = await journey.call("GET", "/paid-requests/{id}", 200, key=request)
            if detail["state"] == state and [p["state"] for p in detail["payments"]] == ["pending"]:
                return detail
            await asyncio.sleep(0.1)
        raise AssertionError(detail)
