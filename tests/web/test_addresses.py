"""Whose address counts for the limits."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.addresses import client_address


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("9.9.9.9", 0, "direct"),
        ("9.9.9.9", 1, "9.9.9.9"),
        ("6.6.6.6, 9.9.9.9", 1, "9.9.9.9"),  # what a customer writes there himself is not believed
        ("1.1.1.1, 9.9.9.9", 2, "1.1.1.1"),
        ("9.9.9.9", 2, "direct"),
        ("", 1, "direct"),
        (" , ", 1, "direct"),
    ],
)
def test_only_our_own_proxies_are_believed(forwarded: str, proxies: int, address: str) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded}).clone(remote="direct")
    assert client_address(request, proxies) == address
