"""What Midtrans tells us, and what others tell in its name, over HTTP against a server like Midtrans."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.bootstrap import make_web_app
from bot.settings import Settings
from bot.store.tables import payment_notification
from bot.store.unit_of_work import SqlStore
from bot.web import keys
from tests.paying import LINES, file_request, key
from tests.payments.midtrans_server import KEY, MidtransServer, Trouble, serving
from tests.staffing import add_staff
from tests.web.conftest import Customer, open_conversation

PATH = "/api/v1/payments/midtrans/notifications"


@dataclass
class Due:
    """A request that waits for its payment on Midtrans' page."""

    client: TestClient
    midtrans: MidtransServer
    customer: Customer
    request_id: str
    order_id: str
    store: SqlStore

    async def tell(self, body: bytes) -> tuple[int, Any]:
        async with self.client.post(PATH, data=body) as response:
            return response.status, await response.json()

    async def detail(self) -> Any:
        return await self.client.app[keys.PAID_BOARD].detail(self.request_id)

    async def state(self) -> str:
        return (await self.detail()).listed.request.standing.state.value

    async def verdicts(self) -> list[str]:
        async with self.store.read() as work:
            found = await work._connection.execute(
                select(payment_notification.c.verdict).order_by(payment_notification.c.id)
            )
            return [row[0] for row in found]

    async def cards(self) -> list[str]:
        return [m["card"]["kind"] for m in (await self.customer.read())["messages"] if m["card"]]


@pytest.fixture
async def midtrans() -> AsyncIterator[MidtransServer]:
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    async with serving(MidtransServer(time=f"{now:%Y-%m-%d %H:%M:%S}")) as server:
        yield server


@pytest.fixture
async def due(settings: Settings, midtrans: MidtransServer, store: SqlStore) -> AsyncIterator[Due]:
    settings = replace(settings, midtrans_server_key=KEY, midtrans_snap_url=midtrans.url, midtrans_api_url=midtrans.url)
    async with TestClient(TestServer(make_web_app(settings))) as client:
        customer = await open_conversation(client)
        request_id = await file_request(store, customer.conversation_id)
        agent, board = await add_staff(store, "dewi"), client.app[keys.PAID_BOARD]
        await board.quote(request_id, agent, lines=LINES, note=None, valid_days=None, key=key())
        await customer.send(f"#paid:accept:{request_id}:1")
        for _ in range(100):
            payments = (await board.detail(request_id)).payments
            if [payment.state.value for payment in payments] == ["pending"]:
                break
            await asyncio.sleep(0.05)
        yield Due(client, midtrans, customer, request_id, payments[0].order_id, store)


async def test_a_payment_is_booked_once_however_often_it_is_told(due: Due) -> None:
    due.midtrans.choose(due.order_id)
    body = due.midtrans.notification(due.order_id)
    told = await asyncio.gather(*(due.tell(body) for _ in range(5)))

    assert {status for status, _ in told} == {200}
    assert await due.state() == "paid"
    assert (await due.cards()).count("receipt") == 1
    assert await due.verdicts() == ["accepted"] * 5


async def test_what_comes_out_of_order_takes_nothing_back(due: Due) -> None:
    due.midtrans.choose(due.order_id, "pending")
    earlier = due.midtrans.notification(due.order_id)
    due.midtrans.choose(due.order_id, "settlement")
    assert (await due.tell(due.midtrans.notification(due.order_id)))[0] == 200
    assert (await due.tell(earlier))[0] == 200

    assert await due.state() == "paid"
    assert [payment.state.value for payment in (await due.detail()).payments] == ["settled"]


async def test_a_claim_is_not_believed_without_asking(due: Due) -> None:
    due.midtrans.choose(due.order_id, "settlement")
    claims_to_be_paid = due.midtrans.notification(due.order_id)
    due.midtrans.choose(due.order_id, "pending")
    assert (await due.tell(claims_to_be_paid))[0] == 200

    assert await due.state() == "awaiting_payment"


