"""A conversation with a paid request, and its steps from the order to done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidState
from bot.helpdesk.staff import Staff
from tests.paying import LINES, key

if TYPE_CHECKING:
    from tests.services.conftest import Desk

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
