"""What customers, staff, bank and payment service can do with paid requests, one thing after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.paid.billing import Payment, PaymentStep
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidState
from bot.helpdesk.staff import Role, Staff
from tests.paying import LINES, FakeGateway, FakeTransfer, key
from tests.services.conftest import Desk
from tests.services.crashing_machine import CrashingMachine
from tests.staffing import add_staff

S = PaidState
CONVERSATIONS = 2
# Few enough that histories go on with what there is.
MOST_REQUESTS = 3


class PaidSteps(CrashingMachine):
    """Two customers, an agent, an administrator, a bank and a payment service."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway = FakeGateway()
        self.desk = Desk(self.store, methods={"transfer": FakeTransfer(), "midtrans": self.gateway})
        self.clock = self.desk.clock
        self.confirmed: list[tuple[str, int]] = []
        self.run(self._begin())

    async def _begin(self) -> None:
        self.agent: Staff = await add_staff(self.store, "dewi", Role.AGENT)
        self.admin: Staff = await add_staff(self.store, "tika", Role.ADMIN)
        self.customers = [await self.desk.opened() for _ in range(CONVERSATIONS)]

    async def _step(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            with suppress(HelpdeskError):
                await work
            await self._answer_all()
        except asyncio.CancelledError:
            self.store.live()
            self.desk.restart()
            # Whoever held the lease is dead.
            self.clock.pass_time(10)
            await self._answer_all()

    async def _answer_all(self) -> None:
        for conversation in self.customers:
            await self.desk.answering.answer_all(conversation)

    async def _order(self, conversation: str) -> None:
        if len(await self._requests(conversation)) >= MOST_REQUESTS:
            return
        message = await self.desk.say(conversation, "pesan")
        self.confirmed.append((conversation, message.seq))

    async def _goes_on(self, conversation: str, way: str) -> None:
        requests = await self._requests(conversation)
        if not requests:
            await self._order(conversation)
            return
        request = requests[-1]
        state, payments = request.standing.state, await self._payments(request)
        if state in (S.REQUESTED, S.EXPIRED, S.DECLINED):
            await self._deed(request, "quote", 150_000, key())
        elif state is S.QUOTED:
            await self._press(conversation, "accept", old=False, times=1)
        elif state is S.AWAITING_PAYMENT and len({p.method for p in payments}) < 2:
            # Customers look at both ways, and may pay twice in the end.
            tried = {p.method for p in payments}
            other = way if way not in tried else ({"transfer", "midtrans"} - tried).pop()
            await self.desk.ask(conversation, f"#paid:pay:{request.id}:{other}")
            await self.desk.payments.sweep()
        elif state is S.AWAITING_PAYMENT and way == "transfer":
            await self._transfer(conversation, newest=True)
        elif state is S.AWAITING_PAYMENT:
            for payment in payments:
                if payment.order_id in self.gateway.orders:
                    self.gateway.pay(payment.order_id)
        elif state in (S.PAID, S.IN_PROGRESS):
            await self._deed(request, "start" if state is S.PAID else "finish", 0, key())

    async def _press(self, conversation: str, action: str, *, old: bool, times: int) -> None:
        payloads = [
            button.payload
            for message in await self.desk.log(conversation)
            for button in message.buttons
            if button.payload.startswith((f"#paid:{action}:", f"#{action}:"))
        ]
        for _ in range(times if payloads else 0):
            await self.desk.ask(conversation, payloads[0 if old else -1])

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

    async def _transfer(self, conversation: str, *, newest: bool) -> None:
        requests = await self._requests(conversation)
        for request in requests[-1:] if newest else requests[:1]:
            for payment in await self._payments(request):
                if payment.method == "transfer" and payment.state is PaymentStep.PENDING:
                    await self.desk.cash.receive(
                        request.id, self.agent, amount=payment.amount, evidence="mutasi", key=key()
                    )
                    return

    async def _requests(self, conversation: str) -> list[PaidRequest]:
        async with self.store.read() as work:
            return await work.paid_requests.of_conversation(conversation)

    async def _payments(self, request: PaidRequest) -> list[Payment]:
        async with self.store.read() as work:
            return await work.billing.payments(request.id)
