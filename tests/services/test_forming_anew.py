"""After a publish the groups that nobody has looked at are formed anew, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import DecidedAlreadyError
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.inbox.items import Action
from bot.helpdesk.releases.versions import Serving
from bot.services.trainer.inbox import WholeGroup
from bot.services.trainer.inbox_decisions import Decided, Wanted
from bot.store.unit_of_work import SqlStore
from tests.inbox_at_work import Inbox, make_inbox


@pytest.fixture
async def inbox(store: SqlStore, tmp_path: Path) -> Inbox:
    """Three messages in two groups, formed with version 1."""
    inbox = await make_inbox(store, tmp_path)
    await inbox.publish(1)
    await inbox.sweep.form_anew()
    chat = await inbox.chat()
    for text in ("promo lebaran ada ga", "promo natal dong kak", "diskon akhir tahun ada ga"):
        await chat.say(text)
        inbox.clock.pass_time(1)
    await inbox.sweep.sweep()
    assert len(await inbox.groups()) == 2
    inbox.reviewer.asked.clear()
    return inbox


async def of(inbox: Inbox, word: str) -> WholeGroup:
    """The group with that word in its middle."""
    return next(whole for whole in await inbox.groups() if word in whole.group.middle.text)


async def test_what_asks_the_same_for_the_new_model_becomes_one_group(inbox: Inbox) -> None:
    greater, smaller = await of(inbox, "promo"), await of(inbox, "diskon")
    inbox.reviewer.same["diskon"] = "promo"
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    (whole,) = await inbox.groups()
    assert (whole.group.id, whole.group.size, whole.group.revision) == (greater.group.id, 3, greater.group.revision + 1)
    assert len(whole.messages) == 3
    for group, revision in ((greater.group, greater.group.revision), (smaller.group, smaller.group.revision)):
        with pytest.raises(DecidedAlreadyError):
            await inbox.decisions.decide(inbox.trainer, group.id, Wanted(Action.CONFIRM, revision, "k1"))
    async with inbox.store.read() as work:
        assert await work.inbox.counts(inbox.trainer.id) == {"open": 1, "mine": 0, "done": 0, "ignored": 0}
    wanted = Wanted(Action.CONFIRM, whole.group.revision, "k2")
    assert len((await inbox.decisions.decide(inbox.trainer, whole.group.id, wanted)).changes) == 3
    inbox.clock.pass_time(5)
    await (await inbox.chat("c2")).say("diskon lebaran ada ga")
    await inbox.sweep.sweep()
    assert await inbox.texts() == [["diskon lebaran ada ga"]]  # nothing joins what is gone


async def test_what_is_no_longer_the_same_falls_apart_and_new_messages_join_the_parts(inbox: Inbox) -> None:
    inbox.reviewer.same["diskon"] = "promo"
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    inbox.reviewer.same.clear()
    await inbox.publish(3)
    await inbox.sweep.form_anew()
    await (await inbox.chat("c2")).say("diskon lebaran ada ga")
    await inbox.sweep.sweep()
    assert sorted(await inbox.texts()) == [
        ["diskon akhir tahun ada ga", "diskon lebaran ada ga"],
        ["promo lebaran ada ga", "promo natal dong kak"],
    ]


async def test_the_version_of_the_first_start_forms_nothing_anew(store: SqlStore, tmp_path: Path) -> None:
    inbox = await make_inbox(store, tmp_path)
    await (await inbox.chat()).say("promo lebaran ada ga")
    await inbox.sweep.sweep()
    (before,) = await inbox.groups()
    await inbox.publish(1)
    for _ in range(2):
        await inbox.sweep.form_anew()
    (after,) = await inbox.groups()
    assert after.group.revision == before.group.revision
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    (after,) = await inbox.groups()
    assert after.group.revision == before.group.revision + 1


async def test_each_publish_once_whatever_number_of_processes(inbox: Inbox) -> None:
    await inbox.sweep.form_anew()
    assert inbox.reviewer.asked == []
    await inbox.publish(2)
    await asyncio.gather(*(inbox.sweep.form_anew() for _ in range(3)))
    await inbox.sweep.form_anew()
    assert len(inbox.reviewer.asked) == 3
    assert len(await inbox.groups()) == 2


async def test_a_version_that_is_published_again_counts_again(inbox: Inbox) -> None:
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    async with inbox.store.begin() as work:
        first = await work.versions.get(1)
        assert first is not None
        await work.versions.put(replace(first, published_at=inbox.clock.now()))
        await work.versions.serve(Serving(1, "rasa-a"))
        await work.commit()
    inbox.clock.pass_time(60)
    inbox.reviewer.asked.clear()
    await inbox.sweep.form_anew()
    assert len(inbox.reviewer.asked) == 3


async def test_what_the_new_model_or_the_training_data_knows_is_dropped(inbox: Inbox, tmp_path: Path) -> None:
    chat = await inbox.chat("c2")
    await chat.say("server saya lambat sekali", Outcome.ANSWER, confidence=0.5)
    await inbox.sweep.sweep()
    assert len(await inbox.groups()) == 3
    inbox.reviewer.sure = True
    file = tmp_path / "data/nlu/cara_bayar.yml"
    file.write_text(file.read_text(encoding="utf-8") + "      - Promo natal dong, kak!\n", encoding="utf-8")
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    assert sorted(await inbox.texts()) == [["diskon akhir tahun ada ga"], ["promo lebaran ada ga"]]


@pytest.mark.parametrize("action", [Action.SKIP, Action.SEND, Action.IGNORE, Action.CONFIRM])
async def test_groups_that_somebody_has_looked_at_stay_as_they_are(inbox: Inbox, action: Action) -> None:
    group = (await of(inbox, "promo")).group
    wanted = Wanted(action, group.revision, "k1", to=inbox.trainer.id if action is Action.SEND else None)
    await inbox.decisions.decide(inbox.trainer, group.id, wanted)
    before = await inbox.reading.group(group.id)
    inbox.reviewer.same["diskon"] = "promo"
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    after = await inbox.reading.group(group.id)
    assert (after.group, after.messages) == (before.group, before.messages)
    assert inbox.reviewer.asked == ["diskon akhir tahun ada ga"]


async def test_without_a_model_it_is_tried_again(inbox: Inbox) -> None:
    inbox.reviewer.same["diskon"] = "promo"
    inbox.reviewer.healthy = False
    await inbox.publish(2)
    await inbox.sweep.form_anew()
    assert len(await inbox.groups()) == 2
    inbox.reviewer.healthy = True
    inbox.clock.pass_time(60)
    await inbox.sweep.form_anew()
    assert len(await inbox.groups()) == 1


async def test_a_decision_made_meanwhile_holds(inbox: Inbox) -> None:
    group = (await of(inbox, "promo")).group
    inbox.reviewer.same["diskon"] = "promo"
    await inbox.publish(2)
    wanted = Wanted(Action.CONFIRM, group.revision, "k1")
    inbox.reviewer.meanwhile = lambda: inbox.decisions.decide(inbox.trainer, group.id, wanted)
    await inbox.sweep.form_anew()
    assert await inbox.texts() == [["diskon akhir tahun ada ga"]]
    assert sorted((await inbox.texts("done"))[0]) == ["promo lebaran ada ga", "promo natal dong kak"]


async def test_what_comes_meanwhile_is_grouped_as_well(inbox: Inbox) -> None:
    chat = await inbox.chat("c2")
    await inbox.publish(2)

    async def another() -> None:
        await chat.say("promo imlek ada ga")
        await inbox.sweep.sweep()

    inbox.reviewer.meanwhile = another
    await inbox.sweep.form_anew()
    await inbox.sweep.sweep()
    assert sorted(await inbox.texts()) == [
        ["diskon akhir tahun ada ga"],
        ["promo lebaran ada ga", "promo natal dong kak", "promo imlek ada ga"],
    ]


async def test_a_decision_at_the_same_time_is_made_before_it_or_refused(inbox: Inbox) -> None:
    for number in range(2, 8):
        group = (await inbox.groups())[0].group
        inbox.reviewer.same = {"diskon": "promo"} if number % 2 else {}
        await inbox.publish(number)
        wanted = Wanted(Action.SKIP, group.revision, f"k{number}")
        _, decided = await asyncio.gather(
            inbox.sweep.form_anew(),
            inbox.decisions.decide(inbox.trainer, group.id, wanted),
            return_exceptions=True,
        )
        assert isinstance(decided, Decided | DecidedAlreadyError)
        texts = sorted(text for group in await inbox.texts() for text in group)
        assert texts == ["diskon akhir tahun ada ga", "promo lebaran ada ga", "promo natal dong kak"]
