"""Two hundred things at once: one outcome each, invoice numbers without a gap, no deadlock."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from bot.errors import HelpdeskError
from bot.helpdesk.paid.billing import PaymentStep
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidState
from tests.paying import LINES, FakeGateway, FakeTransfer, key
from tests.services.conftest import Desk
from tests.services.paid_life import Life
from tests.staffing import add_staff

# On both databases, where time is taken for it.
pytestmark = pytest.mark.services
REQUESTS = 20
S = PaidState


async def _lives(desk: Desk) -> list[Life]:
    agent, admin = await desk.agent("dewi"), await add_staff(desk.store, "tika")
    return [Life(desk, await desk.opened(), agent, admin) for _ in range(REQUESTS)]


def _desk(desk: Desk) -> FakeGateway:
    gateway = FakeGateway()
    desk.methods = {"transfer": FakeTransfer(), "midtrans": gateway}
    desk.restart()
    return gateway


async def _all_at_once(deeds: list[Callable[[], Awaitable[object]]]) -> None:
    async def quietly(deed: Callable[[], Awaitable[object]]) -> None:
        with suppress(HelpdeskError):
            await deed()

    random.shuffle(deeds)
    await asyncio.gather(*(quietly(deed) for deed in deeds))


async def _invoices(lives: list[Life]) -> list[int]:
    numbers = [(await life.request()).standing.invoice for life in lives]
    return sorted(int(number.rsplit("/", 1)[1]) for number in numbers if number)


async def test_two_hundred_acceptances_declines_and_expiries(desk: Desk) -> None:
    _desk(desk)
    lives = await _lives(desk)
    for life in lives:
        await life.file()
        await life.quote()
    quotes = {life.conversation: await life.newest_card("quote") for life in lives}
    desk.clock.pass_time(6 * 24 * 3600)
    deeds: list[Callable[[], Awaitable[object]]] = []
    for life in lives:
        accept, decline = (button.payload for button in quotes[life.conversation].buttons[:2])

        async def press(life: Life = life, payload: str = accept) -> None:
            await desk.say(life.conversation, payload)
            await desk.answering.answer_all(life.conversation)

        async def quote(life: Life = life) -> None:
            await life.quote(lines=LINES)

        async def cancel(life: Life = life) -> None:
            await desk.board.cancel((await life.request()).id, life.agent, note=None, key=key())

        deeds += [press, press, press, press, quote, cancel, desk.paid_sweep.expire, desk.payments.sweep]
        deeds += [lambda life=life, no=decline: press(life, no), lambda life=life: life.request()]
    assert len(deeds) == 200
    await _all_at_once(deeds)
    for life in lives:
        await desk.answering.answer_all(life.conversation)

    for life in lives:
        detail = await desk.board.detail((await life.request()).id)
        events = [change.event for change in detail.changes]
        assert events.count("accept") == events.count("bill") <= 1
        assert events.count("cancel") <= 1
        # Declined, it may be quoted again.
        assert events.count("decline") <= events.count("quote")
        assert [c.new_state for c in detail.changes][:-1] == [c.old_state for c in detail.changes][1:]
    billed = await _invoices(lives)
    assert billed == list(range(1, len(billed) + 1))


async def test_two_hundred_payments_notifications_and_expiries(desk: Desk) -> None:
    gateway = _desk(desk)
    lives = await _lives(desk)
    for life in lives:
        await life.file()
        await life.quote()
        await life.press("#paid:accept")
        await life.press("#paid:pay:")
        for button in (await life.newest_card("choose_payment")).buttons[:2]:
            await desk.ask(life.conversation, button.payload)
    await desk.payments.sweep()
    requests = [await life.request() for life in lives]
    for order_id in gateway.orders:
        gateway.pay(order_id)
    desk.clock.pass_time(24 * 3600)
    deeds: list[Callable[[], Awaitable[object]]] = []
    for life, request in zip(lives, requests, strict=True):
        payments = {p.method: p for p in (await desk.board.detail(request.id)).payments}

        async def notified(order_id: str = payments["midtrans"].order_id) -> None:
            await desk.payments.book(order_id, PaidCause(PaidActor.SYSTEM), transaction_id="trx")

        async def seen(
            life: Life = life, request: PaidRequest = request, due: int = payments["transfer"].amount
        ) -> None:
            await desk.cash.receive(request.id, life.agent, amount=due, evidence="mutasi", key=key())

        async def cancel(life: Life = life, request: PaidRequest = request) -> None:
            await desk.board.cancel(request.id, life.agent, note=None, key=key())

        deeds += [notified, notified, notified, seen, seen, cancel]
        deeds += [desk.paid_sweep.expire, desk.paid_sweep.expire, desk.payments.sweep, desk.payments.sweep]
    assert len(deeds) == 200
    await _all_at_once(deeds)

    for life, request in zip(lives, requests, strict=True):
        detail = await desk.board.detail(request.id)
        events = [change.event for change in detail.changes]
        assert events.count("pay") + events.count("cancel") == 1
        states = sorted(p.state.value for p in detail.payments)
        assert states in (["settled", "surplus"], ["surplus", "surplus"])
        cards = await life.cards()
        assert cards.count("receipt") == events.count("pay")
        assert all(p.settled_at is not None and p.state is not PaymentStep.PENDING for p in detail.payments)
    assert await _invoices(lives) == list(range(1, REQUESTS + 1))


async def test_transfers_awaited_at_once_all_have_their_own_amount(desk: Desk) -> None:
    desk.restart()
    lives = await _lives(desk)
    for life in lives:
        await life.file()
        await life.quote()
    await asyncio.gather(*(life.press("#paid:accept") for life in lives))
    await desk.payments.sweep()

    due = [(await life.newest_card("payment")).card for life in lives]
    assert len({card["amount"] for card in due if card}) == REQUESTS
    assert all([await life.state() is S.AWAITING_PAYMENT for life in lives])
