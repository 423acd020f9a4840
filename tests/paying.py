"""What tests of paid support share: ways to pay that do as they are told, and steps through the life of a request."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import Decimal

from bot.errors import PaymentUnavailableError
from bot.helpdesk.paid import cards
from bot.helpdesk.paid.requests import Order, PaidKind, PaidRequest, Urgency, new_reference
from bot.services.paid.in_chat import PaidSupportInChat
from bot.services.paid.telling import tell_card
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, Store
from bot.services.ports.payments import BankAccount, Instructions, PaymentOrder, PaymentState, PaymentStatus

LINES = [{"what": "Pasang plugin", "quantity": "1.5", "unit": "jam", "unit_price": 150_000}]
TERMS = PaidTerms(tax_rate=Decimal("11"))
TOTAL = 249_750  # 225,000 and 11 % tax


def order(**changes: object) -> Order:
    """An order that can be filed."""
    given = {
        "kind": PaidKind.EXTRA,
        "need": "tolong pasangin plugin SEO di wordpress sy",
        "target": "tokobatik.id",
        "urgency": Urgency.THIS_WEEK,
        "email": "budi@tokobatik.id",
        "phone": None,
        "capacity_gb": None,
    }
    return Order(**{**given, **changes})  # type: ignore[arg-type]


def key() -> str:
    """Of one thing done."""
    return uuid.uuid4().hex


@dataclass
class FakeTransfer:
    """A bank account; nobody can be asked."""

    name: str = "transfer"
    uses_unique_code: bool = True

    async def open(self, order: PaymentOrder) -> Instructions:
        return Instructions(accounts=(BankAccount("BCA", "1234567890", "PT Contoh"),))

    async def status(self, order_id: str) -> PaymentStatus | None:
        return None


@dataclass
class FakeGateway:
    """A payment service: `pay` settles an order, `down` makes it fail."""

    name: str = "midtrans"
    uses_unique_code: bool = False
    orders: dict[str, PaymentOrder] = field(default_factory=dict)
    states: dict[str, PaymentState] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    down: bool = False

    async def open(self, order: PaymentOrder) -> Instructions:
        self._answer()
        self.orders.setdefault(order.order_id, order)
        return Instructions(url=f"https://bayar.example/{order.order_id}")

    async def status(self, order_id: str) -> PaymentStatus | None:
        self._answer()
        known = self.orders.get(order_id)
        if known is None:
            return None
        state = self.states.get(order_id, PaymentState.PENDING)
        return PaymentStatus(order_id, state, self.amounts.get(order_id, known.amount), f"trx-{order_id}")

    def pay(self, order_id: str) -> None:
        self.states[order_id] = PaymentState.SETTLED

    def _answer(self) -> None:
        if self.down:
            raise PaymentUnavailableError("fake gateway is down")


def no_ways_to_pay(clock: Clock) -> PaidSupportInChat:
    """Paid support of a company that has set up nothing."""
    return PaidSupportInChat(clock, {}, PaidTerms(), opened=lambda: None)


async def file_request(store: Store, conversation_id: str, **changes: object) -> str:
    """A request as it is after the customer's confirmation; gives its id."""
    now = datetime.now(timezone.utc)
    request = PaidRequest(
        id=str(uuid.uuid4()),
        reference=new_reference(),
        conversation_id=conversation_id,
        seq=1,
        order=order(**changes),
        created_at=now,
        updated_at=now,
    )
    async with store.begin() as work:
        await work.paid_requests.add(request)
        # The card whose buttons the customer may press.
        await tell_card(work, conversation_id, cards.filed(request), now)
        await work.commit()
    return request.id
