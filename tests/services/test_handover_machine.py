"""Whatever customers, bot, agents, sweeps and crashes do in whatever order: nobody is left alone or talked over.

Hypothesis invents histories over the real store; after each step the whole log is held against what must be true.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.errors import HelpdeskError
from bot.helpdesk.conversation import ChatMessage, Conversation, Sender
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.ownership import Change, Ownership, State, change
from bot.helpdesk.staff import Presence, Role, Staff
from bot.services.desk_handoffs import CLOSE_REASONS
from bot.store.unit_of_work import SqlUnitOfWork
from tests.examples import examples
from tests.services.conftest import GRACE, LEASE, QUEUE_PATIENCE, RATING_AFTER, Desk
from tests.services.crashing import CrashingStore, Dies
from tests.staffing import add_staff
from tests.templates import Templates

STAFF = {"rina": Role.AGENT, "dewi": Role.AGENT, "tika": Role.ADMIN}
MAX_CHATS = 1
CONVERSATIONS = 2
TEXTS = ["halo", "mau manusia", "tombol", "balas ke budi@tokobatik.id ya"]
PAUSES = [1.0, LEASE + 1, GRACE + 1, QUEUE_PATIENCE + 1, RATING_AFTER + 1]

conversations = st.integers(0, CONVERSATIONS - 1)
agents = st.sampled_from(sorted(STAFF))
# Whoever has the conversation acts more often than others try to.
actors = st.one_of(st.none(), agents)
deeds = st.sampled_from(["accept", "take_over", "transfer", "give_back", "hand_back", "close", "write"])


@dataclass(frozen=True)
class Seen:
    """All that the store holds of one conversation, read in one transaction."""

    kept: Conversation
    now: Ownership
    history: list[Change]
    moved_at: list[datetime]
    log: list[ChatMessage]
    request: Handoff | None

    def owner_at(self, at: datetime) -> Ownership:
        """Who had it after everything that happened at `at`."""
        past = [made.new for made, when in zip(self.history, self.moved_at, strict=True) if when <= at]
        return past[-1] if past else Ownership()


class Handover(RuleBasedStateMachine):
    """Two customers, two agents and a lead, one database."""

    templates: Templates

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = self.run(self.templates.new_folder())
        self.store = CrashingStore.connect(f"sqlite+aiosqlite:///{self.folder / 'test.db'}")
        self.desk = Desk(self.store, max_chats=MAX_CHATS)
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

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def step(self, work: Coroutine[Any, Any, Any]) -> None:
        """One thing that happens; a second passes before it, so that times tell the order."""
        self.desk.clock.pass_time(1)
        self.run(self._step(work))

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

    # What happens.

    @rule(who=conversations, text=st.sampled_from(TEXTS))
    def customer_writes(self, who: int, text: str) -> None:
        self.step(self._say(self.customers[who], text))

    @rule(who=conversations, which=st.integers(0, 9))
    def customer_presses_a_button(self, who: int, which: int) -> None:
        self.step(self._press(self.customers[who], which))

    @rule(who=conversations)
    def customer_sends_the_same_again(self, who: int) -> None:
        conversation = self.customers[who]
        if conversation in self.sent:
            text, client_id, seq = self.sent[conversation]
            again = self.run(self.desk.say(conversation, text, client_id))
            assert again.seq == seq

    @rule(who=conversations)
    def bot_answers(self, who: int) -> None:
        self.step(self.desk.answering.answer_all(self.customers[who]))

    @rule(who=conversations, by=actors, does=deeds, then=deeds)
    def agents_act_while_the_bot_thinks(self, who: int, by: str | None, does: str, then: str) -> None:
        self.step(self._meanwhile(self.customers[who], by, [does, then]))

    @rule(broken=st.booleans())
    def brain_breaks_or_heals(self, broken: bool) -> None:
        self.desk.brain.broken = broken

    @rule(who=conversations, by=actors, does=deeds)
    def agent_acts(self, who: int, by: str | None, does: str) -> None:
        self.step(self._act(self.customers[who], by, does))

    @rule(who=conversations)
    def two_agents_accept_at_once(self, who: int) -> None:
        self.step(self._race(self.customers[who]))

    @rule(by=agents, presence=st.sampled_from(Presence))
    def agent_comes_or_goes(self, by: str, presence: Presence) -> None:
        self.step(self.desk.presence.set(self.staff[by], presence))

    @rule(by=agents)
    def console_is_heard_of(self, by: str) -> None:
        self.step(self.desk.presence.heartbeat(self.staff[by]))

    @rule(in_turn=st.booleans())
    def sweep(self, in_turn: bool) -> None:
        self.step(self.desk.make_sweep(in_turn=in_turn).sweep())

    @rule(seconds=st.sampled_from(PAUSES))
    def time_passes(self, seconds: float) -> None:
        self.desk.clock.pass_time(seconds)

    @rule(
        who=conversations,
        by=actors,
        does=st.sampled_from(["say", "press", "answer", "sweep", "leave", "accept", "hand_back", "give_back", "close"]),
        commit=st.integers(1, 4),
        when=st.sampled_from(Dies),
    )
    def process_dies(self, who: int, by: str | None, does: str, commit: int, when: Dies) -> None:
        conversation = self.customers[who]
        works = {
            "say": lambda: self._say(conversation, "halo"),
            "press": lambda: self._press(conversation, commit),
            "answer": lambda: self.desk.answering.answer_all(conversation),
            "sweep": lambda: self.desk.make_sweep(in_turn=True).sweep(),
            "leave": lambda: self.desk.presence.set(self.staff[by or "rina"], Presence.OFFLINE),
        }
        work = works.get(does, lambda: self._act(conversation, by, does))()
        self.store.die_at(commit, when)
        self.step(work)
        self.store.live()

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
            self.desk.clock.pass_time(1)
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

    # What must be true.

    @invariant()
    def everything_holds(self) -> None:
        self.run(self._check(settled=False))

    async def _check(self, *, settled: bool) -> None:
        async with self.store.read() as work:
            queued = [request.conversation_id for request in await work.handoffs.queued()]
            seen = [await _see(work, conversation) for conversation in self.customers]
            chats = [len(await work.agents.chats_of(staff.id)) for staff in self.staff.values()]
        assert max(chats) <= MAX_CHATS
        assert sorted(queued) == sorted(one.kept.id for one in seen if one.now.state is State.QUEUE)
        for one in seen:
            _replays(one)
            _only_who_has_it_speaks(one)
            _request_matches(one)
            self._nobody_is_left_alone(one, settled=settled)

    def _nobody_is_left_alone(self, one: Seen, *, settled: bool) -> None:
        owed = {seq: replies for (of, seq), replies in self.owed.items() if of == one.kept.id}
        assert [m.seq for m in one.log] == list(range(1, one.kept.last_seq + 1))
        assert [m.seq for m in one.log if m.sender is Sender.CUSTOMER] == list(owed)
        for seq, wanted in owed.items():
            replies = sum(m.reply_to == seq for m in one.log)
            assert replies <= wanted, f"message {seq} is answered {replies} times"
            still_due = seq > one.kept.answered_seq and not settled
            assert still_due or replies == wanted, f"message {seq} is met with silence"

    def teardown(self) -> None:
        try:
            self.run(self._settle())
        finally:
            self.run(self.store.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    async def _settle(self) -> None:
        """Time for everything that is due; then nothing is."""
        self._new_process()
        self.desk.brain.heal()
        self.desk.clock.pass_time(LEASE + 10)
        for conversation in self.customers:
            await self._step(self.desk.answering.answer_all(conversation))
        await self._step(self.desk.sweep.sweep())
        await self._check(settled=True)
        async with self.store.read() as work:
            assert await work.conversations.waiting_for_bot(self.desk.clock.now(), 10) == []
            assert await work.agents.left_behind() == []


async def _see(work: SqlUnitOfWork, conversation: str) -> Seen:
    kept, now = await work.conversations.get(conversation), await work.ownership.get(conversation)
    assert kept is not None
    assert now is not None
    return Seen(
        kept,
        now,
        await work.ownership.history(conversation),
        [listed.at for listed in await work.desk.changes(conversation)],
        await work.messages.after(conversation, 0),
        await work.handoffs.open_of(conversation),
    )


def _replays(one: Seen) -> None:
    """What was kept of the changes leads from the beginning to the present by the rules."""
    state = Ownership()
    for made in one.history:
        assert made.old == state
        # Whether it was a lead is not kept.
        cause = replace(made.cause, lead=True)
        state = change(state, made.event, cause, agent_id=made.new.agent_id).new
        assert made.new == state
    assert state == one.now


def _request_matches(one: Seen) -> None:
    assert (one.now.state is State.AGENT) == (one.now.agent_id is not None)
    if one.now.state is State.QUEUE:
        assert one.request is not None
    elif one.now.state is State.AGENT:
        # None where an agent took over from the bot.
        assert one.request is None or one.request.accepted_by is not None
    else:
        assert one.request is None


def _only_who_has_it_speaks(one: Seen) -> None:
    for message in one.log:
        owner = one.owner_at(message.created_at)
        if message.sender is Sender.BOT:
            assert owner.state is not State.AGENT, f"the bot talks over an agent in message {message.seq}"
        if message.sender is Sender.AGENT:
            moves = zip(one.history, one.moved_at, strict=True)
            had_it = {made.old.agent_id for made, when in moves if when == message.created_at}
            assert message.staff_id in {owner.agent_id, *had_it}, f"message {message.seq} is of somebody else"


@pytest.mark.parametrize("histories", [20, pytest.param(60, marks=pytest.mark.slow)])
def test_no_history_leaves_a_customer_alone_or_talked_over(templates: Templates, histories: int) -> None:
    Handover.templates = templates
    enough = settings(max_examples=examples(histories), stateful_step_count=30, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Handover, settings=enough)
