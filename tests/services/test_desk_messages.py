"""Messages between an agent and a customer: who may write, what is sent twice, what is read and what waits."""

from __future__ import annotations

import pytest

from bot.errors import ConversationTakenError, InvalidMessageError, NotFoundError, WrongStateError
from bot.helpdesk.conversation import Sender
from tests.services.conftest import Desk


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
