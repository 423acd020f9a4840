"""Whatever customers, staff, payment services, clocks and crashes do: money and requests stay as they must be.

Hypothesis invents histories over the real store; after each step everything that is kept is held against the rules.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.helpdesk.paid.billing import PaymentStep
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidState
from bot.store.tables import paid_invoice
from tests.services.crashing import Dies
from tests.services.paid_steps import CONVERSATIONS, PaidSteps
from tests.templates import Templates

S = PaidState
# States that rest on money, and the steps of a payment whose money is there.
PAID_FOR = {S.PAID, S.IN_PROGRESS, S.DONE}
ARRIVED = {PaymentStep.SETTLED, PaymentStep.SURPLUS, PaymentStep.RETURNED}
conversations = st.integers(0, CONVERSATIONS - 1)
deeds = st.sampled_from(["quote", "approve", "reject", "cancel", "start", "work", "finish", "refund", "give_back"])
presses = st.sampled_from(["accept", "decline", "cancel", "pay", "paid-rating"])
prices = st.sampled_from([1, 150_000, 9_999_999])


class PaidLife(PaidSteps):
    """All of it in any order."""

    @rule(who=conversations)
    def order(self, who: int) -> None:
        """The customer confirms an order."""
        self.step(self._order(self.customers[who]))

    @rule(who=conversations, way=st.sampled_from(["transfer", "midtrans"]), steps=st.integers(1, 6))
    def goes_on(self, who: int, way: str, steps: int) -> None:
        """The next things that usually happen: most histories would never come to the payment by chance."""
        for _ in range(steps):
            self.step(self._goes_on(self.customers[who], way))

    @rule(who=conversations, action=presses, old=st.booleans(), twice=st.booleans())
    def press(self, who: int, action: str, old: bool, twice: bool) -> None:
        """The customer presses a button of a card, perhaps an old one, perhaps twice."""
        self.step(self._press(self.customers[who], action, old=old, times=2 if twice else 1))

    @rule(who=conversations, deed=deeds, newest=st.booleans(), price=prices, again=st.booleans())
    def staff_do(self, who: int, deed: str, newest: bool, price: int, again: bool) -> None:
        """Staff do something, perhaps sending it twice."""
        self.step(self._staff_do(self.customers[who], deed, newest=newest, price=price, times=2 if again else 1))

    @rule(who=conversations, newest=st.booleans())
    def transfer_arrives(self, who: int, newest: bool) -> None:
        """A transfer is seen on the account, and an agent books it."""
        self.step(self._transfer(self.customers[who], newest=newest))

    @rule(number=st.integers(0, 3))
    def gateway_is_paid(self, number: int) -> None:
        """A customer pays at the payment service, whose page ends in time; whoever hears of it first books it."""
        for order_id, order in list(self.gateway.orders.items())[number : number + 1]:
            if self.clock.now() < order.expires_at:
                self.gateway.pay(order_id)

    @rule(down=st.booleans())
    def gateway_is(self, down: bool) -> None:
        """It fails for a while."""
        self.gateway.down = down

    @rule(seconds=st.sampled_from([10, 400, 25 * 3600, 8 * 24 * 3600]))
    def time_passes(self, seconds: int) -> None:
        """And the sweep comes by."""
        self.clock.pass_time(seconds)
        self.step(self.desk.paid_sweep.sweep())

    @rule(commits=st.integers(1, 4), late=st.booleans())
    def the_process_will_die(self, commits: int, late: bool) -> None:
        """Before or after one of its next commits."""
        self.store.die_at(commits, Dies.AFTER if late else Dies.BEFORE)

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

    def in_the_end(self) -> None:
        """In the end nobody is lost: every confirmed order is a request, and all that was paid is booked."""
        self.store.live()
        self.desk.restart()
        self.gateway.down = False
        for _ in range(6):
            self.clock.pass_time(400)
            self.step(self.desk.paid_sweep.sweep())
        self.run(self._nothing_is_lost())

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
def test_no_history_loses_a_request_or_money(templates: Templates, histories: int) -> None:
    PaidLife.templates = templates
    some = settings(
        max_examples=histories, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(PaidLife, settings=some)
