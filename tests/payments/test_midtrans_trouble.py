"""A Midtrans that fails, is slow, is gone or refuses the key: told as such, without anything secret."""

from __future__ import annotations

import logging

import aiohttp
import pytest

from bot.errors import PaymentUnavailableError
from bot.payments.midtrans import MidtransSnap
from bot.payments.midtrans_api import MidtransApi
from tests.fakes import FakeClock
from tests.payments.midtrans_server import KEY, MidtransServer, Trouble
from tests.payments.orders import ORDER

TROUBLES = [
    Trouble(),
    Trouble(manner="hangs up"),
    Trouble(status=200, body=b"<html>It works!</html>"),
    Trouble(status=201, body=b"{}"),
    Trouble(status=200, body=b"[1]"),
    Trouble(status=200, body=b"[" * 100_000),
    Trouble(status=200, body=b"{" + b" " * 300_000 + b"}"),
    Trouble(status=201, body=b'{"redirect_url":"https://evil.example/snap/v4/redirection/x"}'),
    Trouble(status=201, body=b'{"redirect_url":"javascript:alert(1)"}'),
    Trouble(status=201, body=b'{"redirect_url":"http://app.midtrans.com/x"}'),
    Trouble(status=201, body=b'{"redirect_url":"https://app.midtrans.com.evil.example/x"}'),
    Trouble(status=201, body=b'{"redirect_url":"https://[::1"}'),
    Trouble(status=201, body=b'{"redirect_url":7}'),
    Trouble(status=302, body=b"{}", manner="redirects"),
    Trouble(status=404, body=b"<html>not here</html>"),
    Trouble(status=404, body=b"{}"),
    Trouble(status=429, body=b'{"status_code":"429","status_message":"API rate limit exceeded."}'),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: f"{one.status} {one.manner}{one.body[:40]!r}")
async def test_trouble_is_told_as_such_and_the_next_try_is_as_good_as_the_first(
    midtrans: MidtransSnap, server: MidtransServer, trouble: Trouble
) -> None:
    server.troubles = [trouble]
    with pytest.raises(PaymentUnavailableError):
        await midtrans.open(ORDER)
    assert server.asked == ["POST /snap/v1/transactions"]
    assert (await midtrans.open(ORDER)).url
    server.choose(ORDER.order_id)
    server.troubles = [trouble] * 4
    with pytest.raises(PaymentUnavailableError):
        await midtrans.status(ORDER.order_id)
    server.troubles = []
    assert await midtrans.status(ORDER.order_id) is not None


@pytest.mark.parametrize("trouble", [Trouble(), Trouble(manner="hangs up")], ids=["500", "hangs up"])
async def test_a_question_is_asked_again_where_it_failed_at_once(
    midtrans: MidtransSnap, server: MidtransServer, trouble: Trouble
) -> None:
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id)
    server.troubles = [trouble]
    assert await midtrans.status(ORDER.order_id) is not None


async def test_a_slow_server_is_not_waited_for(
    server: MidtransServer, session: aiohttp.ClientSession, clock: FakeClock
) -> None:
    api = MidtransApi(lambda: session, server.url, KEY, timeout=0.2)
    slow = MidtransSnap(api, api, clock)
    server.troubles = [Trouble(manner="slow"), Trouble(manner="slow")]
    with pytest.raises(PaymentUnavailableError, match="cannot be reached"):
        await slow.open(ORDER)
    with pytest.raises(PaymentUnavailableError, match="cannot be reached"):
        await slow.status(ORDER.order_id)
    assert len(server.asked) == 2


async def test_a_wrong_key_is_told_with_what_to_check_and_nothing_secret(
    server: MidtransServer,
    session: aiohttp.ClientSession,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    api = MidtransApi(lambda: session, server.url, "Mid-server-s3cret", timeout=5)
    wrong = MidtransSnap(api, api, clock)
    for failing in (wrong.open(ORDER), wrong.status(ORDER.order_id)):
        with pytest.raises(PaymentUnavailableError, match="401: check HELPDESK_MIDTRANS_SERVER_KEY") as caught:
            await failing
        assert "s3cret" not in f"{caught.value!r} {caught.value.data} {caught.value.__cause__!r}"
    assert "s3cret" not in caplog.text + repr(api) + repr(wrong)
    assert "budi" not in caplog.text


async def test_a_server_that_is_gone_is_told_without_the_order(
    midtrans: MidtransSnap, session: aiohttp.ClientSession, clock: FakeClock
) -> None:
    api = MidtransApi(lambda: session, "http://127.0.0.1:9", KEY, timeout=5)
    gone = MidtransSnap(api, api, clock)
    with pytest.raises(PaymentUnavailableError) as caught:
        await gone.open(ORDER)
    assert "INV-2026" not in str(caught.value)
    assert KEY not in str(caught.value)
