"""Whatever customers, bot, agents, sweeps and crashes do in whatever order: nobody is left alone or talked over.

Hypothesis invents histories over the real store; after each step the whole log is held against what must be true.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from bot.helpdesk.conversation import Sender
from bot.helpdesk.ownership import Ownership, State, change
from bot.helpdesk.staff import Presence
from tests.examples import examples
from tests.services.conftest import GRACE, LEASE, QUEUE_PATIENCE, RATING_AFTER
from tests.services.crashing import Dies
from tests.services.handover_seen import Seen, see
from tests.services.handover_steps import CONVERSATIONS, MAX_CHATS, STAFF, HandoverSteps
from tests.templates import Templates

TEXTS = ["halo", "mau manusia", "tombol", "balas ke budi@tokobatik.id ya"]
PAUSES = [1.0, LEASE + 1, GRACE + 1, QUEUE_PATIENCE + 1, RATING_AFTER + 1]

conversations = st.integers(0, CONVERSATIONS - 1)
agents = st.sampled_from(sorted(STAFF))
# Whoever has the conversation acts more often than others try to.
actors = st.one_of(st.none(), agents)
deeds = st.sampled_from(["accept", "take_over", "transfer", "give_back", "hand_back", "close", "write"])


class Handover(HandoverSteps):
    """All of it in any order."""

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
        self.clock.pass_time(seconds)

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

    # What must be true.

    @invariant()
    def everything_holds(self) -> None:
        self.run(self._check(settled=False))

    async def _check(self, *, settled: bool) -> None:
        async with self.store.read() as work:
            queued = [request.conversation_id for request in await work.handoffs.queued()]
            seen = [await see(work, conversation) for conversation in self.customers]
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

    def in_the_end(self) -> None:
        self.run(self._settle())

    async def _settle(self) -> None:
        """Time for everything that is due; then nothing is."""
        self._new_process()
        self.desk.brain.heal()
        self.clock.pass_time(LEASE + 10)
        for conversation in self.customers:
            await self._step(self.desk.answering.answer_all(conversation))
        await self._step(self.desk.sweep.sweep())
        await self._check(settled=True)
        async with self.store.read() as work:
            assert await work.conversations.waiting_for_bot(self.clock.now(), 10) == []
            assert await work.agents.left_behind() == []


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
