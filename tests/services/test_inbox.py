"""What gets into the trainers' inbox, and how it is grouped."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.helpdesk.conversation import Outcome
from bot.helpdesk.handoff import Handoff
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.ownership import Actor, Cause, Event
from bot.helpdesk.releases.comparing import Understood
from bot.services.moving import move
from bot.services.ports.releases import Difference, HeardMessage
from bot.services.trainer.grouping import put_into_groups
from bot.services.trainer.inbox import standing_out
from bot.services.trainer.inbox_intake import InboxIntake
from bot.services.trainer.known_texts import KnownTexts
from bot.store.unit_of_work import SqlStore
from tests.fakes import FakeClock
from tests.inbox import Chat
from tests.inbox_at_work import Inbox, make_inbox
from tests.staffing import add_staff


@pytest.fixture
async def inbox(store: SqlStore, tmp_path: Path) -> Inbox:
    return await make_inbox(store, tmp_path)


async def test_a_question_back_is_there_after_one_sweep(inbox: Inbox) -> None:
    await (await inbox.chat()).say("promo lebaran ada ga")
    await inbox.sweep.sweep()
    assert await inbox.texts() == [["promo lebaran ada ga"]]
    assert await inbox.reasons() == [{"asked_back"}]


@pytest.mark.parametrize(
    ("outcome", "intent", "confidence", "reasons"),
    [
        (Outcome.REFUSE, "di_luar_topik", 0.9, {"refused"}),
        (Outcome.ANSWER, "pasal_baru", 0.9, {"searched"}),
        (Outcome.ANSWER, "cara_bayar", 0.5, {"unsure"}),
        (Outcome.CLARIFY, "nlu_fallback", 0.2, {"asked_back", "unsure"}),
        (Outcome.ANSWER, "cara_bayar", 0.9, None),
        (Outcome.SMALLTALK, "salam", 0.4, None),
        (Outcome.CLARIFY, "tidak_jelas", 0.9, None),
    ],
)
async def test_reasons_follow_from_the_answer(
    inbox: Inbox, outcome: Outcome, intent: str, confidence: float, reasons: set[str] | None
) -> None:
    await (await inbox.chat()).say("promo lebaran ada ga", outcome, intent=intent, confidence=confidence)
    await inbox.sweep.sweep()
    assert await inbox.reasons() == ([] if reasons is None else [reasons])


async def test_what_only_seemed_unsure_is_not_worth_a_look(inbox: Inbox) -> None:
    await (await inbox.chat()).say("promo jelas ada ga", Outcome.ANSWER, confidence=0.5)
    await inbox.sweep.sweep()
    assert await inbox.groups() == []


async def test_pressed_buttons_and_known_sentences_are_not_worth_a_look(inbox: Inbox) -> None:
    chat = await inbox.chat()
    await chat.say("Cara bayar", payload="/cara_bayar")
    await chat.say("Bayar pake apa saja, kak?")
    await chat.say("bisa QRIS ga")
    await inbox.sweep.sweep()
    assert await inbox.groups() == []


async def test_texts_are_masked_before_they_are_stored(inbox: Inbox) -> None:
    await (await inbox.chat()).say("promo ke budi@contoh.co.id atau 0812-3456-7890 ya")
    await inbox.sweep.sweep()
    assert await inbox.texts() == [["promo ke [surel] atau [nomor] ya"]]
    assert inbox.reviewer.asked == ["promo ke [surel] atau [nomor] ya"]


async def test_messages_that_ask_the_same_are_one_group(inbox: Inbox) -> None:
    first, second = await inbox.chat("c1"), await inbox.chat("c2")
    await first.say("promo lebaran ada ga")
    await first.say("refund berapa lama ya")
    await inbox.sweep.sweep()
    inbox.clock.pass_time(5)
    await second.say("promo natal dong kak")
    await inbox.sweep.sweep()
    assert sorted(await inbox.texts()) == [["promo lebaran ada ga", "promo natal dong kak"], ["refund berapa lama ya"]]
    assert (await inbox.texts())[0][0].startswith("promo")  # two that ask the same teach more than one


async def test_several_processes_take_up_and_group_each_message_once(inbox: Inbox) -> None:
    chat = await inbox.chat()
    for number in range(40):
        await chat.say(f"promo nomor {number}")
    await asyncio.gather(*(inbox.sweep.sweep() for _ in range(3)))
    await inbox.sweep.sweep()
    (whole,) = await inbox.groups()
    assert whole.group.size == 40
    assert len(inbox.reviewer.asked) == 40


async def test_the_inbox_waits_for_the_model(inbox: Inbox) -> None:
    inbox.reviewer.healthy = False
    await (await inbox.chat()).say("promo lebaran ada ga")
    await inbox.sweep.sweep()
    assert await inbox.groups() == []
    inbox.reviewer.healthy = True
    inbox.clock.pass_time(5)
    await inbox.sweep.sweep()
    assert await inbox.texts() == [["promo lebaran ada ga"]]


async def test_nearest_sentences_come_when_they_are_known(inbox: Inbox) -> None:
    inbox.reviewer.knows_nearest = False
    await (await inbox.chat()).say("promo lebaran ada ga")
    await inbox.sweep.sweep()
    inbox.reviewer.knows_nearest = True
    inbox.clock.pass_time(60)
    await inbox.sweep.sweep()
    (whole,) = await inbox.groups()
    assert whole.group.middle.reviewed is not None
    assert [near.intent for near in whole.group.middle.reviewed.nearest] == ["cara_bayar"]


async def test_another_encoder_opens_groups_of_its_own(inbox: Inbox) -> None:
    chat = await inbox.chat()
    await chat.say("promo lebaran ada ga")
    await inbox.sweep.sweep()
    inbox.reviewer.encoder = "lain"
    await chat.say("promo natal dong kak")
    await inbox.sweep.sweep()
    assert len(await inbox.groups()) == 2


async def test_three_that_fit_nothing_may_be_a_new_topic(inbox: Inbox) -> None:
    chat = await inbox.chat()
    for text in ("promo lebaran ada ga", "promo natal dong kak"):
        await chat.say(text)
    await inbox.sweep.sweep()
    assert not (await inbox.groups())[0].group.suggests_new_topic
    await chat.say("promo apa aja bulan ini")
    await inbox.sweep.sweep()
    (whole,) = await inbox.groups()
    assert whole.group.suggests_new_topic
    assert whole.words[0] == "promo"


async def test_asking_for_a_person_points_at_the_answer_before(inbox: Inbox) -> None:
    chat = await inbox.chat()
    await chat.say("promo lebaran ada ga", Outcome.ANSWER)
    await chat.say("Bayar", Outcome.ANSWER, payload="/cara_bayar")
    seq = await chat.say("mau ngomong sama orang", Outcome.HANDOFF, intent="minta_manusia")
    async with inbox.store.begin() as work:
        await work.handoffs.add(_handoff(chat, seq, "minta_manusia", inbox.clock))
        await work.commit()
    await inbox.sweep.sweep()
    assert await inbox.texts() == [["promo lebaran ada ga"]]
    assert await inbox.reasons() == [{"handed_off"}]


async def test_not_solved_points_at_the_last_answer(inbox: Inbox) -> None:
    chat = await inbox.chat()
    await chat.say("refund berapa lama ya", Outcome.ANSWER)
    await chat.say("promo lebaran ada ga", Outcome.ANSWER)
    inbox.clock.pass_time(5)
    async with inbox.store.begin() as work:
        await work.ratings.ask(chat.id, inbox.clock.now(), None)
        await work.ratings.settle(chat.id, solved=False, at=inbox.clock.now())
        await work.commit()
    await inbox.sweep.sweep()
    assert await inbox.texts() == [["promo lebaran ada ga"]]
    assert await inbox.reasons() == [{"thumbs_down"}]


async def test_an_agent_who_takes_over_and_writes_corrects_the_bot(inbox: Inbox) -> None:
    agent, chat = await add_staff(inbox.store, "ani"), await inbox.chat()
    await chat.say("promo lebaran ada ga", Outcome.ANSWER)
    inbox.clock.pass_time(5)
    async with inbox.store.begin() as work:
        cause = Cause(Actor.AGENT, staff_id=agent.id)
        await move(work, chat.id, Event.TAKE_OVER, cause, inbox.clock.now(), agent_id=agent.id)
        await work.commit()
    await inbox.sweep.sweep()
    assert await inbox.groups() == []  # looking in is no correction
    inbox.clock.pass_time(5)
    await chat.agent_says("Ada promo Lebaran, Kak", agent)
    await inbox.sweep.sweep()
    assert await inbox.reasons() == [{"corrected"}]


async def test_a_later_reason_raises_the_gain_of_its_group(inbox: Inbox) -> None:
    chat = await inbox.chat()
    seq = await chat.say("promo lebaran ada ga")
    await inbox.sweep.sweep()
    before = (await inbox.groups())[0].group.gain
    await listened(inbox, chat.id, seq)
    await inbox.sweep.sweep()
    (whole,) = await inbox.groups()
    assert whole.group.reasons == {Reason.ASKED_BACK, Reason.SHADOW}
    assert whole.group.gain > before
    assert len(await inbox.groups(reason=Reason.SHADOW)) == 1
    assert await inbox.groups(reason=Reason.REFUSED) == []


async def test_the_context_is_what_was_said_around_it(inbox: Inbox) -> None:
    chat = await inbox.chat()
    for number in range(15):
        await chat.say(f"halo {number}", Outcome.SMALLTALK, intent="salam")
    seq = await chat.say("promo lebaran ada ga")
    for number in range(15):
        await chat.say(f"halo {number}", Outcome.SMALLTALK, intent="salam")
    await inbox.sweep.sweep()
    (whole,) = await inbox.groups()
    context = await inbox.reading.context(whole.messages[0].id)
    assert [message.seq for message in context.messages] == list(range(seq - 20, seq + 11))


async def test_pages_hold_each_group_once_in_the_order_of_gain(inbox: Inbox) -> None:
    chat = await inbox.chat()
    for word in ("promo", "refund", "server", "nama", "email"):
        await chat.say(f"{word} ini gimana")
    await chat.say("nama itu gimana ya")
    await inbox.sweep.sweep()
    seen, before = [], None
    for _ in range(3):
        page = await inbox.reading.page(inbox.trainer, state="open", reason=None, before=before, limit=2)
        seen += page.groups
        before = page.next
    assert before is None
    assert len({group.id for group in seen}) == 5
    assert [group.gain for group in seen] == sorted((group.gain for group in seen), reverse=True)


def _handoff(chat: Chat, seq: int, reason: str, clock: FakeClock) -> Handoff:
    return Handoff(id=f"h-{seq}", conversation_id=chat.id, reason=reason, requested_seq=seq, created_at=clock.now())


def test_words_that_stand_out_are_no_everyday_ones() -> None:
    known = KnownTexts(frozenset(f"ada {number}" for number in range(500)), {"ada": 500, "promo": 4})
    assert standing_out(["promo lebaran ada ga", "ada promo 2026 ya"], known)[:2] == ["promo", "lebaran"]
    assert "ada" not in standing_out(["promo lebaran ada ga"], known)


async def test_who_took_too_long_groups_nothing_twice(inbox: Inbox) -> None:
    await (await inbox.chat()).say("promo lebaran ada ga")
    now, known = inbox.clock.now(), KnownTexts(frozenset(), {})
    await InboxIntake(inbox.store, inbox.clock).look_for_doubt()
    async with inbox.store.begin() as work:
        messages = await work.inbox.claim_new(now, now, 32)
        await work.commit()
    review = await inbox.reviewer.review([message.text for message in messages])
    for _ in range(2):
        async with inbox.store.begin() as work:
            await put_into_groups(work, messages, review, known, now)
            await work.commit()
    (whole,) = await inbox.groups()
    assert whole.group.size == 1
    async with inbox.store.read() as work:
        assert (await work.inbox.counts(inbox.trainer.id))["open"] == 1


async def test_what_a_candidate_understands_otherwise_is_worth_a_look(inbox: Inbox) -> None:
    chat = await inbox.chat()
    sure = await chat.say("promo lebaran ada ga", Outcome.ANSWER)
    small = await chat.say("halo", Outcome.SMALLTALK, intent="salam")
    inbox.clock.pass_time(600)  # it is behind
    await inbox.sweep.sweep()
    assert await inbox.groups() == []
    for seq in (sure, small):
        await listened(inbox, chat.id, seq)
    for _ in range(2):
        await inbox.sweep.sweep()
    assert await inbox.reasons() == [{"shadow"}]
    assert await inbox.texts() == [["promo lebaran ada ga"]]


async def listened(inbox: Inbox, conversation_id: str, seq: int) -> None:
    """A candidate understood the message otherwise."""
    live, candidate = Understood("answer", (), "cara_bayar", 0.9), Understood("answer", (), "tempo_bayar", 0.9)
    heard = HeardMessage(conversation_id, seq, inbox.clock.now() - timedelta(minutes=10), "promo", live)
    async with inbox.store.begin() as work:
        await work.shadow.note(2, heard, Difference(0, "promo", heard.at, live, candidate))
        await work.commit()
