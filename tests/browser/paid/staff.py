"""What staff do with a request, without a browser: how others get to where a test begins."""

from __future__ import annotations

import uuid
from typing import Any

from tests.browser.board import Item
from tests.browser.desk.api import DeskApi
from tests.browser.paid.setting import ITEMS


class StaffSteps:
    """Steps of one of staff through `api`."""

    def __init__(self, api: DeskApi) -> None:
        self.api = api

    def requests_of(self, conversation_id: str) -> list[dict[str, Any]]:
        """The requests of a conversation, the newest change first."""
        path = f"/paid-requests?state=all&conversation_id={conversation_id}"
        found: list[dict[str, Any]] = self.api.call("GET", path)["requests"]
        return found

    def detail(self, request_id: str) -> dict[str, Any]:
        """A request as the server has it."""
        found: dict[str, Any] = self.api.call("GET", f"/paid-requests/{request_id}")
        return found

    def act(self, request_id: str, path: str, **body: object) -> None:
        """Does something with a request."""
        self.api.call("POST", f"/paid-requests/{request_id}/{path}", {**body, "key": uuid.uuid4().hex})

    def quote(self, request_id: str, *items: Item) -> None:
        """A quote, of two lines where nothing else is said."""
        lines = [
            {
                "what": item.what,
                "quantity": item.quantity.replace(",", "."),
                "unit": item.unit,
                "unit_price": int(item.price.replace(".", "")),
            }
            for item in items or ITEMS
        ]
        self.act(request_id, "quotes", lines=lines, note="Termasuk satu kali uji coba bersama Kakak.")

    def receive(self, request_id: str) -> None:
        """The transfer that is awaited has come."""
        (awaited,) = [one for one in self.detail(request_id)["payments"] if one["unique_code"] is not None]
        self.act(request_id, "payments", amount=awaited["amount"], evidence="mutasi BCA 27/11 10.05")
