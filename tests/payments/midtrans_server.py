"""A hand-written Midtrans after its public documentation: Snap pages, status queries and signed notifications.

One loopback port stands for both hosts. It refuses what the real one refuses: a wrong key, an order id that is used,
sums that do not add up, too short or long a time.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import secrets
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import aiohttp
from aiohttp import web

KEY = "Mid-server-k3y-that-nobody-may-see"
_STATUS_CODES = {"pending": "201", "capture": "200", "settlement": "200", "deny": "202", "cancel": "202"}
_PAGE = """<!doctype html><html lang="id"><title>Pembayaran</title><h1>Pembayaran {order_id}</h1>
<p id="total">Rp{amount}</p><form method="post"><button name="do" value="settlement">Bayar</button>
<button name="do" value="pending">Bayar nanti</button><button name="do" value="deny">Kartu ditolak</button></form>
<p role="status">{said}</p></html>"""


@dataclass(frozen=True)
class Trouble:
    """What the server says instead of its own answer; `manner` is how."""

    status: int = 500
    body: bytes = b'{"error_messages":["Sorry, we encountered internal server error. We will fix this soon."]}'
    manner: Literal["", "slow", "hangs up", "redirects"] = ""


@dataclass
class Transaction:
    """What the API behind the pages knows, once a customer has chosen how to pay."""

    order_id: str
    amount: str
    status: str = "pending"
    fraud: str | None = "accept"
    payment_type: str = "bank_transfer"
    transaction_id: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def code(self) -> str:
        """`status_code`: 407 once expired, 201 while it waits, 202 when it was refused."""
        return {"expire": "407"}.get(self.status, _STATUS_CODES.get(self.status, "200"))


@dataclass
class MidtransServer:
    """Reached at `url` while it is served; `notify_url` is where notifications go, if anywhere.

    `troubles` are said first, one a request. With `strict` an order id is used as soon as it has a page, as the
    documentation says; without, once a customer has chosen how to pay, which is all that others have seen.
    `soft_404` answers an unknown order with status 200 and the 404 in the body alone.
    """

    key: str = KEY
    strict: bool = True
    soft_404: bool = False
    taken: str = "transaction_details.order_id has already been taken"
    notify_url: str | None = None
    url: str = ""
    # What its clock shows, in Jakarta.
    time: str = "2026-03-02 16:00:00"
    troubles: list[Trouble] = field(default_factory=list)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    transactions: dict[str, Transaction] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def choose(self, order_id: str, /, status: str = "settlement", **changes: Any) -> Transaction:
        """The customer did something on the page; the same transaction from then on. Nobody is told yet."""
        amount = self.orders[order_id]["transaction_details"]["gross_amount"]
        found = self.transactions.setdefault(order_id, Transaction(order_id, f"{amount}.00"))
        found.status = status
        for name, value in changes.items():
            setattr(found, name, value)
        return found

    def notification(self, order_id: str, /, **changes: Any) -> bytes:
        """A signed notification of what is known; `changes` are made after signing."""
        return json.dumps(
            {**self._told(self.transactions[order_id], "midtrans payment notification"), **changes}
        ).encode()

    async def send(self, body: bytes) -> int:
        """The notification to `notify_url`; gives the status that it got."""
        assert self.notify_url, "nobody to notify"
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Veritrans"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.notify_url, data=body, headers=headers) as response,
        ):
            return response.status

    async def pay(self, order_id: str, /, status: str = "settlement", **changes: Any) -> int:
        """`choose`, and tell of it."""
        self.choose(order_id, status, **changes)
        return await self.send(self.notification(order_id))

    def signature(self, order_id: str, code: str, amount: str) -> str:
        """As documented: SHA-512 of all three and the server key."""
        return hashlib.sha512(f"{order_id}{code}{amount}{self.key}".encode()).hexdigest()

    def app(self) -> web.Application:
        """Its addresses."""
        app = web.Application(middlewares=[self._in_trouble])
        app.router.add_post("/snap/v1/transactions", self._create)
        app.router.add_get("/v2/{order_id}/status", self._status)
        app.router.add_get("/snap/v4/redirection/{token}", self._page)
        app.router.add_post("/snap/v4/redirection/{token}", self._act)
        return app

    @web.middleware
    async def _in_trouble(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path}")
        if not self.troubles:
            response: web.StreamResponse = await handler(request)
            return response
        trouble = self.troubles.pop(0)
        if trouble.manner == "slow":
            await asyncio.sleep(30)
        if trouble.manner == "hangs up" and request.transport is not None:
            request.transport.abort()
        headers = {"Location": "http://127.0.0.1:9/"} if trouble.manner == "redirects" else {}
        return web.Response(status=trouble.status, body=trouble.body, headers=headers)

    def _authorised(self, request: web.Request) -> bool:
        expected = base64.b64encode(f"{self.key}:".encode()).decode()
        return secrets.compare_digest(request.headers.get("Authorization", ""), f"Basic {expected}")

    async def _create(self, request: web.Request) -> web.Response:
        if not self._authorised(request):
            told = "Access denied due to unauthorized transaction, please check client or server key"
            return web.json_response({"error_messages": [told, "Visit https://snap-docs.midtrans.com/"]}, status=401)
        order = await request.json()
        wrong = self._wrong(order)
        if wrong:
            return web.json_response({"error_messages": wrong}, status=400)
        order_id, token = order["transaction_details"]["order_id"], secrets.token_hex(16)
        self.orders[order_id] = order
        self.pages[token] = order_id
        page = f"{self.url}/snap/v4/redirection/{token}"
        return web.json_response({"token": token, "redirect_url": page}, status=201)

    def _wrong(self, order: dict[str, Any]) -> list[str]:
        details, customer = order["transaction_details"], order.get("customer_details", {})
        order_id, amount = details["order_id"], details["gross_amount"]
        used = self.orders if self.strict else self.transactions
        checks = {
            self.taken: order_id in used,
            "transaction_details.order_id is invalid": not re.fullmatch(r"[A-Za-z0-9._~-]{1,50}", order_id),
            "transaction_details.gross_amount is invalid": type(amount) is not int or amount < 1,
            "transaction_details.gross_amount is not equal to the sum of item_details": amount
            != sum(item["price"] * item["quantity"] for item in order.get("item_details", [])),
            "customer_details.email format is invalid": "@" not in customer.get("email", "@"),
            "expiry.duration is invalid": not 5 <= order["expiry"]["duration"] <= 7 * 24 * 60,
            "expiry.start_time is invalid": not order["expiry"]["start_time"].endswith(" +0700"),
        }
        return [told for told, wrong in checks.items() if wrong]

    async def _status(self, request: web.Request) -> web.Response:
        if not self._authorised(request):
            told = "Transaction cannot be authorized with the current client/server key."
            return web.json_response({"status_code": "401", "status_message": told}, status=401)
        found = self.transactions.get(request.match_info["order_id"])
        if found is None:
            told = "Transaction doesn't exist."
            body = {"status_code": "404", "status_message": told, "id": secrets.token_hex(16)}
            return web.json_response(body, status=200 if self.soft_404 else 404)
        return web.json_response(self._told(found, "Success, transaction is found"))

    def _told(self, found: Transaction, message: str) -> dict[str, Any]:
        told = {
            "transaction_time": self.time,
            "transaction_status": found.status,
            "transaction_id": found.transaction_id,
            "status_message": message,
            "status_code": found.code,
            "signature_key": self.signature(found.order_id, found.code, found.amount),
            "payment_type": found.payment_type,
            "order_id": found.order_id,
            "merchant_id": "G000000000",
            "gross_amount": found.amount,
            "currency": "IDR",
        }
        if found.fraud is not None:
            told["fraud_status"] = found.fraud
        if found.status == "settlement":
            told["settlement_time"] = str(datetime.fromisoformat(self.time) + timedelta(minutes=5))
        if found.payment_type == "credit_card":
            told |= {"masked_card": "48111111-1114", "bank": "bni", "approval_code": "1578569243927"}
        return told

    async def _page(self, request: web.Request) -> web.Response:
        return self._shown(self.pages[request.match_info["token"]], "")

    async def _act(self, request: web.Request) -> web.Response:
        order_id, status = self.pages[request.match_info["token"]], str((await request.post())["do"])
        self.choose(order_id, status)
        if self.notify_url:
            await self.send(self.notification(order_id))
        return self._shown(order_id, {"settlement": "Pembayaran berhasil"}.get(status, "Belum dibayar"))

    def _shown(self, order_id: str, said: str) -> web.Response:
        amount = self.orders[order_id]["transaction_details"]["gross_amount"]
        return web.Response(text=_PAGE.format(order_id=order_id, amount=amount, said=said), content_type="text/html")


@asynccontextmanager
async def serving(server: MidtransServer) -> AsyncIterator[MidtransServer]:
    """The server at `server.url`, in the loop of the caller; afterwards nobody answers there."""
    runner = web.AppRunner(server.app(), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


@contextmanager
def serving_in_a_thread(server: MidtransServer) -> Iterator[MidtransServer]:
    """The same for callers without a loop, such as tests with a browser."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    over = asyncio.Event()

    async def serve() -> None:
        async with serving(server):
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(30), "the server did not come up"
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(30)
        loop.close()
