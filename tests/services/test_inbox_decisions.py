"""Decisions of trainers about groups of the inbox."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.errors import DecidedAlreadyError, InvalidMessageError, NotFoundError
from bot.helpdesk.inbox.items import Action, InboxGroup
from bot.helpdesk.staff import Role
from bot.services.trainer.inbox_decisions import Wanted
from bot.store.unit_of_work import SqlStore
from tests.inbox import RefusedError
from tests.inbox_at_work import Inbox, make_inbox
from tests.staffing import add_staff


@pytest.fixture
async def inbox(store: SqlStore, tmp_path: Path) -> Inbox:
    """With two messages that ask the same."""
    inbox = await make_inbox(store, tmp_path)
    chat = await inbox.chat()
    await chat.say("promo lebaran ada ga")
    await chat.say("promo natal dong kak")
    await inbox.sweep.sweep()
    return inbox


async def only_group(inbox: Inbox, state: str = "open") -> InboxGroup:
    (whole,) = await inbox.groups(state)
    return whole.group


async def test_confirming_adds_each_text_to_what_the_bot_understood(inbox: Inbox) -> None:
    group = await only_group(inbox)
    decided = await inbox.decisions.decide(
        inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1", note="bener")
    )
    assert (len(decided.changes), decided.next) == (2, None)
    assert sorted(inbox.adder.added["cara_bayar"]) == ["promo lebaran ada ga", "promo natal dong kak"]
    done = await only_group(inbox, "done")
    assert (done.decided_action, done.decided_intent, done.decided_by) == (
        Action.CONFIRM,
        "cara_bayar",
        inbox.trainer.id,
    )


async def test_relabelling_adds_the_given_sentences(inbox: Inbox) -> None:
    group = await only_group(inbox)
    sentences = [(None, "ada [promo.com](domain) ga"), (None, "ada  [promo.com](domain) ga")]
    wanted = Wanted(Action.RELABEL, group.revision, "k1", intent="tempo_bayar", sentences=sentences)
    await inbox.decisions.decide(inbox.trainer, group.id, wanted)
    assert inbox.adder.added == {"tempo_bayar": ["ada [promo.com](domain) ga"]}


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (Action.RELABEL, None),
        (Action.RELABEL, "tidak_ada"),
        (Action.RELABEL, "nlu_fallback"),
        (Action.OUT_OF_SCOPE, "cara_bayar"),
    ],
)
async def test_an_intent_that_takes_no_sentences_is_refused(inbox: Inbox, action: Action, intent: str | None) -> None:
    group = await only_group(inbox)
    with pytest.raises(InvalidMessageError) as refused:
        await inbox.decisions.decide(inbox.trainer, group.id, Wanted(action, group.revision, "k1", intent=intent))
    assert refused.value.data["field"] == "intent"
    assert await only_group(inbox) == group


@pytest.mark.parametrize("text", ["promo ke [nomor] ya", "promo ke budi@contoh.co.id ya", "pin 123456 buat promo"])
async def test_personal_data_does_not_get_into_the_training_data(inbox: Inbox, text: str) -> None:
    group = await only_group(inbox)
    wanted = Wanted(Action.CONFIRM, group.revision, "k1", sentences=[(None, text)])
    with pytest.raises(InvalidMessageError):
        await inbox.decisions.decide(inbox.trainer, group.id, wanted)
    assert inbox.adder.added == {}


async def test_masked_texts_and_marks_of_entities_are_left_out_unless_they_are_rephrased(inbox: Inbox) -> None:
    await (await inbox.chat("c2")).say("promo ke 0812-3456-7890 ya")
    await (await inbox.chat("c3")).say("promo [diskon](nama_domain) ya")
    await inbox.sweep.sweep()
    group = await only_group(inbox)
    await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1"))
    assert sorted(inbox.adder.added["cara_bayar"]) == ["promo lebaran ada ga", "promo natal dong kak"]


async def test_the_same_key_changes_nothing_and_gives_the_same_changes(inbox: Inbox) -> None:
    group = await only_group(inbox)
    wanted = Wanted(Action.CONFIRM, group.revision, "k1")
    first = await inbox.decisions.decide(inbox.trainer, group.id, wanted)
    assert await inbox.decisions.decide(inbox.trainer, group.id, wanted) == first
    assert len(inbox.adder.keys) == 1


async def test_the_same_request_twice_at_once_is_one_decision(inbox: Inbox) -> None:
    group = await only_group(inbox)
    wanted = Wanted(Action.CONFIRM, group.revision, "k1")
    twice = [inbox.decisions.decide(inbox.trainer, group.id, wanted) for _ in range(2)]
    first, second = await asyncio.gather(*twice)
    assert first == second
    assert len(inbox.adder.added["cara_bayar"]) == 2


async def test_of_two_trainers_the_second_is_told_who_was_first(inbox: Inbox) -> None:
    other, group = await add_staff(inbox.store, "beni", Role.TRAINER), await only_group(inbox)
    await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1"))
    with pytest.raises(DecidedAlreadyError) as refused:
        await inbox.decisions.decide(other, group.id, Wanted(Action.IGNORE, group.revision, "k1"))
    assert refused.value.data == {"by": "Tia", "revision": group.revision + 1}


async def test_nobody_decides_about_a_text_unseen(inbox: Inbox) -> None:
    group = await only_group(inbox)
    await (await inbox.chat("c2")).say("promo natal dong kak")
    await inbox.sweep.sweep()
    assert (await only_group(inbox)).revision == group.revision  # the same text once more
    await (await inbox.chat("c3")).say("promo server murah")
    await inbox.sweep.sweep()
    with pytest.raises(DecidedAlreadyError):
        await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1"))
    assert inbox.adder.added == {}


async def test_skipping_puts_a_group_behind_the_others_of_today(inbox: Inbox) -> None:
    await (await inbox.chat("c2")).say("refund berapa lama ya")
    await inbox.sweep.sweep()
    first, second = (whole.group for whole in await inbox.groups())
    decided = await inbox.decisions.decide(inbox.trainer, first.id, Wanted(Action.SKIP, first.revision, "k1"))
    assert decided.next == second.id
    assert [whole.group.id for whole in await inbox.groups()] == [second.id, first.id]
    inbox.clock.pass_time(24 * 3600)
    assert [whole.group.id for whole in await inbox.groups()] == [first.id, second.id]


async def test_what_resembles_an_ignored_group_is_ignored_too(inbox: Inbox) -> None:
    group = await only_group(inbox)
    await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.IGNORE, group.revision, "k1"))
    await (await inbox.chat("c2")).say("promo apa aja bulan ini")
    await inbox.sweep.sweep()
    assert await inbox.groups() == []
    assert (await only_group(inbox, "ignored")).size == 3


async def test_sending_puts_a_group_into_a_colleagues_list(inbox: Inbox) -> None:
    other, group = await add_staff(inbox.store, "beni", Role.TRAINER), await only_group(inbox)
    wanted = Wanted(Action.SEND, group.revision, "k1", to=other.id, note="tolong lihat")
    await inbox.decisions.decide(inbox.trainer, group.id, wanted)
    page = await inbox.reading.page(other, state="mine", reason=None, before=None, limit=10)
    assert [(one.id, one.sent_by, one.note) for one in page.groups] == [(group.id, inbox.trainer.id, "tolong lihat")]
    assert page.counts == {"open": 1, "mine": 1, "done": 0, "ignored": 0}
    assert await inbox.groups("mine") == []


async def test_only_those_who_may_train_get_groups(inbox: Inbox) -> None:
    agent, group = await add_staff(inbox.store, "ani", Role.AGENT), await only_group(inbox)
    for to in (agent.id, "nobody", None):
        with pytest.raises(InvalidMessageError):
            await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.SEND, group.revision, "k1", to=to))


@pytest.mark.parametrize("action", [Action.CONFIRM, Action.IGNORE])
async def test_a_reopened_group_can_be_decided_again(inbox: Inbox, action: Action) -> None:
    group = await only_group(inbox)
    await inbox.decisions.decide(inbox.trainer, group.id, Wanted(action, group.revision, "k1"))
    for _ in range(2):  # the same key again changes nothing
        await inbox.decisions.reopen(inbox.trainer, group.id, "k2")
    again = await only_group(inbox)
    assert (again.revision, again.decided_by) == (group.revision + 2, None)
    wanted = Wanted(Action.RELABEL, again.revision, "k3", intent="tempo_bayar")
    assert len((await inbox.decisions.decide(inbox.trainer, group.id, wanted)).changes) == 2


async def test_sentences_that_cannot_be_added_leave_the_group_open(inbox: Inbox) -> None:
    group = await only_group(inbox)
    inbox.adder.fails = RefusedError("no")
    with pytest.raises(RefusedError):
        await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1"))
    again = await only_group(inbox)
    await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, again.revision, "k1"))
    assert len(inbox.adder.added["cara_bayar"]) == 2


@pytest.mark.parametrize("after", [False, True], ids=["before adding", "after adding"])
async def test_a_decision_that_a_crash_cut_off_is_carried_on(inbox: Inbox, *, after: bool) -> None:
    group = await only_group(inbox)
    inbox.adder.fails, inbox.adder.dies_after = (None, True) if after else (ConnectionError("died"), False)
    with pytest.raises(ConnectionError):
        await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1"))
    await inbox.sweep.sweep()
    assert bool(inbox.adder.added) is after  # whoever decided may still be at it
    inbox.clock.pass_time(60)
    await inbox.sweep.sweep()
    assert len(inbox.adder.added["cara_bayar"]) == 2
    decided = await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, group.revision, "k1"))
    assert len(decided.changes) == 2


async def test_what_is_not_there_is_not_found(inbox: Inbox) -> None:
    with pytest.raises(NotFoundError):
        await inbox.decisions.decide(inbox.trainer, "nothing", Wanted(Action.IGNORE, 1, "k1"))
    with pytest.raises(NotFoundError):
        await inbox.decisions.reopen(inbox.trainer, "nothing", "k2")
