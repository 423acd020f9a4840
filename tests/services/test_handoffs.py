"""Support agents and the queue, through the use cases and the real store."""

from __future__ import annotations

import asyncio
from datetime import timedelta, timezone

import pytest

from bot.errors import (
    AccountError,
    ChatLimitError,
    ConversationTakenError,
    InvalidMessageError,
    NotFoundError,
    WrongStateError,
)
from bot.helpdesk.conversation import Button, Owner, Sender
from bot.helpdesk.handoff import HandoffMode
from bot.helpdesk.handover_texts import RATING_BUTTONS, SOLVED_BUTTONS
from bot.helpdesk.office_hours import parse_office_hours
from bot.helpdesk.ownership import Actor, Event, State
from bot.helpdesk.queue import BACK_TO_BOT, LEAVE_MESSAGE, WAIT
from bot.helpdesk.staff import Presence, Role
from tests.services.conftest import GRACE, QUEUE_PATIENCE, RATING_AFTER, Desk
from tests.staffing import add_staff

RACES = 100


def titles(*buttons: Button) -> list[str]:
    return [button.title for button in buttons]


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
    gate = desk.brain.gate = asyncio.Event()
    thinking = asyncio.create_task(desk.answering.answer_all(conversation))
    while not desk.brain.asked:
        await asyncio.sleep(0)
    await desk.handoffs.take_over(conversation, rina)
    await desk.handoffs.hand_back(conversation, rina)
    gate.set()
    await thinking
    assert await desk.bot_said(conversation) == []


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


async def test_only_the_agent_who_has_it_can_write_and_a_repeated_send_is_one_message(desk: Desk) -> None:
    conversation, rina, dewi = await desk.queued(), await desk.agent("rina"), await desk.agent("dewi")
    with pytest.raises(WrongStateError):
        await desk.messages.send(conversation, rina, client_message_id="a", text="halo")
    await desk.handoffs.accept(conversation, rina)
    with pytest.raises(ConversationTakenError):
        await desk.messages.send(conversation, dewi, client_message_id="a", text="halo")
    first = await desk.messages.send(conversation, rina, client_message_id="a", text="halo")
    again = await desk.messages.send(conversation, rina, client_message_id="a", text="halo")
    assert (again.message.seq, again.duplicate) == (first.message.seq, True)
    sent = [m for m in await desk.log(conversation) if m.sender is Sender.AGENT]
    assert [(m.text, m.sender_name, m.staff_id) for m in sent] == [("halo", "Rina", rina.id)]
    with pytest.raises(NotFoundError):
        await desk.messages.send("tidak-ada", rina, client_message_id="a", text="halo")


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


async def test_what_the_customer_has_seen_only_moves_forward(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.ask(conversation, "halo")
    for delivered, read in ((2, 1), (1, 0), (99, 99), (2, 2)):
        await desk.conversations.seen(conversation, delivered=delivered, read=read)
    async with desk.store.read() as work:
        kept = await work.conversations.get(conversation)
    assert kept is not None
    assert (kept.customer_delivered_seq, kept.customer_read_seq) == (2, 2)
    assert desk.notifier.read == [conversation, conversation]


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
    gate = desk.brain.gate = asyncio.Event()
    thinking = asyncio.create_task(desk.answering.answer_all(conversation))
    while not desk.brain.asked:
        await asyncio.sleep(0)
    await desk.handoffs.close(conversation, rina, reason="other")
    gate.set()
    await thinking
    assert await desk.waiting() == [conversation]


async def test_a_button_counts_until_something_else_is_said(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.ask(conversation, "berapa lama garansinya")
    desk.clock.pass_time(RATING_AFTER + 1)
    await desk.sweep.sweep()
    await desk.ask(conversation, "garansi revisi maksudnya")
    await desk.ask(conversation, SOLVED_BUTTONS[1].title)
    assert (await desk.bot_said(conversation))[-1][1] == f"gema: {SOLVED_BUTTONS[1].title}"


async def test_a_notice_between_does_not_take_the_buttons_of_the_bot_away(desk: Desk) -> None:
    conversation, rina = await desk.opened(), await desk.agent("rina")
    await desk.ask(conversation, "tombol")
    await desk.handoffs.take_over(conversation, rina)
    await desk.handoffs.hand_back(conversation, rina)
    await desk.ask(conversation, "Cara bayar")
    assert desk.brain.asked[-1][1:] == ("Cara bayar", "/cara_bayar")


async def test_lists_say_since_when_each_customer_waits(desk: Desk) -> None:
    rina = await desk.agent("rina")
    first, second = await desk.queued(), await desk.queued()
    for conversation in (first, second):
        await desk.handoffs.accept(conversation, rina)
        await desk.messages.send(conversation, rina, client_message_id="a", text="Halo, Kak.")
    for number in range(9):  # answers of another conversation have nothing to do with it
        await desk.messages.send(second, rina, client_message_id=f"b{number}", text="Saya cek dulu.")
    desk.clock.pass_time(60)
    unanswered = await desk.ask(first, "domainnya belum aktif")
    desk.clock.pass_time(60)
    await desk.ask(first, "halo?")
    async with desk.store.read() as work:
        rows = await work.desk.rows([first, second])
    assert [row.waiting_since for row in rows] == [unanswered.created_at, None]


async def test_an_id_of_the_other_side_is_refused_and_nothing_is_stored(desk: Desk) -> None:
    conversation, rina = await desk.queued(), await desk.agent("rina")
    await desk.handoffs.accept(conversation, rina)
    await desk.messages.send(conversation, rina, client_message_id="dari-staf", text="halo")
    await desk.say(conversation, "halo juga", "dari-pelanggan")
    before = await desk.log(conversation)
    with pytest.raises(InvalidMessageError):
        await desk.messages.send(conversation, rina, client_message_id="dari-pelanggan", text="lain")
    with pytest.raises(InvalidMessageError):
        await desk.say(conversation, "lain", "dari-staf")
    assert await desk.log(conversation) == before


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
