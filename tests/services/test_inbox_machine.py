"""Whatever customers, two trainers and crashes do: a decision and its sentences never come apart.

Hypothesis invents histories over the real store; after each step everything that is kept is held against the rules.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlalchemy import select

from bot.errors import HelpdeskError
from bot.helpdesk.inbox.items import Action
from bot.helpdesk.staff import Role
from bot.services.trainer.inbox_decisions import Decided, Wanted
from bot.store.tables import inbox_decision, inbox_group, inbox_message
from tests.inbox import RefusedError
from tests.inbox_at_work import make_inbox
from tests.services.crashing import Dies
from tests.services.crashing_machine import CrashingMachine
from tests.staffing import add_staff
from tests.templates import Templates

WORDS = ("promo", "refund", "server")
ADDING = {Action.CONFIRM.value, Action.RELABEL.value, Action.OUT_OF_SCOPE.value}
trainers = st.integers(0, 1)
intents = st.sampled_from(["tempo_bayar", "di_luar_topik", "nlu_fallback"])


class InboxLife(CrashingMachine):
    """Customers, two trainers, and a process that dies at any commit or while sentences are added."""

    def __init__(self) -> None:
        super().__init__()
        self.said = 0
        self.keys = 0
        self.published = 0
        self.asked: list[tuple[int, str, Wanted, Decided | None]] = []
        self.run(self._begin())

    async def _begin(self) -> None:
        self.inbox = await make_inbox(self.store, self.folder / "project")
        self.clock = self.inbox.clock
        self.trainers = [self.inbox.trainer, await add_staff(self.store, "beni", Role.TRAINER)]
        self.chat = await self.inbox.chat()

    async def _step(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            with suppress(HelpdeskError):
                return await work
        except (asyncio.CancelledError, ConnectionError):
            self.clock.pass_time(40)  # another process comes; claims and leases of the dead one end
        finally:
            self.store.live()
            self.inbox.adder.fails, self.inbox.adder.dies_after = None, False
        return None

    @rule(word=st.sampled_from(WORDS), same=st.booleans())
    def customer_asks(self, word: str, same: bool) -> None:
        """Something that the bot has to ask back about."""
        self.said += 1
        self.store.live()
        self.run(self.chat.say(f"{word} ini" if same else f"{word} ini nomor {self.said}"))

    @rule()
    def sweep(self) -> None:
        """What every process does again and again."""
        self.step(self.inbox.sweep.sweep())
        self.step(self.inbox.sweep.form_anew())

    @rule(alike=st.booleans())
    def publish(self, alike: bool) -> None:
        """A model to which other messages ask the same."""
        self.published += 1
        self.inbox.reviewer.same = {"refund": "promo"} if alike else {}
        self.store.live()
        self.run(self.inbox.publish(self.published))

    @rule(commit=st.integers(1, 3), when=st.sampled_from(Dies))
    def process_will_die(self, commit: int, when: Dies) -> None:
        """At a commit of the next step."""
        self.store.die_at(commit, when)

    @rule(how=st.sampled_from(["before", "after", "refused"]))
    def adding_will_fail(self, how: str) -> None:
        """When sentences are added next, if that is in the next step."""
        adder = self.inbox.adder
        adder.dies_after = how == "after"
        adder.fails = {"before": ConnectionError("died"), "refused": RefusedError("no")}.get(how)

    @rule(who=trainers, group=st.integers(0, 5), action=st.sampled_from(Action), intent=intents, late=st.booleans())
    def decides(self, who: int, group: int, action: Action, intent: str, late: bool) -> None:
        """About one of the groups, sometimes as it was before."""
        rows = self.run(self._rows(inbox_group))
        if not rows:
            return
        row = rows[group % len(rows)]
        self.keys += 1
        to = self.trainers[1 - who].id
        wanted = Wanted(action, row.revision - late, f"k{self.keys}", intent=intent, to=to)
        self._decide(who, row.id, wanted)

    @rule(back=st.integers(1, 3))
    def asks_again(self, back: int) -> None:
        """The client got no answer, and asks the same with the same key."""
        if len(self.asked) < back:
            return
        who, group, wanted, first = self.asked[-back]
        again = self._decide(who, group, wanted)
        if first is not None and again is not None:
            assert again.changes == first.changes

    def _decide(self, who: int, group: str, wanted: Wanted) -> Decided | None:
        decided: Decided | None = self.step(self.inbox.decisions.decide(self.trainers[who], group, wanted))
        self.asked.append((who, group, wanted, decided))
        return decided

    @rule(who=trainers, group=st.integers(0, 5))
    def reopens(self, who: int, group: int) -> None:
        """One of the groups, whatever its state."""
        rows = self.run(self._rows(inbox_group))
        if rows:
            self.keys += 1
            self.step(self.inbox.decisions.reopen(self.trainers[who], rows[group % len(rows)].id, f"k{self.keys}"))

    def in_the_end(self) -> None:
        """All that was cut off is carried on; then everything must fit."""
        for _ in range(2):
            self.store.live()
            self.inbox.adder.fails, self.inbox.adder.dies_after = None, False
            self.clock.pass_time(60)
            self.run(self.inbox.sweep.sweep())
            self.run(self.inbox.sweep.form_anew())
        self.run(self._check())

    async def _check(self) -> None:
        # Without messages: dissolved after a publish.
        groups = [group for group in await self._rows(inbox_group) if (group.state, group.size) != ("done", 0)]
        messages = await self._rows(inbox_message)
        decisions = await self._rows(inbox_decision)
        adding = {f"{d.group_id}-{d.revision}": d for d in decisions if d.action in ADDING}
        # What was decided was added, what was added was decided, and each once.
        assert len(adding) == sum(d.action in ADDING for d in decisions)
        assert adding.keys() == self.inbox.adder.keys.keys()
        for name, decision in adding.items():
            assert decision.changes == self.inbox.adder.keys[name]
            assert set(decision.texts) <= set(self.inbox.adder.added[decision.intent])
        # A group is done exactly where its newest decision says so.
        done = {g.id for g in groups if g.state == "done"}
        assert done == {d.group_id for d in adding.values() if (d.group_id, d.revision + 1) in _now(groups)}
        # Every message is in one group, and is counted there.
        assert len(messages) == self.said
        assert {m.state for m in messages} <= {"grouped"}
        sizes = Counter(m.group_id for m in messages)
        assert {g.id: g.size for g in groups} == dict(sizes)
        # What was asked about with the same word is together, unless a decision lay between.
        if not decisions and not self.published:
            assert len(groups) == len({m.text.split()[0] for m in messages})

    async def _rows(self, table: Any) -> list[Any]:
        async with self.store.read() as work:
            order = list(table.primary_key.columns)
            return list(await work._connection.execute(select(table).order_by(*order)))


def _now(groups: list[Any]) -> set[tuple[str, int]]:
    return {(group.id, group.revision) for group in groups}


@pytest.mark.parametrize("histories", [6, pytest.param(60, marks=pytest.mark.services)])
def test_decisions_and_sentences_never_come_apart(templates: Templates, histories: int) -> None:
    InboxLife.templates = templates
    some = settings(
        max_examples=histories, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(InboxLife, settings=some)
