"""Accounts, sessions, failed sign-ins and the audit log, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import AccountError
from bot.helpdesk.audit import AuditAction, AuditEntry, Author
from bot.helpdesk.sessions import Session
from bot.helpdesk.staff import Presence, Role, Staff
from bot.helpdesk.throttling import Failures
from bot.store.engine import make_engine
from bot.store.unit_of_work import SqlStore

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
RINA = Staff("id-rina", "rina", "Rina", (Role.AGENT, Role.ADMIN), NOW)
SESSION = Session("a" * 64, RINA.id, "csrf", NOW, NOW, NOW + timedelta(days=7))


@pytest.fixture
async def rina(store: SqlStore) -> Staff:
    async with store.begin() as work:
        await work.staff.add(RINA, "hash-1")
        await work.commit()
    return RINA


async def test_an_account_is_found_as_it_was_added(store: SqlStore, rina: Staff) -> None:
    async with store.read() as work:
        assert await work.staff.get(rina.id) == rina
        assert await work.staff.by_username("rina") == rina
        assert await work.staff.by_username("RINA") is None
        assert await work.staff.get("nobody") is None
        assert await work.staff.credentials("nobody") is None
        credentials = await work.staff.credentials(rina.id)
    assert credentials is not None
    assert (credentials.password_hash, credentials.totp_secret, credentials.totp_step) == ("hash-1", None, None)
    assert "hash-1" not in repr(credentials)


async def test_a_user_name_is_taken_once_even_by_two_at_a_time(store: SqlStore) -> None:
    async def add(number: int) -> bool:
        async with store.begin() as work:
            try:
                await work.staff.add(replace(RINA, id=f"id-{number}"), "hash")
            except AccountError as error:
                assert error.data == {"field": "username", "reason": "taken"}
                return False
            await work.commit()
            return True

    assert sorted(await asyncio.gather(*(add(number) for number in range(4)))) == [False, False, False, True]
    async with store.read() as work:
        assert len(await work.staff.all()) == 1


async def test_an_account_can_be_changed(store: SqlStore, rina: Staff) -> None:
    async with store.begin() as work:
        await work.staff.set_password_hash(rina.id, "hash-2")
        await work.staff.set_roles(rina.id, [Role.TRAINER])
        await work.staff.set_totp(rina.id, secret="SECRET", pending=None)
        await work.staff.set_disabled(rina.id, NOW)
        await work.commit()
    async with store.begin() as work:
        changed = await work.staff.credentials(rina.id, lock=True)
    assert changed is not None
    assert changed.password_hash == "hash-2"
    assert changed.staff == replace(
        rina, roles=(Role.TRAINER,), disabled_at=NOW, has_totp=True, presence=Presence.OFFLINE
    )
    assert changed.staff.permissions == frozenset()


async def test_the_step_of_a_code_is_used_once_even_by_two_at_a_time(store: SqlStore, rina: Staff) -> None:
    async def use(step: int) -> bool:
        async with store.begin() as work:
            used = await work.staff.use_totp_step(rina.id, step)
            await work.commit()
            return used

    assert sorted(await asyncio.gather(*(use(100) for _ in range(4)))) == [False, False, False, True]
    assert [await use(step) for step in (99, 100, 101)] == [False, False, True]


async def test_sessions_are_found_touched_and_ended(store: SqlStore, rina: Staff) -> None:
    others = [replace(SESSION, id=letter * 64) for letter in "bc"]
    async with store.begin() as work:
        for session in (SESSION, *others):
            await work.staff_sessions.add(session)
        await work.staff_sessions.touch(SESSION.id, NOW + timedelta(minutes=5))
        await work.commit()
    async with store.begin() as work:
        found = await work.staff_sessions.get(SESSION.id)
        assert found == (replace(SESSION, seen_at=NOW + timedelta(minutes=5)), rina)
        assert await work.staff_sessions.get("x") is None
        assert sorted(await work.staff_sessions.end_all(rina.id, but=SESSION.id)) == [s.id for s in others]
        assert await work.staff_sessions.end(SESSION.id)
        assert not await work.staff_sessions.end(SESSION.id)
        assert await work.staff_sessions.end_all(rina.id) == []


async def test_a_sweep_takes_expired_and_idle_sessions_only(store: SqlStore, rina: Staff) -> None:
    expired = replace(SESSION, id="b" * 64, expires_at=NOW)
    idle = replace(SESSION, id="c" * 64, seen_at=NOW - timedelta(hours=12))
    async with store.begin() as work:
        for session in (SESSION, expired, idle):
            await work.staff_sessions.add(session)
        await work.staff_sessions.sweep(expired_at=NOW, idle_since=NOW - timedelta(hours=12))
        assert await work.staff_sessions.end_all(rina.id) == [SESSION.id]


async def test_failures_are_counted_one_after_another(store: SqlStore) -> None:
    async def fail() -> None:
        async with store.begin() as work:
            failures = await work.throttles.take("key", NOW)
            await work.throttles.put("key", Failures(failures.count + 1, NOW))
            await work.commit()

    await asyncio.gather(*(fail() for _ in range(8)))
    async with store.begin() as work:
        assert await work.throttles.take("key", NOW) == Failures(8, NOW)
        await work.throttles.sweep(NOW)
        assert (await work.throttles.take("key", NOW)).count == 8
        await work.throttles.sweep(NOW + timedelta(seconds=1))
        assert (await work.throttles.take("key", NOW)).count == 0
        await work.throttles.put("key", Failures(3, NOW))
        await work.throttles.forget("key")
        assert (await work.throttles.take("key", NOW)).count == 0


def entry(number: int) -> AuditEntry:
    author = Author.of(RINA) if number % 2 else Author("cli")
    return AuditEntry(NOW + timedelta(seconds=number), author, AuditAction.SIGNED_IN, "rina", {"n": number})


async def test_the_audit_log_is_read_from_its_end(store: SqlStore) -> None:
    async with store.begin() as work:
        for number in range(5):
            await work.audit.add(entry(number))
        await work.commit()
    async with store.read() as work:
        first = await work.audit.page(before=None, limit=3)
        rest = await work.audit.page(before=first[-1].id, limit=3)
    assert [e.detail["n"] for e in (*first, *rest)] == [4, 3, 2, 1, 0]
    assert replace(first[1], id=0) == entry(3)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET staff_name = 'orang lain'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE id = 1",
    ],
)
async def test_the_database_refuses_to_change_the_audit_log(store: SqlStore, database_url: str, statement: str) -> None:
    async with store.begin() as work:
        await work.audit.add(entry(1))
        await work.commit()
    engine = make_engine(database_url)
    with pytest.raises(DBAPIError, match="audit_entry is append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(statement))
    await engine.dispose()
    async with store.read() as work:
        assert [e.author.name for e in await work.audit.page(before=None, limit=9)] == ["rina"]


async def test_an_error_of_the_database_tells_no_secrets(store: SqlStore, rina: Staff) -> None:
    async with store.begin() as work:
        await work.staff_sessions.add(SESSION)
        with pytest.raises(DBAPIError) as caught:
            await work.staff_sessions.add(replace(SESSION, csrf_token="rahasia-sekali"))
    assert "rahasia-sekali" not in str(caught.value)
