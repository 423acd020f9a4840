"""Asking how it was: once, after the end, and without starting anything anew."""

from __future__ import annotations

import asyncio

from bot.helpdesk.handover_texts import RATING_BUTTONS, SOLVED_BUTTONS
from bot.helpdesk.ownership import State
from tests.services.conftest import RATING_AFTER, Desk


async def test_after_closing_the_rating_is_asked_once_and_does_not_reopen(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.handoffs.close(conversation, rina, reason="solved")
    assert (await desk.log(conversation))[-1].buttons == RATING_BUTTONS
    await desk.ask(conversation, RATING_BUTTONS[0].title)
    assert (await desk.ownership(conversation)).state is State.CLOSED
    assert (await desk.bot_said(conversation))[-1][1].startswith("Terima kasih")
    await desk.ask(conversation, "halo lagi")
    assert (await desk.ownership(conversation)).state is State.BOT
    assert (await desk.bot_said(conversation))[-1][1] == "gema: halo lagi"
    await desk.handoffs.take_over(conversation, rina)
    await desk.handoffs.close(conversation, rina, reason="other")
    assert (await desk.log(conversation))[-1].buttons == ()


async def test_a_bot_only_conversation_is_asked_once_whether_it_is_solved(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.ask(conversation, "berapa lama garansinya")
    desk.clock.pass_time(RATING_AFTER - 1)
    await desk.sweep.sweep()
    assert await desk.notices(conversation) == []
    desk.clock.pass_time(2)
    await asyncio.gather(*(desk.make_sweep(in_turn=False).sweep() for _ in range(3)))
    assert len(await desk.notices(conversation)) == 1
    await desk.ask(conversation, SOLVED_BUTTONS[1].title)
    assert (await desk.log(conversation))[-1].buttons[0].payload == "/minta_manusia"
    desk.clock.pass_time(RATING_AFTER + 1)
    await desk.sweep.sweep()
    assert len(await desk.notices(conversation)) == 1


async def test_a_rating_is_kept_though_an_agent_came_and_went_before_it_was_looked_at(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.handoffs.close(conversation, rina, reason="solved")
    await desk.say(conversation, RATING_BUTTONS[1].title)
    await desk.handoffs.take_over(conversation, rina)
    await desk.handoffs.hand_back(conversation, rina)
    async with desk.store.read() as work:
        rating = await work.desk.rating(conversation)
    assert rating is not None
    assert rating.score == 4


async def test_a_button_counts_until_something_else_is_said(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.ask(conversation, "berapa lama garansinya")
    desk.clock.pass_time(RATING_AFTER + 1)
    await desk.sweep.sweep()
    await desk.ask(conversation, "garansi revisi maksudnya")
    await desk.ask(conversation, SOLVED_BUTTONS[1].title)
    assert (await desk.bot_said(conversation))[-1][1] == f"gema: {SOLVED_BUTTONS[1].title}"
