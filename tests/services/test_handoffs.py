"""Agents who accept, transfer and return conversations: each has one owner, and nobody has more than the limit."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.errors import AccountError, ChatLimitError, ConversationTakenError
from bot.helpdesk.ownership import Actor, Event, State
from bot.helpdesk.staff import Presence, Role
from tests.services.conftest import Desk
from tests.staffing import add_staff

RACES = 100


@pytest.mark.services  # a hundred races take seconds, on SQLite as well
async def test_of_two_agents_who_accept_at_the_same_moment_one_wins_and_the_other_is_told_who(desk: Desk) -> None:
    desk.max_chats = RACES
    desk.restart()
    rina, dewi = await desk.agent("rina"), await desk.agent("dewi")
    names = {rina.id: "Rina", dewi.id: "Dewi"}
    for _ in range(RACES):
        conversation = await desk.queued()
        results = await asyncio.gather(
            *(desk.handoffs.accept(conversation, staff) for staff in (rina, dewi)), return_exceptions=True
        )
        (refused,) = [r for r in results if r is not None]
        assert isinstance(refused, ConversationTakenError)
        now = await desk.ownership(conversation)
        assert now.state is State.AGENT
        assert refused.data == {"agent_id": now.agent_id, "agent_name": names[str(now.agent_id)]}
        assert sum("bergabung" in text for text in await desk.notices(conversation)) == 1


async def test_accepting_twice_by_the_same_agent_is_one_acceptance(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.handoffs.accept(conversation, rina)
    assert len(await desk.notices(conversation)) == 2  # the place in the queue, and who came
    assert desk.brain.paused == [conversation, conversation]


async def test_transfer_goes_to_an_agent_who_is_there_and_has_room(desk: Desk) -> None:
    desk.max_chats = 1
    desk.restart()
    conversation, rina = await desk.queued(), await desk.agent("rina")
    dewi, away = await desk.agent("dewi"), await desk.agent("tika", Presence.OFFLINE)
    await desk.handoffs.accept(conversation, rina)
    with pytest.raises(AccountError):
        await desk.handoffs.transfer(conversation, rina, to=away.id)
    trainer = await add_staff(desk.store, "pelatih", Role.TRAINER)
    with pytest.raises(AccountError):
        await desk.handoffs.transfer(conversation, rina, to=trainer.id)
    other = await desk.queued()
    await desk.handoffs.accept(other, dewi)
    with pytest.raises(ChatLimitError):
        await desk.handoffs.transfer(conversation, rina, to=dewi.id)
    await desk.handoffs.close(other, dewi, reason="solved")
    await desk.handoffs.transfer(conversation, rina, to=dewi.id, note="soal domain")
    assert (await desk.ownership(conversation)).agent_id == dewi.id
    with pytest.raises(ConversationTakenError):
        await desk.handoffs.hand_back(conversation, rina)
    async with desk.store.read() as work:
        history = await work.ownership.history(conversation)
    assert [(c.event, c.cause.actor, c.cause.note) for c in history] == [
        (Event.REQUEST, Actor.BOT, None),
        (Event.ACCEPT, Actor.AGENT, None),
        (Event.TRANSFER, Actor.AGENT, "soal domain"),
    ]


async def test_the_limit_of_chats_holds_for_accepting_many_at_once(desk: Desk) -> None:
    rina = await desk.agent("rina")
    waiting = [await desk.queued() for _ in range(6)]
    results = await asyncio.gather(*(desk.handoffs.accept(c, rina) for c in waiting), return_exceptions=True)
    assert [type(r) for r in results if r is not None] == [ChatLimitError] * 3
    async with desk.store.read() as work:
        assert len(await work.agents.chats_of(rina.id)) == desk.max_chats


async def test_a_conversation_that_is_returned_waits_no_longer_than_before(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    began = (await desk.request(conversation)).created_at  # type: ignore[union-attr]
    await desk.handoffs.accept(conversation, rina)
    desk.clock.pass_time(timedelta(minutes=3).total_seconds())
    await desk.handoffs.give_back(conversation, rina, note="makan siang")
    request = await desk.request(conversation)
    assert request is not None
    assert (request.created_at, request.priority) == (began, 1)


async def test_an_agent_who_accepts_is_online_and_keeps_the_chat(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina", Presence.OFFLINE)
    await desk.handoffs.accept(conversation, rina)
    await desk.sweep.sweep()
    assert (await desk.ownership(conversation)).agent_id == rina.id
    assert [a.presence for a in await desk.presence.agents()] == [Presence.ONLINE]


async def test_a_request_that_the_bot_notices_after_the_end_is_queued_all_the_same(desk: Desk) -> None:
    conversation, rina = await desk.opened(), await desk.agent("rina")
    await desk.say(conversation, "mau manusia")
    thinking, gate = await desk.thinking(desk.answering.answer_all(conversation))
    await desk.handoffs.close(conversation, rina, reason="other")
    gate.set()
    await thinking
    assert await desk.waiting() == [conversation]
