"""Payment on Midtrans' own page (Snap), after its public documentation; card data never touches us."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.errors import PaymentUnavailableError
from bot.payments.midtrans_api import Answer, MidtransApi
from bot.payments.midtrans_transaction import ATTEMPT_MARK, ORDER_ID, WESTERN_INDONESIA, read_transaction
from bot.services.ports import Clock
from bot.services.ports.payments import Instructions, PaymentOrder, PaymentState, PaymentStatus

# The bounds of Midtrans for how long a page and what is begun on it can last.
_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(days=7)
_LONGEST_NAME = 50
_ATTEMPTS = 3
_TRANSACTIONS = "/snap/v1/transactions"
# What counts most, where an order has several ids there.
_WEIGHT = (
    *(PaymentState.SETTLED, PaymentState.IN_REVIEW, PaymentState.PENDING, PaymentState.REFUNDED),
    *(PaymentState.DENIED, PaymentState.EXPIRED, PaymentState.CANCELLED),
)
_OVER = (PaymentState.EXPIRED, PaymentState.CANCELLED)


class MidtransSnap:
    """`bot.services.ports.payments.PaymentMethod` with Midtrans' page; `snap` makes pages, `core` knows payments."""

    def __init__(self, snap: MidtransApi, core: MidtransApi, clock: Clock) -> None:
        self._snap = snap
        self._core = core
        self._clock = clock

    @property
    def name(self) -> str:
        return "midtrans"

    @property
    def uses_unique_code(self) -> bool:
        return False

    async def open(self, order: PaymentOrder) -> Instructions:
        """A page for `order`.

        Midtrans does not tell the page of an order id again. After a crash between making and storing it the id may
        be used, its page lost, and nothing paid; then the page is made under our id with `~2` or `~3` behind it, as
        Midtrans advises. Where a payment is under way somebody has the page: another one could be paid as well.
        """
        if not ORDER_ID.fullmatch(order.order_id):
            raise ValueError("an order id that Midtrans does not take")
        for attempt in range(1, _ATTEMPTS + 1):
            answer = await self._create(order, _numbered(order.order_id, attempt))
            if answer.status in (200, 201):
                return Instructions(url=self._page(answer.data))
            if not _is_used(answer):
                raise answer.unusable()
            found = await self._asked(_numbered(order.order_id, attempt))
            if found is not None and found.state not in _OVER:
                raise PaymentUnavailableError("Midtrans has a payment for this order already")
        raise PaymentUnavailableError(f"Midtrans has used up all {_ATTEMPTS} ids of this order")

    async def status(self, order_id: str) -> PaymentStatus | None:
        """What Midtrans says now. DENIED is not the end: while the page lasts, one may try again there."""
        if not ORDER_ID.fullmatch(order_id):
            return None
        told: list[PaymentStatus] = []
        for attempt in range(1, _ATTEMPTS + 1):
            found = await self._asked(_numbered(order_id, attempt))
            if found is not None and found.state is PaymentState.SETTLED:
                return found
            told += [found] if found is not None else []
        return min(told, key=lambda one: _WEIGHT.index(one.state), default=None)

    async def _asked(self, midtrans_id: str) -> PaymentStatus | None:
        answer = await self._core.get(f"/v2/{midtrans_id}/status")
        # In the status as the library of Midtrans expects it, or only in the body as the documentation shows it.
        if answer.data.get("status_code") == "404" and answer.status in (200, 404):
            return None
        if answer.status != 200 or answer.data.get("order_id") != midtrans_id:
            raise answer.unusable()
        try:
            return read_transaction(answer.data)
        except ValueError as error:
            raise PaymentUnavailableError(f"Midtrans tells of a payment without a usable {error}") from None

    async def _create(self, order: PaymentOrder, midtrans_id: str) -> Answer:
        body = self._request(order, midtrans_id)
        answer = await self._snap.post(_TRANSACTIONS, body)
        if answer.status == 400 and answer.fields and all(f.startswith("customer_details") for f in answer.fields):
            # An address that Midtrans dislikes is no reason not to be paid; the page asks for what it needs.
            body.pop("customer_details", None)
            answer = await self._snap.post(_TRANSACTIONS, body)
        return answer

    def _request(self, order: PaymentOrder, midtrans_id: str) -> dict[str, Any]:
        now = self._clock.now()
        left = min(order.expires_at - now, _LONGEST)
        if left < _SHORTEST:
            raise PaymentUnavailableError("less than 5 minutes are left, the least that Midtrans allows")
        name = order.description[:_LONGEST_NAME] or order.invoice
        contact = {"email": order.email, "phone": order.phone}
        request: dict[str, Any] = {
            "transaction_details": {"order_id": midtrans_id, "gross_amount": order.amount},
            "item_details": [{"id": order.invoice, "price": order.amount, "quantity": 1, "name": name}],
            "credit_card": {"secure": True},
            "expiry": {
                "start_time": now.astimezone(WESTERN_INDONESIA).strftime("%Y-%m-%d %H:%M:%S %z"),
                "unit": "minutes",
                "duration": int(left.total_seconds() // 60),
            },
        }
        if any(contact.values()):
            request["customer_details"] = {key: value for key, value in contact.items() if value}
        return request

    def _page(self, data: dict[str, Any]) -> str:
        """Only a page of Midtrans: customers are sent there to pay."""
        url = data.get("redirect_url")
        try:
            parts = urlsplit(url if isinstance(url, str) else "")
            ours = urlsplit(self._snap.url)
            same = (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc)
            usable = same or (parts.scheme == "https" and parts.netloc.endswith(".midtrans.com"))
        except ValueError:
            usable = False
        if not usable or not isinstance(url, str) or not url.isprintable() or " " in url or len(url) > 500:
            raise PaymentUnavailableError("Midtrans names no page of its own to pay on")
        return url


def _numbered(order_id: str, attempt: int) -> str:
    return order_id if attempt == 1 else f"{order_id}{ATTEMPT_MARK}{attempt}"


def _is_used(answer: Answer) -> bool:
    """Snap refuses a used order id as a wrong field (400), the API behind it with 406."""
    taken = any(word in answer.messages for word in ("already", "been taken", "used", "sudah digunakan", "utilized"))
    return answer.status == 406 or (answer.status == 400 and "transaction_details.order_id" in answer.fields and taken)
