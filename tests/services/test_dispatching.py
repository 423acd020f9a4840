"""Conversations are answered side by side, also those that another process left behind."""

import asyncio

from bot.services.dispatching import Dispatcher
from tests.services.conftest import Desk


async def until(condition: object, seconds: float = 10.0) -> None:
    """Wait for an async condition; fails after `seconds`."""
    end = asyncio.get_running_loop().time() + seconds
    while not await condition():  # type: ignore[operator]
        assert asyncio.get_running_loop().time() < end, "it never came"
        await asyncio.sleep(0.02)


async def test_what_was_left_in_the_log_is_found_and_answered(desk: Desk) -> None:
    conversations = [await desk.opened() for _ in range(10)]
    for conversation in conversations:
        await desk.say(conversation, "halo")
    dispatcher = Dispatcher(desk.answering, desk.store, desk.clock, workers=4)
    dispatcher.start()

    async def all_answered() -> bool:
        return all([await desk.bot_said(c) == [(1, "gema: halo")] for c in conversations])

    await until(all_answered)
    await dispatcher.stop()


async def test_waking_while_a_conversation_runs_loses_nothing(desk: Desk) -> None:
    dispatcher = Dispatcher(desk.answering, desk.store, desk.clock, workers=2)
    conversation = await desk.opened()
    for n in range(20):
        await desk.say(conversation, f"pesan {n}")
        dispatcher.wake(conversation)
        await asyncio.sleep(0)

    async def all_answered() -> bool:
        return [r for r, _ in await desk.bot_said(conversation)] == sorted(
            m.seq for m in await desk.log(conversation) if m.client_message_id
        )

    await until(all_answered)
    await dispatcher.stop()


async def test_a_broken_conversation_does_not_hold_up_the_others(desk: Desk) -> None:
    healthy, stuck = await desk.opened(), await desk.opened()
    dispatcher = Dispatcher(desk.answering, desk.store, desk.clock, workers=2)
    desk.brain.gate = asyncio.Event()
    await desk.say(stuck, "halo")
    dispatcher.wake(stuck)
    while not desk.brain.asked:
        await asyncio.sleep(0)
    desk.brain.gate = None
    await desk.say(healthy, "halo")
    dispatcher.wake(healthy)

    async def answered() -> bool:
        return bool(await desk.bot_said(healthy))

    await until(answered)
    await dispatcher.stop()
    assert await desk.bot_said(stuck) == []
