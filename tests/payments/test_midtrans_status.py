"""What has become of a payment at Midtrans, and which answers are not believed."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.errors import PaymentUnavailableError
from bot.payments.midtrans import MidtransSnap
from bot.services.ports.payments import PaymentState
from tests.payments.midtrans_server import MidtransServer
from tests.payments.orders import ORDER


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
