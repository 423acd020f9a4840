"""What customers are told of the queue while others come, go, and are served."""

from __future__ import annotations

import random

import pytest

from bot.helpdesk.conversation import Owner
from bot.helpdesk.queue import BACK_TO_BOT
from tests.services.conftest import Desk


def places(desk: Desk) -> dict[str, int]:
    """The newest place that each customer was told."""
    return {conversation: place.place for conversation, place in desk.notifier.places}


async def next_in_queue(desk: Desk) -> str:
    desk.clock.pass_time(1)
    return await desk.queued()


@pytest.mark.parametrize("how", ["leaves", "is accepted", "is closed"])
async def test_whoever_leaves_is_told_the_owner_and_all_others_their_places(desk: Desk, how: str) -> None:
    rina = await desk.agent("rina")
    first, second, third = [await next_in_queue(desk) for _ in range(3)]
    if how == "leaves":  # the choices come when nobody has come for a while
        desk.clock.pass_time(200)
        await desk.presence.heartbeat(rina)
        await desk.sweep.sweep()
    desk.notifier.places.clear()
    if how == "leaves":
        await desk.ask(second, BACK_TO_BOT.title)
    elif how == "is accepted":
        await desk.handoffs.accept(second, rina)
    else:
        await desk.handoffs.close(second, rina, reason="other")
    conversation, standing = desk.notifier.standings[-1]
    assert (conversation, standing.queue) == (second, None)
    assert standing.owner is (Owner.AGENT if how == "is accepted" else Owner.BOT)
    assert places(desk) == {first: 1, third: 2}


async def test_who_comes_tells_the_others_nothing_new_but_the_same_places(desk: Desk) -> None:
    first, second = await next_in_queue(desk), await next_in_queue(desk)
    assert places(desk) == {first: 1, second: 2}
    assert await desk.waiting() == [first, second]


@pytest.mark.parametrize("seed", range(4))
async def test_places_are_one_to_n_whatever_happened_and_the_lists_say_the_same(desk: Desk, seed: int) -> None:
    chance, rina = random.Random(seed), await desk.agent("rina")
    desk.max_chats = 50
    desk.restart()
    served: list[str] = []
    for _ in range(14):
        waiting = await desk.waiting()
        deed = chance.choice(["come", "come", "accept", "return", "close"])
        if deed == "come" or not waiting:
            await next_in_queue(desk)
        elif deed == "accept":
            served.append(chance.choice(waiting))
            await desk.handoffs.accept(served[-1], rina)
        elif deed == "close":
            await desk.handoffs.close(chance.choice(waiting), rina, reason="other")
        elif served:
            await desk.handoffs.give_back(served.pop(), rina)
    waiting = await desk.waiting()
    desk.notifier.places.clear()
    await desk.queue.publish()
    assert [(key, place.place) for key, place in desk.notifier.places] == [
        (key, number) for number, key in enumerate(waiting, start=1)
    ]
    async with desk.store.read() as work:
        listed = {row.id: row.place for row in await work.desk.rows(waiting)}
    assert listed == {key: number for number, key in enumerate(waiting, start=1)}
