"""Pages and status queries, against a server that behaves like the documented API."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import aiohttp
import pytest

from bot.errors import PaymentUnavailableError
from bot.payments.midtrans import MidtransSnap
from bot.payments.midtrans_api import MidtransApi
from bot.services.ports.payments import PaymentOrder, PaymentState
from tests.fakes import FakeClock
from tests.payments.midtrans_server import KEY, MidtransServer, Trouble

ORDER = PaymentOrder(
    order_id="INV-2026-0007.a1",
    amount=1_250_000,
    invoice="INV-2026-0007",
    description="Pemasangan sertifikat SSL",
    expires_at=datetime(2026, 3, 3, 9, 0, tzinfo=timezone.utc),
    email="budi@example.com",
    phone="+6281234567890",
)


async def test_a_page_is_made_with_all_that_is_agreed(midtrans: MidtransSnap, server: MidtransServer) -> None:
    instructions = await midtrans.open(ORDER)
    assert instructions.accounts == ()
    assert instructions.url is not None
    assert instructions.url.startswith(f"{server.url}/snap/v4/redirection/")
    assert server.orders[ORDER.order_id] == {
        "transaction_details": {"order_id": "INV-2026-0007.a1", "gross_amount": 1_250_000},
        "item_details": [
            {"id": "INV-2026-0007", "price": 1_250_000, "quantity": 1, "name": "Pemasangan sertifikat SSL"}
        ],
        "customer_details": {"email": "budi@example.com", "phone": "+6281234567890"},
        "credit_card": {"secure": True},
        "expiry": {"start_time": "2026-03-02 16:00:00 +0700", "unit": "minutes", "duration": 1440},
    }
    assert (midtrans.name, midtrans.uses_unique_code) == ("midtrans", False)


@pytest.mark.parametrize(
    "taken", ["transaction_details.order_id has already been taken", "transaction_details.order_id sudah digunakan"]
)
async def test_the_same_order_again_gives_a_page_that_can_be_paid(
    midtrans: MidtransSnap, server: MidtransServer, taken: str
) -> None:
    """After a crash between making the page and storing it; status and notification know it under our own id."""
    server.taken = f"transaction_details.order_id {taken}"
    first, second = await midtrans.open(ORDER), await midtrans.open(ORDER)
    assert second.url not in (None, first.url)
    assert server.pages[str(second.url).rsplit("/", 1)[1]] == f"{ORDER.order_id}~2"
    assert await midtrans.status(ORDER.order_id) is None
    server.choose(f"{ORDER.order_id}~2")
    status = await midtrans.status(ORDER.order_id)
    assert status is not None
    assert (status.order_id, status.state, status.amount) == (ORDER.order_id, PaymentState.SETTLED, ORDER.amount)


async def test_an_id_that_is_free_until_somebody_pays_stays_the_same(
    midtrans: MidtransSnap, server: MidtransServer
) -> None:
    """Should Midtrans be milder than its documentation."""
    server.strict = False
    await midtrans.open(ORDER)
    await midtrans.open(ORDER)
    assert list(server.orders) == [ORDER.order_id]


@pytest.mark.parametrize("status", ["pending", "settlement", "capture", "deny", "refund"])
async def test_no_second_page_where_somebody_has_begun_to_pay(
    midtrans: MidtransSnap, server: MidtransServer, status: str
) -> None:
    """Both could be paid."""
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id, status)
    with pytest.raises(PaymentUnavailableError, match="a payment for this order already"):
        await midtrans.open(ORDER)
    assert list(server.orders) == [ORDER.order_id]


async def test_ids_end_at_some_time(midtrans: MidtransSnap, server: MidtransServer) -> None:
    for _ in range(3):
        await midtrans.open(ORDER)
    with pytest.raises(PaymentUnavailableError, match="used up all 3 ids"):
        await midtrans.open(ORDER)
    assert len(server.orders) == 3


async def test_money_on_one_page_counts_more_than_waiting_on_another(
    midtrans: MidtransSnap, server: MidtransServer
) -> None:
    await midtrans.open(ORDER)
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id, "pending")
    server.choose(f"{ORDER.order_id}~2", "settlement")
    status = await midtrans.status(ORDER.order_id)
    assert status is not None
    assert status.state is PaymentState.SETTLED


@pytest.mark.parametrize(
    ("status", "fraud", "state"),
    [
        ("pending", "accept", PaymentState.PENDING),
        ("authorize", "accept", PaymentState.PENDING),
        ("settlement", "accept", PaymentState.SETTLED),
        ("settlement", None, PaymentState.SETTLED),
        ("settlement", "challenge", PaymentState.IN_REVIEW),
        ("settlement", "deny", PaymentState.DENIED),
        ("capture", "accept", PaymentState.SETTLED),
        ("capture", "challenge", PaymentState.IN_REVIEW),
        ("capture", "deny", PaymentState.DENIED),
        ("capture", None, PaymentState.IN_REVIEW),
        ("deny", "accept", PaymentState.DENIED),
        ("deny", "deny", PaymentState.DENIED),
        ("failure", None, PaymentState.DENIED),
        ("cancel", "accept", PaymentState.CANCELLED),
        ("expire", "accept", PaymentState.EXPIRED),
        ("refund", "accept", PaymentState.REFUNDED),
        ("partial_refund", "accept", PaymentState.REFUNDED),
        ("chargeback", "accept", PaymentState.REFUNDED),
        ("partial_chargeback", "accept", PaymentState.REFUNDED),
    ],
)
async def test_what_has_become_of_it(
    midtrans: MidtransSnap, server: MidtransServer, status: str, fraud: str | None, state: PaymentState
) -> None:
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id, status, fraud=fraud, payment_type="credit_card", transaction_id="57d5293c-e65f")
    found = await midtrans.status(ORDER.order_id)
    assert found is not None
    assert (found.state, found.amount, found.payment_type) == (state, 1_250_000, "credit_card")
    assert found.transaction_id == "57d5293c-e65f"
    minute = 5 if status == "settlement" else 0
    assert found.at == datetime(2026, 3, 2, 9, minute, tzinfo=timezone.utc)


@pytest.mark.parametrize("soft", [False, True])
async def test_an_order_that_midtrans_does_not_know(midtrans: MidtransSnap, server: MidtransServer, soft: bool) -> None:
    server.soft_404 = soft
    assert await midtrans.status(ORDER.order_id) is None
    assert await midtrans.status("../../v1/else?x=") is None
    assert all(one.startswith("GET /v2/INV-2026-0007.a1") for one in server.asked)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "1250000.50"},
        {"amount": "-1.00"},
        {"amount": "1,250,000.00"},
        {"amount": "1e6"},
        {"amount": "٣.00"},
        {"status": "paid"},
        {"status": None},
        {"fraud": "maybe"},
        {"transaction_id": "x" * 65},
        {"payment_type": "<b>"},
    ],
    ids=str,
)
async def test_what_midtrans_never_says_is_not_believed(
    midtrans: MidtransSnap, server: MidtransServer, changes: dict[str, str | None]
) -> None:
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id, **{"status": "settlement", **changes})  # type: ignore[arg-type]
    with pytest.raises(PaymentUnavailableError, match="without a usable"):
        await midtrans.status(ORDER.order_id)


async def test_the_status_of_another_order_is_not_believed(midtrans: MidtransSnap, server: MidtransServer) -> None:
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id, order_id="another")
    with pytest.raises(PaymentUnavailableError):
        await midtrans.status(ORDER.order_id)


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


async def test_an_address_that_midtrans_dislikes_is_no_reason_not_to_be_paid(
    midtrans: MidtransSnap, server: MidtransServer
) -> None:
    assert (await midtrans.open(replace(ORDER, email="budi"))).url
    assert "customer_details" not in server.orders[ORDER.order_id]


async def test_without_a_contact_none_is_sent(midtrans: MidtransSnap, server: MidtransServer) -> None:
    assert (await midtrans.open(replace(ORDER, email=None, phone=None, description="x" * 80))).url
    assert "customer_details" not in server.orders[ORDER.order_id]
    assert server.orders[ORDER.order_id]["item_details"][0]["name"] == "x" * 50


async def test_other_refusals_name_the_field_and_nothing_that_was_sent(
    midtrans: MidtransSnap, server: MidtransServer
) -> None:
    with pytest.raises(PaymentUnavailableError, match=r"400 and names transaction_details\.gross_amount") as caught:
        await midtrans.open(replace(ORDER, amount=0))
    assert "budi" not in str(caught.value)
    assert server.orders == {}


@pytest.mark.parametrize(("left", "minutes"), [(5, 5), (90, 90), (30 * 24 * 60, 7 * 24 * 60)])
async def test_the_page_lasts_as_long_as_the_invoice_but_seven_days_at_most(
    midtrans: MidtransSnap, server: MidtransServer, clock: FakeClock, left: int, minutes: int
) -> None:
    await midtrans.open(replace(ORDER, expires_at=clock.now() + timedelta(minutes=left, seconds=30)))
    assert server.orders[ORDER.order_id]["expiry"]["duration"] == minutes


async def test_no_page_for_the_last_minutes(midtrans: MidtransSnap, server: MidtransServer, clock: FakeClock) -> None:
    with pytest.raises(PaymentUnavailableError, match="less than 5 minutes"):
        await midtrans.open(replace(ORDER, expires_at=clock.now() + timedelta(minutes=4, seconds=59)))
    assert server.asked == []


@pytest.mark.parametrize("order_id", ["", "a/b", "a~2", "x" * 49, "a b", "é"])
async def test_an_order_id_that_midtrans_does_not_take_is_a_mistake_of_ours(
    midtrans: MidtransSnap, order_id: str
) -> None:
    with pytest.raises(ValueError, match="order id"):
        await midtrans.open(replace(ORDER, order_id=order_id))
