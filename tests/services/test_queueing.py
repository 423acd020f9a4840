"""What customers are told of the queue while others come, go, and are served."""

from __future__ import annotations

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
