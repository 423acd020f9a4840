"""Signing in, sessions and one's own account, with a clock that can be moved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import argon2
import pyotp
import pytest
from sqlalchemy import text

from bot.errors import AccountError, NotSignedInError, RateLimitedError, SignInFailedError, TotpRequiredError
from bot.helpdesk.audit import CLI
from bot.helpdesk.staff import Staff
from bot.passwords import Argon2Hasher
from bot.services.accounts import Accounts
from bot.services.own_account import OwnAccount
from bot.services.sign_in import SignIn
from bot.services.sign_in_throttle import SignInThrottle
from bot.services.sign_out import SignOut
from bot.services.staff_sessions import OpenedSession, StaffSessions
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeClock
from tests.services.conftest import Desk
from tests.staffing import LIFE, PASSWORD, RecordingSessionNotifier, add_staff, quick_hasher

STEP = timedelta(seconds=30)
WRONG = "bukan-itu 123"


@dataclass
class Door:
    """Everything about signing in."""

    store: SqlStore
    clock: FakeClock = field(default_factory=FakeClock)
    notifier: RecordingSessionNotifier = field(default_factory=RecordingSessionNotifier)
    hasher: Argon2Hasher = field(default_factory=quick_hasher)

    def __post_init__(self) -> None:
        self.sessions = StaffSessions(self.store, self.clock, LIFE)
        presence = Desk(self.store, clock=self.clock).presence
        self.leaving = SignOut(self.store, self.clock, self.notifier, self.sessions, presence)
        throttle = SignInThrottle(self.store, self.clock, "kunci-uji")
        self.own = OwnAccount(self.store, self.clock, self.hasher, throttle, self.notifier)
        self.service = SignIn(self.store, self.clock, self.hasher, throttle, self.sessions)
        self.accounts = Accounts(self.store, self.clock, self.hasher, self.notifier)

    async def sign_in(
        self, password: str = PASSWORD, code: str | None = None, *, name: str = "rina", address: str = "10.0.0.1"
    ) -> OpenedSession:
        return await self.service.sign_in(username=name, password=password, code=code, address=address)

    async def fail(self, times: int = 1, **where: str) -> None:
        for _ in range(times):
            with pytest.raises(SignInFailedError):
                await self.sign_in(WRONG, **where)

    async def wait_after(self, **where: str) -> int:
        """Seconds that somebody with the right password has to wait."""
        with pytest.raises(RateLimitedError) as caught:
            await self.sign_in(**where)
        wait: int = caught.value.data["retry_after"]
        return wait

    async def done(self) -> list[tuple[str, str, str | None]]:
        """(who, what, whom) from the audit log, oldest first."""
        async with self.store.read() as work:
            return [(e.author.name, str(e.action), e.target) for e in await work.audit.page(before=None, limit=99)][
                ::-1
            ]


@pytest.fixture
def door(store: SqlStore) -> Door:
    return Door(store)


@pytest.fixture(autouse=True)
async def rina(store: SqlStore) -> Staff:
    return await add_staff(store, "rina")


async def test_the_cookie_opens_the_session_until_it_ends(door: Door, rina: Staff) -> None:
    opened = await door.sign_in()
    assert opened.token not in repr(opened)
    found = await door.sessions.of_token(opened.token)
    assert found == opened.session
    assert found.staff == rina
    await door.leaving.here(found)
    with pytest.raises(NotSignedInError):
        await door.sessions.of_token(opened.token)
    assert door.notifier.ended == [found.session_id]
    assert await door.done() == [("rina", "signed_in", "rina"), ("rina", "signed_out", "rina")]


async def test_a_session_that_is_used_lasts_its_lifetime_and_an_idle_one_ends_early(door: Door) -> None:
    used, idle = await door.sign_in(), await door.sign_in()
    for hours in range(6, 7 * 24, 6):
        door.clock.pass_time(6 * 3600)
        await door.sessions.of_token(used.token)
        if hours >= 12:
            with pytest.raises(NotSignedInError):
                await door.sessions.of_token(idle.token)
    door.clock.pass_time(6 * 3600)
    with pytest.raises(NotSignedInError):
        await door.sessions.of_id(used.session.session_id)


async def test_signing_in_sweeps_away_what_has_ended(door: Door, database_url: str) -> None:
    await door.sign_in()
    door.clock.pass_time(12 * 3600)
    newest = await door.sign_in()
    async with door.store.begin() as work:
        assert await work.staff_sessions.end_all(newest.session.staff.id) == [newest.session.session_id]


async def test_an_account_is_held_back_longer_with_each_failure(door: Door) -> None:
    await door.fail(5)
    assert await door.wait_after() == 15
    assert await door.wait_after(address="10.9.9.9") == 15  # from wherever
    door.clock.pass_time(15)
    await door.fail()
    assert await door.wait_after() == 30
    door.clock.pass_time(30)
    await door.sign_in()
    await door.fail(5)  # it starts anew
    assert await door.wait_after() == 15


async def test_an_address_is_held_back_whatever_names_it_tries(door: Door) -> None:
    await add_staff(door.store, "dewi")
    for number in range(20):
        await door.fail(name=f"tebakan{number}", address="2001:db8::1")
    assert await door.wait_after(address="2001:db8::ffff") == 15
    await door.sign_in(address="10.0.0.1")
    door.clock.pass_time(15)
    await door.sign_in(address="2001:db8::1")
    await door.fail(name="dewi", address="2001:db8::1")
    assert await door.wait_after(address="2001:db8::1") == 30  # one's own success forgives nothing else


async def test_many_tries_at_once_do_not_slip_through(door: Door) -> None:
    tries = await asyncio.gather(*(door.sign_in(WRONG) for _ in range(12)), return_exceptions=True)
    assert sorted(type(error).__name__ for error in tries) == ["RateLimitedError"] * 7 + ["SignInFailedError"] * 5


async def test_neither_names_nor_addresses_are_kept_of_failures(door: Door) -> None:
    await door.fail(name="rahasia-besar", address="10.77.66.55")
    async with door.store.begin() as work:
        rows = (await work._connection.execute(text("SELECT * FROM login_throttle"))).mappings().all()
    assert len(rows) == 2
    assert all(len(row["key"]) == 64 for row in rows)
    assert "10.77" not in str(rows)
    assert await door.done() == []  # people type passwords where the name belongs


async def test_failures_at_an_account_are_in_the_audit_log(door: Door) -> None:
    await door.fail()
    assert await door.done() == [("?", "sign_in_failed", "rina")]


async def with_totp(door: Door) -> pyotp.TOTP:
    session = (await door.sign_in()).session
    totp = pyotp.TOTP((await door.own.enrol_totp(session)).secret)
    await door.own.confirm_totp(session, totp.at(door.clock.now()))
    door.clock.pass_time(90)
    return totp


async def test_a_code_is_good_once(door: Door) -> None:
    totp = await with_totp(door)
    code = totp.at(door.clock.now())
    with pytest.raises(TotpRequiredError):
        await door.sign_in()
    await door.sign_in(code=code)
    for replayed in (code, totp.at(door.clock.now() - STEP)):
        with pytest.raises(SignInFailedError):
            await door.sign_in(code=replayed)
    door.clock.pass_time(30)
    await door.sign_in(code=totp.at(door.clock.now()))


async def test_a_code_is_good_once_even_for_two_at_a_time(door: Door) -> None:
    code = (await with_totp(door)).at(door.clock.now())
    tries = await asyncio.gather(*(door.sign_in(code=code) for _ in range(4)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in tries) == ["OpenedSession"] + ["SignInFailedError"] * 3


async def test_a_right_code_does_not_help_a_wrong_password(door: Door) -> None:
    code = (await with_totp(door)).at(door.clock.now())
    with pytest.raises(SignInFailedError):
        await door.sign_in(WRONG, code)
    await door.sign_in(code=code)  # and is not used up by it


async def test_being_asked_for_the_code_neither_counts_nor_forgives(door: Door) -> None:
    """Who knows the password alone must not get new tries at the code by leaving it out."""
    await with_totp(door)
    for _ in range(5):
        for _ in range(3):
            with pytest.raises(TotpRequiredError):
                await door.sign_in()
        with pytest.raises(SignInFailedError):
            await door.sign_in(code="000000")
    assert await door.wait_after() == 15


async def test_a_new_secret_counts_once_it_is_confirmed(door: Door) -> None:
    old = await with_totp(door)
    session = (await door.sign_in(code=old.at(door.clock.now()))).session
    new = pyotp.TOTP((await door.own.enrol_totp(session)).secret)
    door.clock.pass_time(30)
    await door.sign_in(code=old.at(door.clock.now()))
    door.clock.pass_time(30)
    with pytest.raises(AccountError):
        await door.own.confirm_totp(session, old.at(door.clock.now()))
    await door.own.confirm_totp(session, new.at(door.clock.now()))
    with pytest.raises(AccountError):
        await door.own.confirm_totp(session, new.at(door.clock.now() + STEP))  # nothing is pending any more
    door.clock.pass_time(30)
    with pytest.raises(SignInFailedError):
        await door.sign_in(code=old.at(door.clock.now()))
    await door.sign_in(code=new.at(door.clock.now()))


async def test_guessing_ones_password_at_an_open_console_is_held_back(door: Door) -> None:
    session = (await door.sign_in()).session
    for _ in range(5):
        with pytest.raises(AccountError):
            await door.own.remove_totp(session, password=WRONG, address="10.0.0.1")
    with pytest.raises(RateLimitedError):
        await door.own.change_password(session, old=PASSWORD, new="gajah-terbang 99", address="10.0.0.1")


async def test_a_disabled_account_is_out_at_once_and_stays_out(door: Door) -> None:
    opened = await door.sign_in()
    await door.accounts.disable(CLI, "rina")
    assert door.notifier.ended == [opened.session.session_id]
    with pytest.raises(NotSignedInError):
        await door.sessions.of_token(opened.token)
    await door.fail()
    with pytest.raises(SignInFailedError):
        await door.sign_in()
    await door.accounts.enable(CLI, "rina")
    with pytest.raises(NotSignedInError):
        await door.sessions.of_token(opened.token)
    await door.sign_in()


async def test_a_hash_of_former_parameters_is_made_anew_at_sign_in(door: Door, rina: Staff) -> None:
    stronger = Door(door.store, hasher=Argon2Hasher(argon2.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)))
    for expected in ("m=8,t=1,p=1", "m=16,t=2,p=1"):
        async with door.store.read() as work:
            credentials = await work.staff.credentials(rina.id)
        assert credentials is not None
        assert expected in credentials.password_hash
        await stronger.sign_in()


async def test_signing_in_does_not_stop_the_others(door: Door) -> None:
    """Hashing runs in threads: the event loop goes on meanwhile."""
    slow = Argon2Hasher(argon2.PasswordHasher(time_cost=6, memory_cost=65536, parallelism=1))
    hashing = asyncio.create_task(slow.hash(PASSWORD))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 5
    assert await slow.verify(await hashing, PASSWORD)


async def test_nobodys_password_is_never_right(door: Door) -> None:
    assert not await door.hasher.verify(None, "")
    assert not await door.hasher.verify("no hash at all", PASSWORD)
