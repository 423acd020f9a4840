"""Accounts and signed-in browsers for tests, without the time that hashing real passwords takes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import argon2
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from bot.helpdesk.sessions import SessionLife
from bot.helpdesk.staff import Role, Staff
from bot.passwords import Argon2Hasher
from bot.services.ports import Clock
from bot.services.staff_sessions import OpenedSession, StaffSessions
from bot.store.unit_of_work import SqlStore

PASSWORD = "kuda-nil biru 77"
LIFE = SessionLife(timedelta(days=7), timedelta(hours=12))
Client = TestClient[web.Request, web.Application]
_QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class SystemClock:
    """The machine's."""

    def now(self) -> datetime:
        return datetime.now(timezone.utc)


class RecordingSessionNotifier:
    """Keeps which sessions have ended."""

    def __init__(self) -> None:
        self.ended: list[str] = []

    async def sessions_ended(self, session_ids: Sequence[str]) -> None:
        self.ended.extend(session_ids)


def quick_hasher() -> Argon2Hasher:
    """The real one, with the least work."""
    return Argon2Hasher(_QUICK)


async def add_staff(store: SqlStore, username: str, *roles: Role, password: str = PASSWORD) -> Staff:
    """An account, an agent unless other roles are given."""
    staff = Staff(
        id=str(uuid.uuid4()),
        username=username,
        display_name=username.capitalize(),
        roles=roles or (Role.AGENT,),
        created_at=datetime(2026, 1, 1, tzinfo=timezone.utc),
    )
    async with store.begin() as work:
        await work.staff.add(staff, _QUICK.hash(password))
        await work.commit()
    return staff


async def open_session(store: SqlStore, staff: Staff, clock: Clock | None = None) -> OpenedSession:
    """`staff`, signed in."""
    sessions = StaffSessions(store, clock or SystemClock(), LIFE)
    async with store.begin() as work:
        opened = await sessions.open(work, staff)
        await work.commit()
    return opened


@dataclass
class Answer:
    """Status, JSON body (none: empty) and headers of a response."""

    status: int
    body: Any
    response: ClientResponse = field(repr=False)

    @property
    def code(self) -> str | None:
        """The error's code."""
        return self.body["error"]["code"] if self.body and "error" in self.body else None


@dataclass
class Browser:
    """A page of the desk: its cookie and CSRF token, if it is signed in. The client must keep no cookies itself."""

    client: Client
    token: str | None = None
    csrf_token: str | None = None
    staff: Staff | None = None

    @property
    def origin(self) -> str:
        return str(self.client.make_url("")).rstrip("/")

    async def call(self, method: str, path: str, body: Any = None, **headers: str | None) -> Answer:
        """A request as the page makes it; `headers` (`_` for `-`) replaces some, or leaves out what is None."""
        cookie = f"helpdesk_session={self.token}" if self.token else None
        own = {"Origin": self.origin, "X_CSRF_Token": self.csrf_token, "Cookie": cookie, **headers}
        sent = {name.replace("_", "-"): value for name, value in own.items() if value is not None}
        path = path if path.startswith("/api/") else f"/api/desk/v1{path}"
        async with self.client.request(method, path, json=body, headers=sent) as response:
            raw = await response.read()
            is_json = response.content_type == "application/json" and raw
            return Answer(response.status, json.loads(raw) if is_json else None, response)

    async def sign_in(self, username: str, password: str = PASSWORD, code: str | None = None) -> Answer:
        """Signs in, and keeps cookie and token if that worked."""
        body = {"username": username, "password": password} | ({"code": code} if code else {})
        answer = await self.call("POST", "/session", body)
        if answer.status == 200:
            self.token = answer.response.cookies["helpdesk_session"].value
            self.csrf_token = answer.body["csrf_token"]
        return answer


async def signed_in(client: Client, store: SqlStore, username: str, *roles: Role) -> Browser:
    """The browser of a new account that is signed in."""
    staff = await add_staff(store, username, *roles)
    opened = await open_session(store, staff)
    return Browser(client, opened.token, opened.session.csrf_token, staff)
