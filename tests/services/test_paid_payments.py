"""Paying for a request: late, twice, too much, while the gateway is down, without any way to pay, and back."""

from __future__ import annotations

import pytest

from bot.errors import PaidStateError, PaidSupportError
from bot.helpdesk.paid.billing import PaymentStep
from bot.helpdesk.paid.states import PaidState
from tests.paying import TOTAL, FakeGateway, FakeTransfer, key
from tests.services.paid_life import DAY, Life


async def test_an_invoice_runs_out_and_late_money_counts(life: Life) -> None:
    await life.to(PaidState.AWAITING_PAYMENT)
    life.desk.clock.pass_time(DAY)
    await life.desk.paid_sweep.sweep()
    assert await life.state() is PaidState.EXPIRED

    await life.receive()
    assert await life.state() is PaidState.PAID


async def test_money_for_what_was_cancelled_is_a_surplus_that_is_given_back(life: Life) -> None:
    await life.to(PaidState.AWAITING_PAYMENT)
    await life.press("#paid:cancel")
    assert await life.state() is PaidState.CANCELLED
    await life.receive()

    request = await life.request()
    assert request.standing.state is PaidState.CANCELLED
    detail = await life.desk.board.detail(request.id)
    assert detail.listed.surplus == detail.payments[0].amount
    after = await life.desk.cash.give_back_surplus(
        detail.payments[0].order_id, life.admin, evidence="transfer balik 3/3", key=key()
    )
    assert after.listed.surplus == 0
    assert after.payments[0].state is PaymentStep.RETURNED


async def test_an_invoice_is_paid_once(life: Life) -> None:
    gateway = FakeGateway()
    life.desk.methods = {"transfer": FakeTransfer(), "midtrans": gateway}
    life.desk.restart()
    await life.to(PaidState.QUOTED)
    await life.press("#paid:accept")
    assert (await life.cards())[-1] == "choose_payment"
    await life.press("#paid:pay:")  # one, then the other
    choice = await life.newest_card("choose_payment")
    for button in choice.buttons:
        if ":pay:" in button.payload:
            await life.desk.ask(life.conversation, button.payload)
            await life.desk.payments.sweep()
    for order_id in gateway.orders:
        gateway.pay(order_id)
    life.desk.clock.pass_time(60)
    await life.desk.paid_sweep.sweep()
    assert await life.state() is PaidState.PAID
    request = await life.request()
    transfer = next(p for p in (await life.desk.board.detail(request.id)).payments if p.method == "transfer")
    await life.desk.cash.receive(request.id, life.agent, amount=transfer.amount, evidence="mutasi", key=key())

    detail = await life.desk.board.detail(request.id)
    assert sorted(p.state.value for p in detail.payments) == ["settled", "surplus"]
    assert [c.event for c in detail.changes].count("pay") == 1


async def test_a_gateway_that_is_down_is_tried_again_and_then_given_up(life: Life) -> None:
    gateway = FakeGateway(down=True)
    life.desk.methods = {"midtrans": gateway}
    life.desk.restart()
    await life.to(PaidState.AWAITING_PAYMENT)
    assert (await life.cards())[-1] == "quote"
    gateway.down = False
    life.desk.clock.pass_time(60)
    await life.desk.payments.sweep()
    assert (await life.cards())[-1] == "payment"

    other = Life(life.desk, await life.desk.opened(), life.agent, life.admin)
    gateway.down = True
    await other.to(PaidState.AWAITING_PAYMENT)
    for _ in range(20):
        life.desk.clock.pass_time(600)
        await life.desk.payments.sweep()
    assert (await other.cards())[-1] == "choose_payment"


async def test_money_is_booked_though_the_gateway_was_down_until_long_after_it_was_due(life: Life) -> None:
    gateway = FakeGateway()
    life.desk.methods = {"midtrans": gateway}
    life.desk.restart()
    await life.to(PaidState.AWAITING_PAYMENT)
    (order_id,) = gateway.orders
    gateway.pay(order_id)
    gateway.down = True
    life.desk.clock.pass_time(8 * 24 * 3600)
    await life.desk.payments.sweep()
    gateway.down = False
    life.desk.clock.pass_time(400)
    await life.desk.payments.sweep()
    assert await life.state() is PaidState.PAID


async def test_without_any_way_to_pay_staff_send_it_and_book_it(life: Life) -> None:
    life.desk.methods = {}
    life.desk.restart()
    await life.to(PaidState.QUOTED)
    await life.press("#paid:accept")
    assert "Staf kami mengirim cara" in (await life.newest_card("choose_payment")).text
    request = await life.request()
    with pytest.raises(PaidSupportError):
        await life.desk.cash.receive(request.id, life.agent, amount=TOTAL - 1, evidence="mutasi", key=key())
    await life.desk.cash.receive(request.id, life.agent, amount=TOTAL, evidence="mutasi", key=key())
    assert await life.state() is PaidState.PAID


async def test_a_refund_gives_back_what_was_paid(life: Life) -> None:
    await life.to(PaidState.DONE)
    request = await life.request()
    detail = await life.desk.cash.refund(request.id, life.admin, reason="Hasil tidak sesuai", key=key())
    assert detail.listed.request.standing.state is PaidState.REFUNDED
    assert [p.state for p in detail.payments] == [PaymentStep.RETURNED]
    with pytest.raises(PaidStateError):
        await life.desk.cash.refund(request.id, life.admin, reason="lagi", key=key())
