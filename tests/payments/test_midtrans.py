"""Pages that Midtrans makes, against a server that behaves like the documented API."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import PaymentUnavailableError
from bot.payments.midtrans import MidtransSnap
from bot.services.ports.payments import PaymentState
from tests.fakes import FakeClock
from tests.payments.midtrans_server import MidtransServer
from tests.payments.orders import ORDER


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