def _changed(**changes: Any) -> Callable[[Due], bytes]:
    return lambda due: due.midtrans.notification(due.order_id, **changes)


def _signed(**changes: Any) -> Callable[[Due], bytes]:
    """Signed by somebody with the key, of another order or amount."""

    def body(due: Due) -> bytes:
        told = {**json.loads(due.midtrans.notification(due.order_id)), **changes}
        told["signature_key"] = due.midtrans.signature(told["order_id"], told["status_code"], told["gross_amount"])
        return json.dumps(told).encode()

    return body


@pytest.mark.parametrize(
    ("body", "status", "verdict"),
    [
        (_changed(signature_key="0" * 128), 403, "signature"),
        (_changed(signature_key="é" * 128), 403, "signature"),
        (_changed(gross_amount="1.00"), 403, "signature"),
        (_changed(order_id="PB-2222222-00000000"), 403, "signature"),
        (_signed(gross_amount="1.00"), 403, "amount"),
        (_signed(order_id="PB-2222222-00000000"), 403, "unknown_order"),
        (_changed(transaction_time="2020-01-01 00:00:00", settlement_time="2020-01-01 00:00:01"), 403, "timestamp"),
        (lambda due: b"", 403, "shape"),
        (lambda due: b"[]", 403, "shape"),
        (lambda due: b"\xff\xfe{", 403, "shape"),
        (lambda due: b'{"a":' * 2000, 403, "shape"),
        (lambda due: b'{"order_id":"' + b"x" * 20_000 + b'"}', 403, "size"),
        (lambda due: b"x" * 1_000_000, 413, "size"),
    ],
    ids=range(13),
)
async def test_what_is_refused_changes_nothing_and_is_noted(
    due: Due, body: Callable[[Due], bytes], status: int, verdict: str, caplog: pytest.LogCaptureFixture
) -> None:
    due.midtrans.choose(due.order_id)
    with caplog.at_level(logging.DEBUG):
        got, said = await due.tell(body(due))

    assert got == status
    assert said["error"]["code"] == ("notification_refused" if status == 403 else "message_too_long")
    assert await due.state() == "awaiting_payment"
    assert await due.verdicts() == [verdict]
    assert any("refused" in record.message for record in caplog.records)
    assert KEY not in caplog.text and "tokobatik" not in caplog.text


async def test_while_midtrans_cannot_be_asked_it_is_to_tell_again(due: Due, midtrans: MidtransServer) -> None:
    due.midtrans.choose(due.order_id)
    body = due.midtrans.notification(due.order_id)
    midtrans.troubles += [Trouble(status=500) for _ in range(6)]
    status, said = await due.tell(body)
    assert (status, said["error"]["code"]) == (503, "internal_error")
    assert await due.state() == "awaiting_payment"
    midtrans.troubles.clear()
    assert (await due.tell(body))[0] == 200
    assert await due.state() == "paid"


async def test_without_notifications_the_payment_is_found_by_asking(due: Due) -> None:
    due.midtrans.choose(due.order_id)
    for _ in range(200):
        if await due.state() == "paid":
            return
        await asyncio.sleep(0.1)
    raise AssertionError("nobody asked")


async def test_without_a_key_nothing_is_read(client: TestClient, store: SqlStore) -> None:
    async with client.post(PATH, data=b"{}") as response:
        assert (response.status, (await response.json())["error"]["data"]) == (403, {"reason": "not_set_up"})


async def test_a_flood_of_notifications_does_not_fill_the_database(client: TestClient, store: SqlStore) -> None:
    statuses: list[int] = []
    # On a slow machine the limit lets more through meanwhile.
    while 429 not in statuses and len(statuses) < 2_000:
        async with client.post(PATH, data=b"{}") as response:
            statuses.append(response.status)
    assert statuses[:200] == [403] * 200
    assert statuses[-1] == 429
    async with store.read() as work:
        noted = (await work._connection.execute(select(payment_notification.c.id))).all()
    assert len(noted) == statuses.count(403)
