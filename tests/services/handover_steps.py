"""What customers, bot and agents can do in a handover, one thing after the other or at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.ownership import State
from bot.helpdesk.staff import Presence, Role, Staff
from bot.services.desk_handoffs import CLOSE_REASONS
from tests.services.conftest import Desk
from tests.services.crashing_machine import CrashingMachine
from tests.staffing import add_staff

STAFF = {"rina": Role.AGENT, "dewi": Role.AGENT, "tika": Role.ADMIN}
MAX_CHATS = 1
CONVERSATIONS = 2


class HandoverSteps(CrashingMachine):
    """Two customers, two agents and a lead, one database."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(self.store, max_chats=MAX_CHATS)
        self.clock = self.desk.clock
        self.staff: dict[str, Staff] = {}
        self.customers: list[str] = []
        # Which customer messages must have how many replies in the end, by conversation and seq.
        self.owed: dict[tuple[str, int], int] = {}
        self.sent: dict[str, tuple[str, str, int]] = {}
        self.numbers = 0
        self.changes = [0] * CONVERSATIONS
        self.run(self._begin())

    async def _begin(self) -> None:
        for name, role in STAFF.items():
            self.staff[name] = await add_staff(self.store, name, role)
            await self.desk.presence.set(self.staff[name], Presence.ONLINE)
        self.customers = [await self.desk.opened() for _ in range(CONVERSATIONS)]

    async def _step(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            with suppress(HelpdeskError):
                await work
        except asyncio.CancelledError:
            self._new_process()
        for who, conversation in enumerate(self.customers):
            async with self.store.read() as read:
                history = await read.ownership.history(conversation)
            if any(made.new.state is State.AGENT for made in history[self.changes[who] :]):
                await self._all_is_the_agents(conversation)
            self.changes[who] = len(history)

    def _new_process(self) -> None:
        self.store.live()
        self.desk.restart()

    async def _all_is_the_agents(self, conversation: str) -> None:
        """With an agent there, what has no reply yet is theirs and gets none of the bot."""
        replied = {m.reply_to for m in await self.desk.log(conversation)}
        for of, seq in self.owed:
            if of == conversation and seq not in replied:
                self.owed[of, seq] = 0

    async def _say(self, conversation: str, text: str) -> None:
        self.numbers += 1
        client_id = f"nomor-{self.numbers}"
        try:
            await self.desk.say(conversation, text, client_id)
        finally:  # a process that died right after the commit has stored it
            stored = [m for m in await self.desk.log(conversation) if m.client_message_id == client_id]
            for message in stored:
                now = await self.desk.ownership(conversation)
                self.owed[conversation, message.seq] = 0 if now.state is State.AGENT else 1
                self.sent[conversation] = (text, client_id, message.seq)

    async def _press(self, conversation: str, which: int) -> None:
        async with self.store.read() as work:
            asked = await work.messages.newest_with_buttons(conversation)
        if asked is not None:
            await self._say(conversation, asked.buttons[which % len(asked.buttons)].title)

    async def _act(self, conversation: str, by: str | None, does: str) -> None:
        has_it = (await self.desk.ownership(conversation)).agent_id
        staff = self.staff[by] if by else next((s for s in self.staff.values() if s.id == has_it), self.staff["rina"])
        if does == "write":
            self.numbers += 1
            await self.desk.messages.send(conversation, staff, client_message_id=f"a-{self.numbers}", text="Halo, Kak.")
        elif does == "transfer":
            to = next(s for s in self.staff.values() if s is not staff)
            await self.desk.handoffs.transfer(conversation, staff, to=to.id)
        elif does == "close":
            await self.desk.handoffs.close(conversation, staff, reason=CLOSE_REASONS[self.numbers % len(CLOSE_REASONS)])
        else:
            await getattr(self.desk.handoffs, does)(conversation, staff)

    async def _race(self, conversation: str) -> None:
        racers = [self.desk.handoffs.accept(conversation, self.staff[name]) for name in ("rina", "dewi")]
        results = await asyncio.gather(*racers, return_exceptions=True)
        assert all(result is None or isinstance(result, HelpdeskError) for result in results)

    async def _meanwhile(self, conversation: str, by: str | None, acts: list[str]) -> None:
        """Acts of an agent while the brain is at the conversation's next message, if there is one."""
        gate = self.desk.brain.gate = asyncio.Event()
        asked = len(self.desk.brain.asked)
        thinking = asyncio.ensure_future(self.desk.answering.answer_all(conversation))
        try:
            while len(self.desk.brain.asked) == asked and not thinking.done():
                await asyncio.sleep(0.001)
            # Choices before that message are answered by now, and their replies are older than what agents do.
            self.clock.pass_time(1)
            for act in acts:
                with suppress(HelpdeskError):
                    await self._act(conversation, by, act)
            # Before the answer is there, so that what it may still say is clear.
            if (await self.desk.ownership(conversation)).state is State.AGENT:
                await self._all_is_the_agents(conversation)
        finally:
            self.desk.brain.gate = None
            gate.set()
            await thinking
