"""Which pages are ours."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CrossSiteError
from bot.web.addresses import is_https
from bot.web.origins import check_own_origin, origin_of


def is_ours(host: str, origin: str, *more: str, proxies: int = 0, **headers: str) -> bool:
    sent = {"Host": host, "Origin": origin, **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        check_own_origin(make_mocked_request("POST", "/", headers=sent), proxies, more)
    except CrossSiteError:
        return False
    return True


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("desk.example", "http://desk.example"),
        ("desk.example", "https://desk.example"),  # a proxy that is not declared has taken off https
        ("desk.example:80", "http://desk.example"),
        ("DESK.example:8080", "http://desk.EXAMPLE:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_host_that_the_browser_asked_is_ours(host: str, origin: str) -> None:
    assert is_ours(host, origin)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("desk.example", "http://desk.example:8080"),
        ("desk.example", "http://desk.example.toko.example"),
        ("desk.example", "http://user@desk.example"),
        ("desk.example", "ftp://desk.example"),
        ("desk.example", "desk.example"),
        ("desk.example", "null"),
        ("", "http://"),
        ("desk.example", "http://desk.example:99999"),
        ("[::1", "http://[::1"),
    ],
)
def test_everything_else_is_not(host: str, origin: str) -> None:
    assert not is_ours(host, origin)


def test_behind_a_proxy_the_set_origins_are_ours_too() -> None:
    assert is_ours("inner:8080", "https://desk.example", "https://desk.example")
    assert not is_ours("inner:8080", "http://desk.example", "https://desk.example")
    assert not is_ours("inner:8080", "https://toko.example", "https://desk.example")


def test_a_page_without_tls_does_not_speak_for_one_with_tls() -> None:
    forwarded = {"X_Forwarded_Proto": "https"}
    assert not is_ours("desk.example", "http://desk.example", proxies=1, **forwarded)
    assert is_ours("desk.example", "https://desk.example", proxies=1, **forwarded)


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("https", 0, False),  # anybody can send the header
        ("https", 1, True),
        ("http", 1, False),
        ("https", 2, True),
        ("https, http", 2, True),
        ("https, http", 1, False),
        ("", 1, False),
    ],
)
def test_only_our_own_proxies_say_that_it_was_tls(forwarded: str, proxies: int, expected: bool) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-Proto": forwarded})
    assert is_https(request, proxies) is expected


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\0")) | st.from_regex(r"https?://\S*"))
def test_whatever_is_sent_is_an_origin_or_none(origin: str) -> None:
    parts = origin_of(origin)
    if parts is not None:
        scheme, host, port = parts
        assert scheme in {"http", "https"}
        assert host
        assert 0 <= port <= 65535
    assert not is_ours("meja.example", origin) or parts in {
        (s, "meja.example", p) for s, p in (("http", 80), ("https", 443))
    }
