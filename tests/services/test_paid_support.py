"""Paid support from the request in the chat to done, over the real store."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.errors import OutOfFieldError, PaidStateError, PaidSupportError
from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.paid.billing import PaymentStep
from bot.helpdesk.paid.requests import PaidKind, PaidRequest
from bot.helpdesk.paid.states import PaidState
from bot.helpdesk.staff import Role, Staff
from bot.services.paid.terms import PaidTerms
from tests.paying import LINES, TOTAL, FakeGateway, FakeTransfer, key, order
from tests.services.conftest import Desk
from tests.staffing import add_staff

DAY = 24 * 3600


class Life:
    """One conversation with its newest request, and those who deal with it."""

    def __init__(self, desk: Desk, conversation: str, agent: Staff, admin: Staff) -> None:
        self.desk = desk
        self.conversation = conversation
        self.agent = agent
        self.admin = admin

    async def request(self) -> PaidRequest:
        async with self.desk.store.read() as work:
            return (await work.paid_requests.of_conversation(self.conversation))[-1]

    async def state(self) -> PaidState:
        return (await self.request()).standing.state

    async def press(self, start: str, sender: Sender = Sender.SYSTEM) -> ChatMessage:
        """Press the newest button whose payload starts like this; gives what was said last."""
        for message in reversed(await self.desk.log(self.conversation)):
            for button in message.buttons:
                if button.payload.startswith(start):
                    await self.desk.ask(self.conversation, button.payload)
                    await self.desk.payments.sweep()
                    return (await self.desk.log(self.conversation))[-1]
        raise AssertionError(f"no button {start}")

    async def cards(self) -> list[str]:
        return [str(m.card["kind"]) for m in await self.desk.log(self.conversation) if m.card]

    async def newest_card(self, kind: str) -> ChatMessage:
        return [m for m in await self.desk.log(self.conversation) if m.card and m.card["kind"] == kind][-1]

    async def file(self) -> PaidRequest:
        await self.desk.ask(self.conversation, "pesan")
        return await self.request()

    async def quote(self, **changes: object) -> None:
        given = {"lines": LINES, "note": None, "valid_days": None, "key": key(), **changes}
        await self.desk.board.quote((await self.request()).id, self.agent, **given)  # type: ignore[arg-type]

    async def to(self, state: PaidState) -> None:
        """Bring a new request to `state`."""
        await self.file()
        if state is PaidState.REQUESTED:
            return
        await self.quote()
        if state is PaidState.QUOTED:
            return
        await self.press("#paid:accept")
        if state is PaidState.AWAITING_PAYMENT:
            return
        await self.receive()
        if state is PaidState.PAID:
            return
        await self.desk.board.start((await self.request()).id, self.agent, key=key())
        if state is PaidState.IN_PROGRESS:
            return
        await self.desk.board.finish((await self.request()).id, self.agent, note="Sudah aktif.", key=key())

    async def receive(self) -> None:
        due = (await self.newest_card("payment")).card
        assert due is not None
        request = await self.request()
        await self.desk.cash.receive(request.id, self.agent, amount=due["amount"], evidence="mutasi BCA 2/3", key=key())


@pytest.fixture
async def life(desk: Desk) -> Life:
    admin = await add_staff(desk.store, "kepala", Role.ADMIN)
    return Life(desk, await desk.opened(), await desk.agent("dewi"), admin)


async def test_from_the_request_to_the_rating(life: Life) -> None:
    await life.to(PaidState.DONE)
    thanks = await life.press("#paid-rating:5")

    assert thanks.text.startswith("Terima kasih")
    assert await life.cards() == ["filed", "quote", "payment", "receipt", "progress", "done"]
    assert (await life.request()).score == 5
    detail = await life.desk.board.detail((await life.request()).id)
    assert [c.event for c in detail.changes] == ["quote", "accept", "bill", "pay", "start", "finish"]
    assert [(p.state, p.amount - (p.unique_code or 0)) for p in detail.payments] == [(PaymentStep.SETTLED, TOTAL)]
    assert detail.listed.request.standing.invoice == "INV/2026/00001"
    assert detail.listed.staff == life.agent.display_name


async def test_cards_say_the_same_as_their_text(life: Life) -> None:
    await life.to(PaidState.AWAITING_PAYMENT)
    quote, payment = await life.newest_card("quote"), await life.newest_card("payment")

    assert quote.card is not None and quote.card["total"] == TOTAL
    assert quote.card["lines"] == [
        {"what": "Pasang plugin", "quantity": "1.5", "unit": "jam", "unit_price": 150_000, "total": 225_000}
    ]
    for part in ("Pasang plugin", "1,5 jam", "Rp225.000", "Pajak 11%", "Rp24.750", "Rp249.750", "9 Maret 2026"):
        assert part in quote.text
    assert payment.card is not None
    assert payment.card["amount"] == TOTAL + payment.card["unique_code"]
    for part in (f"{payment.card['unique_code']:03d}", "BCA 1234567890", "INV/2026/00001"):
        assert part in payment.text


async def test_the_same_confirmation_files_once(life: Life) -> None:
    await life.file()
    life.desk.restart()
    await life.desk.answering.answer_all(life.conversation)

    async with life.desk.store.read() as work:
        assert len(await work.paid_requests.of_conversation(life.conversation)) == 1


async def test_a_confirmation_counts_although_an_agent_has_come_meanwhile(life: Life) -> None:
    await life.desk.say(life.conversation, "pesan")
    turn_of = life.desk.brain.answer

    async def taken_over_meanwhile(**asked: str | None) -> object:
        turn = await turn_of(**asked)  # type: ignore[arg-type]
        await life.desk.handoffs.take_over(life.conversation, life.agent)
        return turn

    life.desk.brain.answer = taken_over_meanwhile  # type: ignore[method-assign, assignment]
    await life.desk.answering.answer_all(life.conversation)

    assert await life.state() is PaidState.REQUESTED
    assert await life.desk.bot_said(life.conversation) == []
    assert (await life.newest_card("filed")).sender is Sender.SYSTEM


async def test_pressing_twice_changes_nothing_twice(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    accept = next(b.payload for b in (await life.newest_card("quote")).buttons if ":accept:" in b.payload)
    for _ in range(2):
        await life.desk.ask(life.conversation, accept)
        await life.desk.payments.sweep()

    assert await life.cards() == ["filed", "quote", "payment"]
    assert "menunggu pembayaran" in (await life.desk.log(life.conversation))[-1].text


async def test_a_title_typed_by_hand_is_a_button_even_later(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    await life.desk.ask(life.conversation, "bentar ya mikir dulu")
    await life.desk.ask(life.conversation, "terima penawaran")

    assert await life.state() is PaidState.AWAITING_PAYMENT


async def test_a_newer_quote_takes_the_place_of_the_first(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    old = next(b.payload for b in (await life.newest_card("quote")).buttons if ":accept:" in b.payload)
    await life.quote(lines=[{**LINES[0], "unit_price": 100_000}])
    await life.desk.ask(life.conversation, old)

    assert await life.state() is PaidState.QUOTED
    await life.press("#paid:accept")
    assert (await life.newest_card("payment")).card["amount"] - 166_500 in range(1, 1000)  # type: ignore[index]


async def test_an_issued_quote_keeps_its_price_until_it_runs_out(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    life.desk.terms = PaidTerms(tax_rate=Decimal(12))
    life.desk.restart()
    life.desk.clock.pass_time(6 * DAY)
    await life.press("#paid:accept")

    request = await life.request()
    async with life.desk.store.read() as work:
        invoice = await work.billing.invoice(str(request.standing.invoice))
    assert invoice is not None and invoice.amount == TOTAL


async def test_a_quote_runs_out_by_the_sweep_and_by_the_click(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    life.desk.clock.pass_time(7 * DAY)
    await life.press("#paid:accept")
    assert await life.state() is PaidState.EXPIRED

    await life.quote()
    life.desk.clock.pass_time(7 * DAY)
    life.desk.restart()
    await life.desk.paid_sweep.sweep()
    assert await life.state() is PaidState.EXPIRED
    assert (await life.cards())[-2:] == ["quote", "closed"]


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


async def test_a_question_before_deciding_asks_for_a_person_and_leaves_the_quote(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    await life.press("#paid:ask")

    assert await life.desk.waiting() == [life.conversation]
    await life.press("#paid:accept")
    assert await life.state() is PaidState.AWAITING_PAYMENT


async def test_a_refusal_that_says_nothing_needs_a_note(life: Life) -> None:
    request = await life.file()
    with pytest.raises(PaidSupportError):
        await life.desk.board.reject(request.id, life.agent, reason="other", note=" ", key=key())
    await life.desk.board.reject(request.id, life.agent, reason="other", note="Jadwal penuh.", key=key())
    assert "Jadwal penuh." in (await life.newest_card("closed")).text


async def test_what_is_out_of_the_field_is_never_quoted(life: Life) -> None:
    request = await life.file()
    await life.desk.board.reject(request.id, life.agent, reason="out_of_field", note=None, key=key())
    assert "Hak 4" in (await life.newest_card("closed")).text
    with pytest.raises(OutOfFieldError):
        await life.quote()
    assert await life.state() is PaidState.DECLINED


async def test_above_the_limit_an_administrator_approves(life: Life) -> None:
    life.desk.terms = PaidTerms(approval_limit=200_000)
    life.desk.restart()
    request = await life.file()
    await life.quote()
    assert await life.cards() == ["filed"]
    assert (await life.desk.board.detail(request.id)).listed.waits_for_approval
    with pytest.raises(AssertionError):
        await life.press("#paid:accept")
    await life.desk.board.approve(request.id, 1, life.admin, key=key())
    assert await life.cards() == ["filed", "quote"]
    assert (await life.desk.board.detail(request.id)).quotes[0].approved_by == life.admin.display_name


async def test_the_same_key_again_gives_the_same_and_changes_nothing(life: Life) -> None:
    request = await life.file()
    once = key()
    for _ in range(2):
        await life.quote(key=once)
    assert await life.cards() == ["filed", "quote"]
    await life.press("#paid:accept")
    await life.receive()
    again = key()
    for _ in range(2):
        await life.desk.board.start(request.id, life.agent, key=again)
        await life.desk.board.log_work(request.id, life.agent, text="Plugin dipasang", minutes=40, tell=True, key=again)
    assert await life.cards() == ["filed", "quote", "payment", "receipt", "progress", "progress"]
    assert len((await life.desk.board.detail(request.id)).work) == 1


@pytest.mark.parametrize(
    "lines",
    [
        [],
        "x",
        [{**LINES[0], "unit_price": 1.5}],
        [{**LINES[0], "unit_price": -1}],
        [{**LINES[0], "unit_price": True}],
        [{**LINES[0], "quantity": 1.5}],
        [{**LINES[0], "quantity": "0"}],
        [{**LINES[0], "quantity": "1.234"}],
        [{**LINES[0], "quantity": "NaN"}],
        [{**LINES[0], "what": " "}],
        [{**LINES[0], "unit_price": 0}],
        [{**LINES[0], "unit_price": 10**10, "quantity": "9"}],
        [None],
    ],
)
async def test_a_quote_that_adds_up_to_nothing_usable_is_refused(life: Life, lines: object) -> None:
    await life.file()
    with pytest.raises(PaidSupportError):
        await life.quote(lines=lines)
    assert await life.cards() == ["filed"]


async def test_a_migration_is_free_up_to_the_limit_and_quoted_above_it(life: Life) -> None:
    life.desk.terms = PaidTerms(migration_free_gb=20, migration_price_per_gb=5_000)
    life.desk.restart()
    life.desk.brain.order = order(kind=PaidKind.MIGRATION, capacity_gb=15)
    await life.desk.ask(life.conversation, "pesan")
    assert "tidak ada biaya" in (await life.desk.log(life.conversation))[1].text
    async with life.desk.store.read() as work:
        assert await work.paid_requests.of_conversation(life.conversation) == []

    life.desk.brain.order = order(kind=PaidKind.MIGRATION, capacity_gb=80)
    other = Life(life.desk, await life.desk.opened(), life.agent, life.admin)
    await other.file()
    assert await other.state() is PaidState.QUOTED
    card = (await other.newest_card("quote")).card
    assert card is not None and card["total"] == 300_000


async def test_customers_ask_how_far_it_is(life: Life) -> None:
    await life.desk.ask(life.conversation, "sampai mana")
    assert (await life.desk.log(life.conversation))[-1].text != ""
    assert await life.cards() == []

    other = Life(life.desk, await life.desk.opened(), life.agent, life.admin)
    await other.to(PaidState.QUOTED)
    await life.desk.ask(other.conversation, "sampai mana")
    said = (await life.desk.log(other.conversation))[-1]
    assert said.card is not None and said.card["kind"] == "status"
    for part in ((await other.request()).reference, "menunggu jawaban", "Rp249.750"):
        assert part in said.text


async def test_nobody_presses_cards_of_another_conversation(life: Life) -> None:
    await life.to(PaidState.QUOTED)
    request = await life.request()
    stranger = await life.desk.opened()
    await life.desk.ask(stranger, f"#paid:accept:{request.id}:1")

    assert await life.state() is PaidState.QUOTED


async def test_a_refund_gives_back_what_was_paid(life: Life) -> None:
    await life.to(PaidState.DONE)
    request = await life.request()
    detail = await life.desk.cash.refund(request.id, life.admin, reason="Hasil tidak sesuai", key=key())
    assert detail.listed.request.standing.state is PaidState.REFUNDED
    assert [p.state for p in detail.payments] == [PaymentStep.RETURNED]
    with pytest.raises(PaidStateError):
        await life.desk.cash.refund(request.id, life.admin, reason="lagi", key=key())
