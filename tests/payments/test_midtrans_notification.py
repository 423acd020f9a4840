"""Which notifications are read, and that all others are refused with the reason and nothing else."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotificationRefusedError
from bot.payments.midtrans import MidtransSnap
from bot.payments.midtrans_notification import MAX_BYTES, MidtransNotifications
from bot.services.ports.payments import PaymentState
from tests.payments.midtrans_server import KEY, MidtransServer
from tests.payments.orders import ORDER

READER = MidtransNotifications(KEY)


def known(status: str = "settlement", **changes: Any) -> MidtransServer:
    """A server that knows of a payment for ORDER."""
    server = MidtransServer()
    details = {"transaction_details": {"order_id": ORDER.order_id, "gross_amount": ORDER.amount}}
    server.orders[ORDER.order_id] = details
    server.choose(ORDER.order_id, status, **changes)
    return server


def reason(body: bytes) -> str:
    """Why `body` is refused."""
    with pytest.raises(NotificationRefusedError) as caught:
        READER.read(body)
    assert KEY not in f"{caught.value} {caught.value.data} {caught.value.__cause__!r}"
    assert set(caught.value.data) == {"reason"}
    return str(caught.value.data["reason"])


def test_the_sample_of_the_documentation_has_this_very_shape() -> None:
    """Fields and values as https://docs.midtrans.com/docs/https-notification-webhooks shows them, but for the key."""
    sample = {
        "transaction_time": "2020-01-09 18:27:19",
        "transaction_status": "capture",
        "transaction_id": "57d5293c-e65f-4a29-95e4-5959c3fa335b",
        "status_message": "midtrans payment notification",
        "status_code": "200",
        "signature_key": MidtransServer().signature("Postman-1578568851", "200", "10000.00"),
        "payment_type": "credit_card",
        "order_id": "Postman-1578568851",
        "merchant_id": "G141532850",
        "masked_card": "48111111-1114",
        "gross_amount": "10000.00",
        "fraud_status": "accept",
        "eci": "05",
        "currency": "IDR",
        "channel_response_message": "Approved",
        "channel_response_code": "00",
        "card_type": "credit",
        "bank": "bni",
        "approval_code": "1578569243927",
    }
    status = READER.read(json.dumps(sample).encode())
    assert (status.order_id, status.state, status.amount) == ("Postman-1578568851", PaymentState.SETTLED, 10_000)
    for private in ("48111111", "1578569243927", "bni", "G141532850"):
        assert private not in repr(status)


def test_a_notification_of_a_second_page_is_one_of_our_order() -> None:
    server = MidtransServer()
    server.orders[f"{ORDER.order_id}~2"] = {"transaction_details": {"gross_amount": ORDER.amount}}
    server.choose(f"{ORDER.order_id}~2")
    assert READER.read(server.notification(f"{ORDER.order_id}~2")).order_id == ORDER.order_id


def test_new_fields_are_passed_over() -> None:
    assert READER.read(known().notification(ORDER.order_id, new={"a": [1]})).state is PaymentState.SETTLED


@pytest.mark.parametrize(
    "changes",
    [
        {"gross_amount": "1250001.00"},
        {"gross_amount": "1250000.0"},
        {"order_id": "INV-2026-0008.a1"},
        {"status_code": "201"},
        {"signature_key": "0" * 128},
        {"signature_key": ""},
        {"signature_key": "é"},
        {"signature_key": "\ud800"},
        {"order_id": "\ud800"},
    ],
    ids=ascii,
)
def test_what_is_signed_cannot_be_changed(changes: dict[str, str]) -> None:
    assert reason(known().notification(ORDER.order_id, **changes)) == "signature"


def test_the_key_of_somebody_else_signs_nothing() -> None:
    server = known()
    server.key = "another"
    assert reason(server.notification(ORDER.order_id)) == "signature"
    with pytest.raises(ValueError, match="no server key"):
        MidtransNotifications("")


@pytest.mark.parametrize(
    "changes",
    [
        {"transaction_status": "paid"},
        {"transaction_status": ["settlement"]},
        {"fraud_status": {}},
        {"transaction_id": 7},
        {"payment_type": "a b"},
        {"transaction_time": "yesterday", "settlement_time": None},
        {"currency": "USD"},
        {"signature_key": None},
        {"gross_amount": 1250000},
        {"order_id": None},
    ],
    ids=str,
)
def test_what_midtrans_never_sends_is_refused(changes: dict[str, Any]) -> None:
    assert reason(known().notification(ORDER.order_id, **changes)) == "shape"


@pytest.mark.parametrize("amount", ["10000.50", "0x10", "-5.00", "1e3", "10000.000", "", "9" * 13])
def test_an_amount_that_is_no_whole_rupiah_is_refused_though_signed(amount: str) -> None:
    assert reason(known(amount=amount).notification(ORDER.order_id)) == "shape"


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"7", b'"x"', b"{", b"\xff\xfe", b"[" * 15_000, b"{}", b"NaN", b'{"order_id": NaN}'],
    ids=lambda body: ascii(body[:20]),
)
def test_garbage_is_refused(body: bytes) -> None:
    assert reason(body) == "shape"


def test_a_large_body_is_refused_before_it_is_read() -> None:
    body = known().notification(ORDER.order_id, padding="x" * 1_000_000)
    assert reason(body) == "size"
    assert reason(b" " * (MAX_BYTES + 1)) == "size"
    # Not because of the spaces.
    small = known().notification(ORDER.order_id)
    assert READER.read(small + b" " * (MAX_BYTES - len(small))).amount == ORDER.amount


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_being_refused(body: bytes) -> None:
    assert reason(body) == "shape"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["transaction_status", "fraud_status", "transaction_id", "payment_type", "settlement_time", "currency"]
        ),
        _JSON,
    )
)
def test_whatever_stands_in_what_is_not_signed_is_read_or_refused(changes: dict[str, Any]) -> None:
    try:
        status = READER.read(known().notification(ORDER.order_id, **changes))
    except NotificationRefusedError as error:
        assert error.data == {"reason": "shape"}
    else:
        assert (status.order_id, status.amount) == (ORDER.order_id, ORDER.amount)


async def test_the_status_is_the_truth_whatever_is_sent_again_or_out_of_order(
    midtrans: MidtransSnap, server: MidtransServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A late "pending" and a "settlement" from before a refund are signed as well; only the question tells."""
    caplog.set_level(logging.DEBUG)
    await midtrans.open(ORDER)
    sent = []
    for status in ("pending", "settlement", "refund"):
        server.choose(ORDER.order_id, status)
        sent.append(server.notification(ORDER.order_id))
    for late in [*reversed(sent), *sent]:
        claimed = READER.read(late)
        truth = await midtrans.status(claimed.order_id)
        assert truth is not None
        assert truth.state is PaymentState.REFUNDED
    assert KEY not in caplog.text


async def test_a_changed_status_passes_the_signature_but_not_the_question(
    midtrans: MidtransSnap, server: MidtransServer
) -> None:
    """The signature does not cover it."""
    await midtrans.open(ORDER)
    server.choose(ORDER.order_id, "refund")
    claimed = READER.read(server.notification(ORDER.order_id, transaction_status="settlement"))
    assert claimed.state is PaymentState.SETTLED
    truth = await midtrans.status(claimed.order_id)
    assert truth is not None
    assert truth.state is PaymentState.REFUNDED
