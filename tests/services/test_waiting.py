"""What customers who wait for a person are told, and what they may choose instead."""

from __future__ import annotations

import asyncio
from datetime import timezone

from bot.helpdesk.conversation import Button, Owner, Sender
from bot.helpdesk.handoff import HandoffMode
from bot.helpdesk.office_hours import parse_office_hours
from bot.helpdesk.ownership import State
from bot.helpdesk.queue import BACK_TO_BOT, LEAVE_MESSAGE, WAIT
from tests.services.conftest import QUEUE_PATIENCE, Desk


def titles(*buttons: Button) -> list[str]:
    return [button.title for button in buttons]


async def test_the_customer_is_told_place_and_that_nobody_is_online(desk: Desk) -> None:
    conversation = await desk.queued()
    (notice,) = [m for m in await desk.log(conversation) if m.sender is Sender.SYSTEM]
    assert "nomor 1" in notice.text
    assert "belum ada staf yang online" in notice.text
    assert titles(*notice.buttons) == titles(WAIT, LEAVE_MESSAGE, BACK_TO_BOT)
    assert notice.reply_to is None


async def test_an_estimate_is_given_only_from_enough_waits_of_others(desk: Desk) -> None:
    desk.max_chats = 20
    desk.restart()
    rina = await desk.agent("rina")
    for _ in range(5):
        assert "belum bisa kami perkirakan" in (await desk.notices(await desk.queued()))[0]
        for conversation in await desk.waiting():
            desk.clock.pass_time(240)
            await desk.handoffs.accept(conversation, rina)
    conversation = await desk.queued()
    assert "perkiraan tunggunya 4 menit" in (await desk.notices(conversation))[0]
    page = await desk.conversations.read(conversation, after=0)
    assert page.standing.queue is not None
    assert (page.standing.owner, page.standing.queue.place) == (Owner.QUEUE, 1)


async def test_outside_office_hours_the_customer_is_told_when_staff_are_back(desk: Desk) -> None:
    desk.hours = parse_office_hours("Sen-Jum 10:00-17:00", "2026-03-02", timezone.utc)  # it is Monday, 2 March, 9:00
    desk.restart()
    await desk.agent("rina")
    (text,) = await desk.notices(await desk.queued())
    assert "di luar jam layanan" in text
    assert "hari Selasa, 3/3, pukul 10.00" in text


async def test_nobody_comes_then_the_customer_is_told_once_and_may_choose(desk: Desk) -> None:
    conversation = await desk.queued()
    desk.clock.pass_time(QUEUE_PATIENCE + 1)
    await asyncio.gather(*(desk.make_sweep(in_turn=False).sweep() for _ in range(3)))
    notices = await desk.notices(conversation)
    assert sum("belum ada staf yang bisa menerima" in text for text in notices) == 1
    await desk.ask(conversation, WAIT.title)
    assert "Mohon ditunggu" in (await desk.bot_said(conversation))[-1][1]
    desk.clock.pass_time(QUEUE_PATIENCE + 1)
    await desk.sweep.sweep()
    assert len(await desk.notices(conversation)) == len(notices) + 1
    assert desk.brain.asked[-1][1] != WAIT.title, "the helpdesk's own buttons never reach the brain"


async def test_back_to_the_bot_by_choice_closes_the_request(desk: Desk) -> None:
    conversation = await desk.queued()
    await desk.ask(conversation, BACK_TO_BOT.title)
    assert (await desk.ownership(conversation)).state is State.BOT
    assert await desk.request(conversation) is None
    assert desk.notifier.owners == [Owner.QUEUE, Owner.BOT]
    await desk.ask(conversation, "tanya")
    assert (await desk.bot_said(conversation))[-1][1] == "gema: tanya"


async def test_leaving_a_message_keeps_the_request_and_the_address(desk: Desk) -> None:
    conversation = await desk.queued()
    await desk.ask(conversation, LEAVE_MESSAGE.title)
    request = await desk.request(conversation)
    assert request is not None
    assert request.mode is HandoffMode.MESSAGE
    await desk.ask(conversation, "manusia, balas ke budi@tokobatik.id ya")
    async with desk.store.read() as work:
        kept = await work.conversations.get(conversation)
    assert kept is not None
    assert kept.contact_email == "budi@tokobatik.id"
    assert "sudah kami catat" in (await desk.bot_said(conversation))[-1][1]
    desk.clock.pass_time(QUEUE_PATIENCE + 1)
    await desk.sweep.sweep()
    assert len(await desk.notices(conversation)) == 1, "who left a message does not wait in the chat"
