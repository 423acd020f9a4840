"""Trends over a real log."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.helpdesk.conversation import Outcome
from bot.services.trainer.known_texts import TrainingTexts
from bot.services.trainer.training_files import TrainingFiles
from bot.services.trainer.trends import TrendReport, Trends
from bot.store.unit_of_work import SqlStore
from tests.inbox import Chat
from tests.inbox_at_work import Inbox, make_inbox

_WEEK = 7 * 24 * 3600


@pytest.fixture
async def inbox(store: SqlStore, tmp_path: Path) -> Inbox:
    return await make_inbox(store, tmp_path)


@pytest.fixture
def trends(inbox: Inbox, tmp_path: Path) -> Trends:
    return Trends(inbox.store, inbox.clock, TrainingTexts(TrainingFiles(tmp_path)), ZoneInfo("Asia/Jakarta"))


def weeks_of(report: TrendReport) -> list[tuple[int, ...]]:
    """(right, asked back, refused, handed off, other) of each week."""
    return [(w.right, w.asked_back, w.refused, w.handed_off, w.other) for w in report.weeks]


async def test_each_message_is_counted_once_by_what_became_of_it(inbox: Inbox, trends: Trends) -> None:
    chat = await inbox.chat()
    await chat.say("halo", Outcome.SMALLTALK, intent="salam")
    await chat.say("Cara bayar", Outcome.ANSWER, payload="/cara_bayar")
    await chat.say("bayarnya gimana", Outcome.ANSWER)
    await chat.say("promo lebaran ada ga", Outcome.CLARIFY)
    inbox.clock.pass_time(_WEEK)
    await chat.say("resep rendang dong", Outcome.REFUSE)
    await chat.say("saldo saya hilang", Outcome.HANDOFF, intent="kasus_transaksi")
    await chat.say("tolong kerjakan", Outcome.PAID_SUPPORT)
    await chat.say("refund berapa lama ya", Outcome.ANSWER)
    inbox.clock.pass_time(1)
    async with inbox.store.begin() as work:
        await work.ratings.ask(chat.id, inbox.clock.now(), None)
        await work.ratings.settle(chat.id, solved=False, at=inbox.clock.now())
        await work.commit()
    await inbox.sweep.sweep()
    assert weeks_of(await trends.report(3)) == [(0, 0, 0, 0, 0), (1, 1, 0, 0, 0), (1, 0, 1, 1, 1)]


async def test_a_report_is_kept_for_a_minute(inbox: Inbox, trends: Trends) -> None:
    chat = await inbox.chat()
    await chat.say("bayarnya gimana", Outcome.ANSWER)
    first = await trends.report(2)
    await chat.say("bayarnya gimana", Outcome.ANSWER)
    assert await trends.report(2) is first
    inbox.clock.pass_time(60)
    assert (await trends.report(2)).weeks[-1].all == 2


async def test_unseen_words_are_those_of_several_customers_and_of_no_sentence(inbox: Inbox, trends: Trends) -> None:
    for number in range(3):
        chat = await Chat.begin(inbox.store, inbox.clock, f"c{number}")
        await chat.say(f"bayar pakai blubank bisa kak? hp 0812345678{number}0, web tokobudi.co.id")
    alone = await Chat.begin(inbox.store, inbox.clock, "alone")
    for _ in range(3):
        await alone.say("saya slamet mau bayar")
    unseen = (await trends.report(2)).unseen
    words = {one.word: one for one in unseen}
    assert words["blubank"].count == 3
    assert "[nomor]" in words["blubank"].text
    assert not {"bayar", "slamet", "nomor", "tokobudi"} & words.keys()
