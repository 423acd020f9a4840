"""The bot and a person never speak at once: what belongs to an agent is not the bot's, neither at once nor later."""

from __future__ import annotations

import pytest

from tests.services.conftest import Desk


@pytest.mark.services
async def test_with_a_human_owner_a_thousand_messages_bring_not_one_reply_of_the_bot(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    said = await desk.bot_said(conversation)
    asked = len(desk.brain.asked)
    for number in range(1000):
        await desk.say(conversation, f"pesan {number}")
        if number % 50 == 0:
            await desk.answering.answer_all(conversation)
    await desk.answering.answer_all(conversation)
    assert await desk.bot_said(conversation) == said
    assert len(desk.brain.asked) == asked
    async with desk.store.read() as work:
        assert await work.conversations.waiting_for_bot(desk.clock.now(), 10) == []


async def test_a_customer_who_writes_to_an_agent_is_not_answered_late_by_the_bot(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.ask(conversation, "ini domainnya")
    await desk.handoffs.hand_back(conversation, rina)
    await desk.answering.answer_all(conversation)
    assert len(await desk.bot_said(conversation)) == 1


@pytest.mark.parametrize("leave", ["hand_back", "give_back", "close"])
async def test_what_is_written_to_an_agent_is_never_the_bots_however_far_behind_it_is(desk: Desk, leave: str) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.say(conversation, "untuk Rina saja")
    await getattr(desk.handoffs, leave)(conversation, rina, **({"reason": "solved"} if leave == "close" else {}))
    await desk.answering.answer_all(conversation)
    assert len(await desk.bot_said(conversation)) == 1, "only the answer from before"
    await desk.ask(conversation, "ini untuk bot")
    assert [text for _, text in await desk.bot_said(conversation)][1:] == ["gema: ini untuk bot"]


async def test_an_answer_that_was_thought_out_before_an_agent_came_and_went_is_dropped(desk: Desk) -> None:
    conversation, rina = await desk.opened(), await desk.agent("rina")
    await desk.say(conversation, "halo")
    thinking, gate = await desk.thinking(desk.answering.answer_all(conversation))
    await desk.handoffs.take_over(conversation, rina)
    await desk.handoffs.hand_back(conversation, rina)
    gate.set()
    await thinking
    assert await desk.bot_said(conversation) == []


async def test_a_notice_between_does_not_take_the_buttons_of_the_bot_away(desk: Desk) -> None:
    conversation, rina = await desk.opened(), await desk.agent("rina")
    await desk.ask(conversation, "tombol")
    await desk.handoffs.take_over(conversation, rina)
    await desk.handoffs.hand_back(conversation, rina)
    await desk.ask(conversation, "Cara bayar")
    assert desk.brain.asked[-1][1:] == ("Cara bayar", "/cara_bayar")
