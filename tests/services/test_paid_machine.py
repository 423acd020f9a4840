"""Whatever customers, staff, payment services, clocks and crashes do: money and requests stay as they must be.

Hypothesis invents histories over the real store; after each step everything that is kept is held against the rules.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.errors import HelpdeskError
from bot.helpdesk.paid.billing import Payment, PaymentStep
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidState
from bot.helpdesk.staff import Role, Staff
from bot.store.tables import paid_invoice
from tests.databases import fresh_database
from tests.paying import LINES, FakeGateway, FakeTransfer, key
from tests.services.conftest import Desk
from tests.services.crashing import CrashingStore, Dies
from tests.staffing import add_staff

S = PaidState
# States that rest on money, and those without a way back to one.
PAID_FOR = {S.PAID, S.IN_PROGRESS, S.DONE}
ARRIVED = {PaymentStep.SETTLED, PaymentStep.SURPLUS, PaymentStep.RETURNED}
CONVERSATIONS = 2
conversations = st.integers(0, CONVERSATIONS - 1)
deeds = st.sampled_from(["quote", "approve", "reject", "cancel", "start", "work", "finish", "refund", "give_back"])
presses = st.sampled_from(["accept", "decline", "cancel", "pay", "paid-rating"])
prices = st.sampled_from([1, 150_000, 9_999_999])


class PaidLife(RuleBasedStateMachine):
    """Two customers, an agent, an administrator, a bank and a payment service."""

    migrated: Path  # a database to begin with

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="paid-"))
        shutil.copy(self.migrated, self.folder / "test.db")
        self.store = CrashingStore.connect(f"sqlite+aiosqlite:///{self.folder / 'test.db'}")
        self.gateway = FakeGateway()
        self.desk = Desk(self.store, methods={"transfer": FakeTransfer(), "midtrans": self.gateway})
        self.confirmed: list[tuple[str, int]] = []
        self.last_press: dict[str, str] = {}
        self.run(self._begin())

    async def _begin(self) -> None:
        self.agent: Staff = await add_staff(self.store, "dewi", Role.AGENT)
        self.admin: Staff = await add_staff(self.store, "tika", Role.ADMIN)
        self.customers = [await self.desk.opened() for _ in range(CONVERSATIONS)]

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def step(self, work: Coroutine[Any, Any, Any]) -> None:
        """One thing that happens; the process may die in it."""
        self.desk.clock.pass_time(1)
        self.run(self._step(work))

    async def _step(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            with suppress(HelpdeskError):
                await work
            await self._answer_all()
        except asyncio.CancelledError:
            self.store.live()
            self.desk.restart()
            # Whoever held the lease is dead.
            self.desk.clock.pass_time(10)
            await self._answer_all()

    async def _answer_all(self) -> None:
        for conversation in self.customers:
            await self.desk.answering.answer_all(conversation)

    @rule(who=conversations)
    def order(self, who: int) -> None:
        """The customer confirms an order."""
        self.step(self._order(self.customers[who]))

    async def _order(self, conversation: str) -> None:
        message = await self.desk.say(conversation, "pesan")
        self.confirmed.append((conversation, message.seq))

    @rule(who=conversations, action=presses, old=st.booleans(), twice=st.booleans())
    def press(self, who: int, action: str, old: bool, twice: bool) -> None:
        """The customer presses a button of a card, perhaps an old one, perhaps twice."""
        self.step(self._press(self.customers[who], action, old=old, times=2 if twice else 1))

    async def _press(self, conversation: str, action: str, *, old: bool, times: int) -> None:
        payloads = [
            button.payload
            for message in await self.desk.log(conversation)
            for button in message.buttons
            if button.payload.startswith((f"#paid:{action}:", f"#{action}:"))
        ]
        for _ in range(times if payloads else 0):
            await self.desk.ask(conversation, payloads[0 if old else -1])

    @rule(who=conversations, deed=deeds, newest=st.booleans(), price=prices, again=st.booleans())
    def staff_do(self, who: int, deed: str, newest: bool, price: int, again: bool) -> None:
        """Staff do something, perhaps sending it twice."""
        self.step(self._staff_do(self.customers[who], deed, newest=newest, price=price, times=2 if again else 1))

    async def _staff_do(self, conversation: str, deed: str, *, newest: bool, price: int, times: int) -> None:
        requests = await self._requests(conversation)
        if not requests:
            return
        request, once = requests[-1 if newest else 0], key()
        for _ in range(times):
            with suppress(HelpdeskError):
                await self._deed(request, deed, price, once)

    async def _deed(self, request: PaidRequest, deed: str, price: int, once: str) -> None:
        board, agent = self.desk.board, self.agent
        if deed == "quote":
            lines = [{**LINES[0], "unit_price": price}]
            await board.quote(request.id, agent, lines=lines, note=None, valid_days=None, key=once)
        elif deed == "approve":
            await board.approve(request.id, request.standing.quote + 1, self.admin, key=once)
        elif deed == "reject":
            await board.reject(request.id, agent, reason="out_of_field", note=None, key=once)
        elif deed == "cancel":
            await board.cancel(request.id, agent, note=None, key=once)
        elif deed == "start":
            await board.start(request.id, agent, key=once)
        elif deed == "work":
            await board.log_work(request.id, agent, text="dikerjakan", minutes=5, tell=True, key=once)
        elif deed == "finish":
            await board.finish(request.id, agent, note=None, key=once)
        elif deed == "refund":
            await self.desk.cash.refund(request.id, self.admin, reason="tidak jadi", key=once)
        else:
            for payment in await self._payments(request):
                with suppress(HelpdeskError):
                    await self.desk.cash.give_back_surplus(payment.order_id, self.admin, evidence="balik", key=once)

    @rule(who=conversations, newest=st.booleans())
    def transfer_arrives(self, who: int, newest: bool) -> None:
        """A transfer is seen on the account, and an agent books it."""
        self.step(self._transfer(self.customers[who], newest=newest))

    async def _transfer(self, conversation: str, *, newest: bool) -> None:
        requests = await self._requests(conversation)
        for request in requests[-1:] if newest else requests[:1]:
            for payment in await self._payments(request):
                if payment.method == "transfer" and payment.state is PaymentStep.PENDING:
                    await self.desk.cash.receive(
                        request.id, self.agent, amount=payment.amount, evidence="mutasi", key=key()
                    )
                    return

    @rule(number=st.integers(0, 3))
    def gateway_is_paid(self, number: int) -> None:
        """A customer pays at the payment service; whoever hears of it first books it."""
        for order_id in list(self.gateway.orders)[number : number + 1]:
            self.gateway.pay(order_id)

    @rule(down=st.booleans())
    def gateway_is(self, down: bool) -> None:
        """It fails for a while."""
        self.gateway.down = down

    @rule(seconds=st.sampled_from([10, 400, 25 * 3600, 8 * 24 * 3600]))
    def time_passes(self, seconds: int) -> None:
        """And the sweep comes by."""
        self.desk.clock.pass_time(seconds)
        self.step(self.desk.paid_sweep.sweep())

    @rule(commits=st.integers(1, 4), late=st.booleans())
    def the_process_will_die(self, commits: int, late: bool) -> None:
        """Before or after one of its next commits."""
        self.store.die_at(commits, Dies.AFTER if late else Dies.BEFORE)

    async def _requests(self, conversation: str) -> list[PaidRequest]:
        async with self.store.read() as work:
            return await work.paid_requests.of_conversation(conversation)

    async def _payments(self, request: PaidRequest) -> list[Payment]:
        async with self.store.read() as work:
            return await work.billing.payments(request.id)

    @invariant()
    def everything_adds_up(self) -> None:
        """The rules."""
        self.run(self._check())

    async def _check(self) -> None:
        async with self.store.read() as work:
            numbers = []
            for conversation in self.customers:
                log = await work.messages.after(conversation, 0)
                assert [message.seq for message in log] == list(range(1, len(log) + 1))
                for request in await work.paid_requests.of_conversation(conversation):
                    await self._check_request(work, request)
            for (number,) in (await work._connection.execute(select(paid_invoice.c.number))).all():
                numbers.append(int(number.rsplit("/", 1)[1]))
            assert sorted(numbers) == list(range(1, len(numbers) + 1)), "a gap in the invoice numbers"

    async def _check_request(self, work: Any, request: PaidRequest) -> None:
        changes = await work.paid_requests.changes(request.id)
        payments = await work.billing.payments(request.id)
        events = [change.event for change in changes]
        assert request.standing.version == len(changes)
        assert [c.old_state for c in changes] == ["requested", *(c.new_state for c in changes[:-1])][: len(changes)]
        assert events.count("pay") <= 1
        if request.standing.out_of_field:
            assert request.standing.state is S.DECLINED
            assert events[-1] == "reject"
        settled = [p for p in payments if p.state is PaymentStep.SETTLED]
        assert len(settled) == (request.standing.state in PAID_FOR)
        if request.standing.invoice is not None:
            invoice = await work.billing.invoice(request.standing.invoice)
            quote = await work.quotes.get(request.id, request.standing.quote)
            assert quote is not None and invoice.amount == quote.total == quote.subtotal + quote.tax
            assert quote.issued_at is not None
            assert all(p.amount == invoice.amount + (p.unique_code or 0) for p in settled)
        assert all((p.settled_at is not None) == (p.state in ARRIVED) for p in payments)

    def teardown(self) -> None:
        """In the end nobody is lost: every confirmed order is a request, and all that was paid is booked."""
        self.store.live()
        self.desk.restart()
        self.gateway.down = False
        for _ in range(6):
            self.desk.clock.pass_time(400)
            self.step(self.desk.paid_sweep.sweep())
        self.run(self._nothing_is_lost())
        self.run(self.store.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    async def _nothing_is_lost(self) -> None:
        async with self.store.read() as work:
            for conversation, seq in self.confirmed:
                said = [m for m in await work.messages.after(conversation, seq) if m.reply_to == seq]
                filed = await work.paid_requests.filed_by(conversation, seq)
                assert said, "a confirmed order got no answer"
                # Too many open ones are refused, kindly.
                assert filed is not None or said[0].card is None
            for order_id, order in self.gateway.orders.items():
                if order_id in self.gateway.states:
                    payment = await work.billing.payment(order_id)
                    assert payment is not None and payment.state in ARRIVED, f"{order.invoice} was paid and not booked"


@pytest.mark.parametrize("histories", [6, pytest.param(60, marks=pytest.mark.services)])
async def test_no_history_loses_a_request_or_money(tmp_path: Path, histories: int) -> None:
    async with fresh_database("sqlite", tmp_path):
        PaidLife.migrated = tmp_path / "test.db"
        examples = settings(
            max_examples=histories, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        )
        # Hypothesis runs the machine in this thread, whose own loop cannot be entered again.
        await asyncio.to_thread(run_state_machine_as_test, PaidLife, settings=examples)
