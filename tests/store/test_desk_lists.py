"""The desk's lists as the use cases fill them: filters, order, counts, unread messages, places in the queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.helpdesk.conversation import Sender
from bot.helpdesk.desk import Counts, Filter, ListedConversation, ListQuery, Sort
from bot.helpdesk.ownership import State
from bot.helpdesk.staff import Staff
from tests.services.conftest import Desk
from tests.store.desk_lists import accepted, ids, write


async def counts(desk: Desk, agent: Staff) -> Counts:
    async with desk.store.read() as work:
        return await work.desk.counts(agent.id, bot_since=desk.clock.now() - timedelta(hours=24))


async def row(desk: Desk, conversation_id: str) -> ListedConversation:
    async with desk.store.read() as work:
        (found,) = await work.desk.rows([conversation_id])
    return found


async def mark_read(desk: Desk, conversation_id: str, seq: int) -> int | None:
    async with desk.store.begin() as work:
        reached = await work.desk.mark_read(conversation_id, seq)
        await work.commit()
    return reached


async def test_each_list_holds_what_is_its_own_the_newest_first(desk: Desk) -> None:
    rina, dewi = await desk.agent("rina"), await desk.agent("dewi")
    made: dict[Filter, list[str]] = {kind: [] for kind in Filter}
    for _ in range(2):
        desk.clock.pass_time(1)
        with_bot = await desk.opened()
        await desk.ask(with_bot, "cara bayar?")
        desk.clock.pass_time(1)
        queued = await desk.queued()
        desk.clock.pass_time(1)
        mine = await accepted(desk, rina)
        desk.clock.pass_time(1)
        closed = await accepted(desk, rina)
        await desk.handoffs.close(closed, rina, reason="solved")
        desk.clock.pass_time(1)
        others = await accepted(desk, dewi)
        for kind, conversation in zip(
            (Filter.BOT, Filter.QUEUE, Filter.MINE, Filter.CLOSED, Filter.OTHERS),
            (with_bot, queued, mine, closed, others),
            strict=True,
        ):
            made[kind].insert(0, conversation)
            made[Filter.ALL].insert(0, conversation)
    for kind in Filter:
        assert await ids(desk, ListQuery(rina.id, kind)) == made[kind], kind
    assert await ids(desk, ListQuery(dewi.id, Filter.MINE)) == made[Filter.OTHERS]
    assert await ids(desk, ListQuery(dewi.id, Filter.OTHERS)) == made[Filter.MINE]
    assert await counts(desk, rina) == Counts(mine=2, queue=2, bot=2, others=2, unread=2)


async def test_a_row_says_where_the_conversation_is_and_who_has_waited_how_long(desk: Desk) -> None:
    rina = await desk.agent("rina")
    conversation = await desk.opened()
    assert await row(desk, conversation) == ListedConversation(
        **{"id": conversation, "state": State.BOT, "agent_id": None, "agent_name": None},
        **{"created_at": desk.clock.now(), "last_at": desk.clock.now(), "last_text": "", "last_sender": None},
        **{"unread": 0, "waiting_since": None, "reason": None, "mode": None, "place": None, "contact_name": None},
    )
    desk.clock.pass_time(5)
    asked = desk.clock.now()
    await desk.ask(conversation, "mau manusia")
    in_queue = await row(desk, conversation)
    assert (in_queue.state, in_queue.place, in_queue.waiting_since) == (State.QUEUE, 1, asked)
    assert (in_queue.reason, in_queue.mode, in_queue.unread) == ("gema", "live", 1)
    desk.clock.pass_time(5)
    await desk.handoffs.accept(conversation, rina)
    taken = await row(desk, conversation)
    assert (taken.state, taken.agent_id, taken.agent_name) == (State.AGENT, rina.id, "Rina")
    assert (taken.place, taken.waiting_since, taken.reason) == (None, asked, "gema")
    await write(desk, conversation, rina, "Selamat pagi")
    answered = await row(desk, conversation)
    assert (answered.waiting_since, answered.last_text, answered.last_sender) == (None, "Selamat pagi", Sender.AGENT)
    assert answered.last_at == desk.clock.now()
    desk.clock.pass_time(5)
    first_unanswered = desk.clock.now()
    await desk.say(conversation, "satu")
    desk.clock.pass_time(5)
    await desk.say(conversation, "dua")
    assert (await row(desk, conversation)).waiting_since == first_unanswered
    await desk.handoffs.close(conversation, rina, reason="solved")
    ended = await row(desk, conversation)
    assert (ended.state, ended.agent_id, ended.waiting_since, ended.unread) == (State.CLOSED, None, None, 0)
    assert (ended.reason, ended.mode) == (None, None)


async def test_places_follow_the_queue_and_whoever_was_returned_is_first(desk: Desk) -> None:
    rina = await desk.agent("rina")
    first = await desk.queued()
    desk.clock.pass_time(1)
    second = await desk.queued()
    desk.clock.pass_time(1)
    third = await desk.queued()
    assert [(await row(desk, c)).place for c in (first, second, third)] == [1, 2, 3]
    await desk.handoffs.accept(third, rina)
    await desk.handoffs.give_back(third, rina)
    assert [(await row(desk, c)).place for c in (first, second, third)] == [2, 3, 1]
    # The list that agents take from is in the same order; nothing else says who is next.
    assert await ids(desk, ListQuery(rina.id, Filter.QUEUE, Sort.WAITING)) == [third, first, second]
    await desk.handoffs.accept(third, rina)
    assert [(await row(desk, c)).place for c in (first, second, third)] == [1, 2, None]


async def test_by_waiting_the_longest_wait_is_first_and_the_answered_are_last(desk: Desk) -> None:
    rina = await desk.agent("rina")
    answered = await accepted(desk, rina)
    unanswered = await accepted(desk, rina)
    queued = await desk.queued()
    desk.clock.pass_time(10)
    await write(desk, answered, rina)
    await write(desk, unanswered, rina)
    desk.clock.pass_time(10)
    await desk.say(unanswered, "masih ada?")
    desk.clock.pass_time(10)
    latest = await desk.queued()
    with_bot = await desk.opened()
    assert await ids(desk, ListQuery(rina.id, Filter.MINE, Sort.WAITING)) == [unanswered, answered]
    everything = await ids(desk, ListQuery(rina.id, Filter.ALL, Sort.WAITING))
    assert everything == [queued, unanswered, latest, answered]
    assert with_bot not in everything


async def test_unread_are_the_customers_messages_that_staff_have_not_read(desk: Desk) -> None:
    rina, dewi = await desk.agent("rina"), await desk.agent("dewi")
    mine, others = await accepted(desk, rina), await accepted(desk, dewi)
    await desk.say(mine, "halo?")
    last = await desk.say(mine, "ada orang?")
    with_bot = await desk.opened()
    await desk.ask(with_bot, "cara bayar?")
    assert (await row(desk, mine)).unread == 3
    unread = ListQuery(rina.id, Filter.ALL, unread=True)
    assert set(await ids(desk, unread)) == {mine, others}
    assert await ids(desk, replace(unread, filter=Filter.MINE)) == [mine]
    assert await ids(desk, replace(unread, filter=Filter.BOT)) == []
    assert (await counts(desk, rina)).unread == 1
    assert await mark_read(desk, mine, last.seq - 1) == last.seq - 1
    assert (await row(desk, mine)).unread == 1
    assert await mark_read(desk, mine, last.seq - 2) is None, "reading never goes back"
    assert await mark_read(desk, mine, last.seq + 1000) == last.seq, "nor beyond what there is"
    assert await mark_read(desk, "tidak-ada", 1) is None
    assert (await row(desk, mine)).unread == 0
    assert await ids(desk, replace(unread, filter=Filter.MINE)) == []
    assert (await counts(desk, rina)).unread == 0
    # What the agent says is nothing for the agent to read.
    await write(desk, mine, rina)
    assert await ids(desk, replace(unread, filter=Filter.MINE)) == []


async def test_the_badge_of_the_bot_counts_a_day_and_its_list_everything(desk: Desk) -> None:
    rina = await desk.agent("rina")
    old = await desk.opened()
    desk.clock.pass_time(24 * 3600)
    fresh = await desk.opened()
    assert (await counts(desk, rina)).bot == 1
    assert await ids(desk, ListQuery(rina.id, Filter.BOT)) == [fresh, old]


async def test_rows_come_in_the_order_asked_for_without_those_that_are_gone(desk: Desk) -> None:
    one, two = await desk.opened(), await desk.opened()
    async with desk.store.read() as work:
        assert [r.id for r in await work.desk.rows([two, "tidak-ada", one])] == [two, one]
        assert await work.desk.rows([]) == []
