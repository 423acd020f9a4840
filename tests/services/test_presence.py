"""Agents who come, go and fall silent: their customers are back at the front of the queue, or get another agent."""

from __future__ import annotations

from bot.helpdesk.staff import Presence
from tests.services.conftest import GRACE, Desk


async def test_chats_of_an_agent_who_goes_offline_are_at_the_front_of_the_queue(desk: Desk) -> None:
    rina = await desk.agent("rina")
    mine = await desk.queued()
    await desk.handoffs.accept(mine, rina)
    desk.clock.pass_time(60)
    later = await desk.queued()
    taken_over = await desk.opened()
    await desk.handoffs.take_over(taken_over, rina)
    await desk.presence.set(rina, Presence.OFFLINE)
    assert set((await desk.waiting())[:2]) == {mine, taken_over}
    assert (await desk.waiting())[2] == later
    assert "antrean paling depan" in (await desk.notices(mine))[-1]


async def test_an_agent_who_is_not_heard_of_counts_as_offline_and_a_heartbeat_prevents_it(desk: Desk) -> None:
    rina, dewi = await desk.agent("rina"), await desk.agent("dewi")
    first, second = await desk.queued(), await desk.queued()
    await desk.handoffs.accept(first, rina)
    await desk.handoffs.accept(second, dewi)
    desk.clock.pass_time(GRACE - 1)
    assert await desk.presence.heartbeat(dewi) is Presence.ONLINE
    desk.clock.pass_time(2)
    await desk.sweep.sweep()
    assert await desk.waiting() == [first]
    assert (await desk.ownership(second)).agent_id == dewi.id
    assert await desk.presence.heartbeat(rina) is Presence.OFFLINE


async def test_a_disabled_account_leaves_no_customer_behind(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    async with desk.store.begin() as work:
        await work.staff.set_disabled(rina.id, desk.clock.now())
        await work.commit()
    await desk.sweep.sweep()
    assert await desk.waiting() == [conversation]


async def test_after_a_long_stop_of_ours_consoles_have_time_to_come_back(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    desk.clock.pass_time(10 * GRACE)
    desk.restart()
    await desk.sweep.sweep()
    assert (await desk.ownership(conversation)).agent_id == rina.id
    desk.clock.pass_time(GRACE + 1)
    await desk.sweep.sweep()
    assert await desk.waiting() == [conversation]


async def test_round_robin_gives_the_front_of_the_queue_to_whoever_waits_longest_for_a_chat(desk: Desk) -> None:
    rina, dewi = await desk.agent("rina"), await desk.agent("dewi")
    await desk.agent("tika", Presence.AWAY)
    sweep = desk.make_sweep(in_turn=True)
    owners = []
    for _ in range(7):
        conversation = await desk.queued()
        desk.clock.pass_time(1)
        await desk.presence.heartbeat(rina)
        await desk.presence.heartbeat(dewi)
        await sweep.sweep()
        owners.append((await desk.ownership(conversation)).agent_id)
    assert owners[-1] is None, "both have three, which is the limit"
    assert owners[0] != owners[1]
    assert owners[:2] == owners[2:4] == owners[4:6]
