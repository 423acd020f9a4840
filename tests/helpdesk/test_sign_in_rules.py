"""Waiting after failures, how long sessions last, and codes of authenticator apps."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.sessions import Session, SessionLife
from bot.helpdesk.throttling import PER_ACCOUNT, PER_ADDRESS, Failures, throttled_network
from bot.helpdesk.totp import enrolment_uri, matching_step

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # that of RFC 6238


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_the_wait_grows_with_each_failure_up_to_a_quarter_of_an_hour() -> None:
    waits = [PER_ACCOUNT.wait(Failures(count, NOW), NOW) for count in range(14)]
    assert waits == [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert PER_ACCOUNT.wait(Failures(10**9, NOW), NOW) == 900
    assert PER_ADDRESS.wait(Failures(19, NOW), NOW) == 0
    assert PER_ADDRESS.wait(Failures(20, NOW), NOW) == 15


def test_the_wait_runs_out_and_failures_are_forgotten() -> None:
    failures = Failures(7, NOW)
    assert [PER_ACCOUNT.wait(failures, after(s)) for s in (0, 0.5, 59.2, 60, 4000)] == [60, 60, 1, 0, 0]
    assert PER_ACCOUNT.after_failure(failures, after(60)) == Failures(8, after(60))
    assert PER_ACCOUNT.after_failure(failures, after(3601)) == Failures(1, after(3601))
    assert PER_ACCOUNT.after_failure(Failures(), NOW) == Failures(1, NOW)


@given(st.lists(st.integers(0, 2000), max_size=200))
def test_nobody_tries_more_often_than_the_rule_allows(pauses: list[int]) -> None:
    """Whatever the pauses, within a window there are the free tries and the few that waiting allows."""
    rule, failures, now, tries = PER_ACCOUNT, Failures(), NOW, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if rule.wait(failures, now) == 0:
            failures = rule.after_failure(failures, now)
            tries.append(now)
    for first in tries:
        within = [t for t in tries if first <= t < first + rule.window]
        assert len(within) <= 2 * rule.free + 10


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_network_counts_as_one_address(address: str, network: str) -> None:
    assert throttled_network(address) == network


@given(st.text(max_size=60) | st.ip_addresses().map(str))
def test_every_address_counts_as_something(address: str) -> None:
    assert isinstance(throttled_network(address), str)


def session(seen: float = 0) -> Session:
    return Session("id", "rina", "csrf", created_at=NOW, seen_at=after(seen), expires_at=after(7 * 86400))


LIFE = SessionLife(lifetime=timedelta(days=7), idle=timedelta(hours=12))


def test_a_session_ends_when_nothing_is_heard_or_after_its_lifetime() -> None:
    assert LIFE.is_live(session(), after(12 * 3600 - 1))
    assert not LIFE.is_live(session(), after(12 * 3600))
    busy = session(seen=7 * 86400 - 10)
    assert LIFE.is_live(busy, after(7 * 86400 - 1))
    assert not LIFE.is_live(busy, after(7 * 86400))


def test_being_seen_is_written_down_once_a_minute() -> None:
    assert not LIFE.is_touch_due(session(), after(59))
    assert LIFE.is_touch_due(session(), after(60))
    short = SessionLife(lifetime=timedelta(days=7), idle=timedelta(seconds=40))
    assert short.is_touch_due(session(), after(10))


def code(step_offset: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(after(30 * step_offset))


def test_a_code_is_good_in_its_step_and_the_ones_beside_it() -> None:
    current = int(NOW.timestamp()) // 30
    matches = {offset: matching_step(SECRET, code(offset), NOW) for offset in range(-3, 4)}
    assert matches == {-3: None, -2: None, -1: current - 1, 0: current, 1: current + 1, 2: None, 3: None}


def test_no_code_is_good_twice_nor_an_older_one_after_it() -> None:
    current = int(NOW.timestamp()) // 30
    assert matching_step(SECRET, code(), NOW, after=current - 1) == current
    assert matching_step(SECRET, code(), NOW, after=current) is None
    assert matching_step(SECRET, code(-1), NOW, after=current) is None
    assert matching_step(SECRET, code(1), NOW, after=current) == current + 1


def test_a_code_may_be_typed_in_groups() -> None:
    assert matching_step(SECRET, f" {code()[:3]} {code()[3:]} ", NOW) is not None


@given(st.text(max_size=20) | st.none() | st.integers())
def test_whatever_is_typed_is_a_code_or_not(typed: object) -> None:
    digits = "".join(typed.split()) if isinstance(typed, str) else ""
    expected = digits in {code(-1), code(), code(1)}
    assert (matching_step(SECRET, typed, NOW) is not None) == expected


def test_digits_of_other_scripts_are_no_code() -> None:
    assert matching_step(SECRET, code().translate({ord(str(d)): chr(0x0660 + d) for d in range(10)}), NOW) is None


def test_an_app_can_read_the_secret() -> None:
    assert pyotp.parse_uri(enrolment_uri(SECRET, "rina")).secret == SECRET


def test_codes_are_those_of_the_standard() -> None:
    at = datetime(2005, 3, 18, 1, 58, 29, tzinfo=timezone.utc)  # RFC 6238, appendix B
    assert matching_step(SECRET, "081804", at) == 0x23523EC
