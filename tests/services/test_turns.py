"""Round robin by several processes at once: no chat to two agents, no agent above the limit, nobody left waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.helpdesk.ownership import Event, State
from bot.helpdesk.staff import Presence, Staff
from bot.store.unit_of_work import SqlStore
from tests.services.conftest import Desk


@dataclass
class Processes:
    """Two processes over one database, each with a pool of connections of its own."""

    one: Desk
    two: Desk

    async def sweep_at_once(self, times: int = 1) -> None:
        sweeps = [desk.make_sweep(in_turn=True) for desk in (self.one, self.two) for _ in range(times)]
        await asyncio.gather(*(sweep.assign_in_turn() for sweep in sweeps))

    async def team(self, size: int) -> list[Staff]:
        return [await self.one.agent(f"agen{number}") for number in range(size)]

    async def queue(self, length: int) -> list[str]:
        waiting = []
        for _ in range(length):
            self.one.clock.pass_time(1)
            waiting.append(await self.one.queued())
        return waiting

    async def assigned(self, conversation_id: str) -> int:
        async with self.one.store.read() as work:
            history = await work.ownership.history(conversation_id)
        return sum(change.event is Event.ASSIGN for change in history)

    async def chats(self, staff: Staff) -> int:
        async with self.one.store.read() as work:
            return len(await work.agents.chats_of(staff.id))


@pytest.fixture(name="processes")
async def _processes(desk: Desk, database_url: str) -> AsyncIterator[Processes]:
    other = SqlStore.connect(database_url)
    yield Processes(desk, Desk(other, clock=desk.clock))
    await other.close()


@pytest.mark.parametrize(("agents", "waiting"), [(1, 5), (2, 6), (3, 4), (2, 9)])
async def test_each_chat_is_given_once_and_nobody_gets_more_than_the_limit(
    processes: Processes, agents: int, waiting: int
) -> None:
    team, queue = await processes.team(agents), await processes.queue(waiting)
    await processes.sweep_at_once(times=2)
    await processes.sweep_at_once()  # what was not given because somebody else was quicker
    room = agents * processes.one.max_chats
    given = [await processes.assigned(conversation) for conversation in queue]
    assert given == [1] * min(waiting, room) + [0] * max(0, waiting - room)
    chats = [await processes.chats(agent) for agent in team]
    assert max(chats) <= processes.one.max_chats
    assert sum(chats) == min(waiting, room)
    for conversation, times in zip(queue, given, strict=True):
        now = await processes.one.ownership(conversation)
        assert now.state is (State.AGENT if times else State.QUEUE)
        joined = [text for text in await processes.one.notices(conversation) if "Agen" in text]
        assert len(joined) == times


async def test_a_limit_of_ones_own_holds_against_both(processes: Processes) -> None:
    team = await processes.team(2)
    async with processes.one.store.begin() as work:
        await work.staff.set_max_chats(team[0].id, 1)
        await work.commit()
    await processes.queue(6)
    await processes.sweep_at_once(times=3)
    await processes.sweep_at_once()
    assert [await processes.chats(agent) for agent in team] == [1, 3]


async def test_turns_and_agents_who_accept_meanwhile_do_not_meet_in_one_chat(processes: Processes) -> None:
    team, queue = await processes.team(2), await processes.queue(5)
    accepting = [processes.two.handoffs.accept(conversation, team[1]) for conversation in queue]
    await asyncio.gather(processes.sweep_at_once(), *accepting, return_exceptions=True)
    await processes.sweep_at_once()
    assert sorted([await processes.chats(agent) for agent in team]) == [2, 3]
    for conversation in queue:
        async with processes.one.store.read() as work:
            history = await work.ownership.history(conversation)
        assert sum(change.new.state is State.AGENT for change in history) == 1


async def test_who_is_away_or_offline_gets_no_turn(processes: Processes) -> None:
    await processes.one.agent("rina", Presence.AWAY)
    await processes.one.agent("dewi", Presence.OFFLINE)
    queue = await processes.queue(2)
    await processes.sweep_at_once()
    assert await processes.one.waiting() == queue
