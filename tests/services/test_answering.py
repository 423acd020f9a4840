"""Each customer message is answered once and in order, whatever fails."""

import asyncio

from bot.helpdesk.conversation import Outcome, Owner, Sender
from bot.helpdesk.queueing import WAITING
from bot.services.answering import APOLOGY, BOT_FAILED
from tests.services.conftest import LEASE, PATIENCE, Desk


async def test_messages_are_answered_in_order_each_with_its_number(desk: Desk) -> None:
    conversation = await desk.opened()
    first = await desk.say(conversation, "satu")
    second = await desk.say(conversation, "dua")
    await desk.answering.answer_all(conversation)
    assert await desk.bot_said(conversation) == [
        (first.seq, "gema: satu"),
        (second.seq, "satu"),
        (second.seq, "dua"),
    ]
    assert desk.notifier.typing == [True, False, True, False]


async def test_an_answered_message_is_not_answered_again(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "halo")
    await desk.answering.answer_all(conversation)
    assert not await desk.answering.answer_one(conversation)
    assert len(desk.brain.asked) == 1


async def test_two_workers_at_once_answer_once(desk: Desk) -> None:
    conversation = await desk.opened()
    for n in range(5):
        await desk.say(conversation, f"pesan {n}")
    await asyncio.gather(*(desk.make_answering().answer_all(conversation) for _ in range(4)))
    await desk.answering.answer_all(conversation)
    said = await desk.bot_said(conversation)
    assert [reply_to for reply_to, _ in said] == [1, 2, 3, 4, 5]


async def test_a_failure_is_retried_with_growing_pauses(desk: Desk) -> None:
    desk.brain.broken = True
    conversation = await desk.opened()
    await desk.say(conversation, "halo")
    assert not await desk.answering.answer_one(conversation)
    assert not await desk.answering.answer_one(conversation), "not due yet"
    assert len(desk.brain.asked) == 1
    desk.clock.pass_time(0.6)
    await desk.answering.answer_one(conversation)
    desk.clock.pass_time(0.6)  # the second pause is longer
    await desk.answering.answer_one(conversation)
    assert len(desk.brain.asked) == 2
    desk.brain.heal()
    desk.clock.pass_time(1.0)
    await desk.answering.answer_all(conversation)
    assert await desk.bot_said(conversation) == [(1, "gema: halo")]


async def test_after_the_set_time_the_customer_is_told_honestly_and_offered_a_person(desk: Desk) -> None:
    desk.brain.broken = True
    conversation = await desk.opened()
    await desk.say(conversation, "halo")
    await desk.answering.answer_all(conversation)
    desk.clock.pass_time(PATIENCE)
    await desk.answering.answer_all(conversation)
    assert await desk.bot_said(conversation) == [(1, APOLOGY.text)]
    newest = (await desk.log(conversation))[-1]
    assert newest.intent == BOT_FAILED
    assert [b.payload for b in newest.buttons] == ["/minta_manusia"]
    desk.brain.heal()
    await desk.answering.answer_all(conversation)
    assert len(await desk.bot_said(conversation)) == 1, "what was settled is not answered again"


async def test_the_work_of_a_dead_worker_is_taken_over_once_its_lease_is_over(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "halo")
    dead, _ = await desk.thinking(desk.answering.answer_one(conversation))
    dead.cancel()  # as if the process had been killed: nothing is cleaned up in the database
    await asyncio.gather(dead, return_exceptions=True)
    desk.brain.gate = None
    assert not await desk.answering.answer_one(conversation), "the lease still holds"
    desk.clock.pass_time(LEASE + 1)
    await desk.answering.answer_all(conversation)
    assert await desk.bot_said(conversation) == [(1, "gema: halo")]
    assert desk.brain.asked[0][0] == desk.brain.asked[1][0], "the brain sees the same message id"


async def test_a_worker_that_lost_its_lease_stores_nothing(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "halo")
    slow, gate = await desk.thinking(desk.answering.answer_one(conversation))
    desk.brain.gate = None
    desk.clock.pass_time(LEASE + 1)  # its process hung: the lease ran out unrenewed
    await desk.make_answering().answer_all(conversation)
    gate.set()
    assert not await slow
    assert len(await desk.bot_said(conversation)) == 1


async def test_a_request_for_a_person_queues_the_conversation_with_the_reply(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.ask(conversation, "mau manusia")
    await desk.ask(conversation, "manusia lagi")
    request = await desk.request(conversation)
    assert request is not None
    assert (request.requested_seq, await desk.waiting()) == (1, [conversation])
    assert desk.notifier.owners == [Owner.QUEUE]


async def test_of_two_requests_the_one_that_needs_a_person_is_the_reason_for_the_queue(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.ask(conversation, "bayar dan cek")
    request = await desk.request(conversation)
    assert request is not None
    assert request.reason == "kasus_layanan"
    answer = (await desk.log(conversation))[1]
    assert (answer.outcome, answer.clauses) == (Outcome.HANDOFF, ("K5", "K4"))


async def test_the_bot_still_answers_while_the_customer_waits(desk: Desk) -> None:
    conversation = await desk.opened()
    for text in ("mau manusia", "sambil menunggu"):
        await desk.say(conversation, text)
        await desk.answering.answer_all(conversation)
    assert (await desk.bot_said(conversation))[-1][1] == "gema: sambil menunggu"


async def test_the_bot_is_silent_while_a_person_has_it_and_speaks_after_the_handback(desk: Desk) -> None:
    conversation, rini = await desk.queued(), await desk.agent("rini")
    await desk.handoffs.accept(conversation, rini)
    await desk.messages.send(conversation, rini, client_message_id="r1", text="Halo, saya Rini.")
    await desk.ask(conversation, "terima kasih")
    assert [m.sender for m in await desk.log(conversation)] == [
        Sender.CUSTOMER,
        Sender.BOT,
        Sender.SYSTEM,
        Sender.SYSTEM,
        Sender.AGENT,
        Sender.CUSTOMER,
    ]
    await desk.handoffs.hand_back(conversation, rini)
    asked = await desk.ask(conversation, "tanya lagi")
    assert (await desk.bot_said(conversation))[-1] == (asked.seq, "gema: tanya lagi")
    assert await desk.request(conversation) is None


async def test_a_person_who_takes_over_while_the_bot_thinks_is_not_talked_over(desk: Desk) -> None:
    conversation, rini = await desk.opened(), await desk.agent("rini")
    await desk.say(conversation, "halo")
    thinking, gate = await desk.thinking(desk.answering.answer_one(conversation))
    await desk.handoffs.take_over(conversation, rini)
    gate.set()
    await thinking
    assert await desk.bot_said(conversation) == []
    assert desk.notifier.typing[-1] is False


async def test_replies_carry_outcome_and_clauses(desk: Desk) -> None:
    conversation = await desk.opened()
    await desk.say(conversation, "halo")
    await desk.answering.answer_all(conversation)
    answer = (await desk.log(conversation))[-1]
    assert (answer.outcome, answer.clauses, answer.intent, answer.confidence) == (
        Outcome.ANSWER,
        ("H13",),
        "gema",
        0.9,
    )


async def test_in_the_queue_the_bot_asks_nothing_back_but_says_that_staff_will_read_it(desk: Desk) -> None:
    conversation = await desk.opened()
    for text in ("mau manusia", "tombol"):  # "tombol" makes the brain ask back
        await desk.say(conversation, text)
        await desk.answering.answer_all(conversation)
    newest = (await desk.log(conversation))[-1]
    assert (newest.text, newest.outcome, newest.reply_to) == (WAITING.text, Outcome.HANDOFF, 4)
