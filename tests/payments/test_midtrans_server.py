"""The stand-in itself, where browser tests lean on it: its page, and a thread of its own."""

from __future__ import annotations

import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlencode

from bot.payments.midtrans_notification import MidtransNotifications
from bot.services.ports.payments import PaymentState
from tests.payments.midtrans_server import KEY, MidtransServer, serving_in_a_thread


def test_the_page_pays_and_tells_of_it() -> None:
    told: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    listener = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    server = MidtransServer(notify_url=f"http://127.0.0.1:{listener.server_port}/")
    with serving_in_a_thread(server):
        server.orders["a"] = {"transaction_details": {"order_id": "a", "gross_amount": 5000}}
        server.pages["t"] = "a"
        page = f"{server.url}/snap/v4/redirection/t"
        with urllib.request.urlopen(page) as answer:  # noqa: S310 - loopback
            assert "Rp5000" in answer.read().decode()
        with urllib.request.urlopen(page, urlencode({"do": "settlement"}).encode()) as answer:  # noqa: S310
            assert "Pembayaran berhasil" in answer.read().decode()
    listener.shutdown()
    listener.server_close()
    assert [MidtransNotifications(KEY).read(one).state for one in told] == [PaymentState.SETTLED]
