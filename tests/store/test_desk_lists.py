"""The desk's lists as the use cases fill them: filters, order, pages, counts, places in the queue."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import InvalidMessageError
from bot.helpdesk.conversation import Sender
from bot.helpdesk.desk import Counts, Filter, ListedConversation, ListQuery, Page, Sort
from bot.helpdesk.ownership import State
from bot.helpdesk.staff import Staff
from bot.store.unit_of_work import SqlStore
from tests.services.conftest import Desk

SORTED = [ListQuery("id-rina", kind, sort) for kind in Filter for sort in Sort]


@pytest.fixture
def desk(store: SqlStore) -> Desk:
    return Desk(store, max_chats=20)


async def page(desk: Desk, query: ListQuery) -> Page[ListedConversation]:
    async with desk.store.read() as work:
        return await work.desk.page(query)


async def ids(desk: Desk, query: ListQuery) -> list[str]:
    found = await page(desk, query)
    assert found.next is None
    return [row.id for row in found.items]


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


async def accepted(desk: Desk, agent: Staff) -> str:
    conversation = await desk.queued()
    await desk.handoffs.accept(conversation, agent)
    return conversation


async def write(desk: Desk, conversation_id: str, agent: Staff, text: str = "Halo Kak") -> None:
    client_id = f"{conversation_id}-{desk.clock.now().timestamp()}"
    await desk.messages.send(conversation_id, agent, client_message_id=client_id, text=text)


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


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


async def walk(desk: Desk, query: ListQuery, *, between: Sequence[str] = ()) -> list[str]:
    """All ids page by page; after each page a conversation of `between` gets a new message."""
    seen, touched = [], iter(between)
    while True:
        found = await page(desk, query)
        assert len(found.items) <= query.limit
        seen += [listed.id for listed in found.items]
        if found.next is None:
            return seen
        assert len(found.items) == query.limit
        query = replace(query, before=found.next)
        desk.clock.pass_time(1)
        for conversation in (await desk.opened(), next(touched, None)):
            if conversation is not None:
                await desk.say(conversation, "lagi")


async def test_pages_lose_and_double_nothing_though_times_are_equal(desk: Desk) -> None:
    together = [await desk.opened() for _ in range(4)]
    desk.clock.pass_time(1)
    later = [await desk.opened() for _ in range(3)]
    expected = sorted(later, reverse=True) + sorted(together, reverse=True)
    for limit in (7, 6, 5, 3, 2, 1):
        # What other pages of this test have begun meanwhile is newer, and above.
        seen = await walk(desk, ListQuery("id-rina", Filter.BOT, limit=limit))
        assert seen[-7:] == expected, limit
        assert len(set(seen)) == len(seen)


async def test_pages_double_nothing_while_conversations_move_up(desk: Desk) -> None:
    conversations = []
    for _ in range(9):
        desk.clock.pass_time(1)
        conversations.insert(0, await desk.opened())
    # The last two move to the top while we read: they are at the top of the next reading, not lost for good.
    moved = [conversations[8], conversations[7]]
    seen = await walk(desk, ListQuery("id-rina", limit=3), between=moved)
    assert seen == conversations[:7]
    assert set(await ids(desk, ListQuery("id-rina"))) > set(conversations)


async def test_pages_by_waiting_lose_and_double_nothing(desk: Desk) -> None:
    rina = await desk.agent("rina")
    back = [await accepted(desk, rina) for _ in range(2)]
    unanswered = [await accepted(desk, rina) for _ in range(3)]
    answered = [await accepted(desk, rina) for _ in range(3)]
    for conversation in answered:
        await write(desk, conversation, rina)
    desk.clock.pass_time(1)
    queued = [await desk.queued() for _ in range(3)]
    for conversation in back:
        await desk.handoffs.give_back(conversation, rina)
    expected = sorted(back) + sorted(unanswered) + sorted(queued) + sorted(answered)
    for limit in (1, 2, 3, 5):
        seen = await walk(desk, ListQuery(rina.id, Filter.ALL, Sort.WAITING, limit=limit))
        assert seen == expected, limit


async def test_rows_come_in_the_order_asked_for_without_those_that_are_gone(desk: Desk) -> None:
    one, two = await desk.opened(), await desk.opened()
    async with desk.store.read() as work:
        assert [r.id for r in await work.desk.rows([two, "tidak-ada", one])] == [two, one]
        assert await work.desk.rows([]) == []


async def test_what_is_no_cursor_of_this_list_is_a_clear_error(desk: Desk) -> None:
    far = "9999-12-31T23:59:59.999999-14:00"
    cursors = [
        *("", "x", "é", "\x00", "====", "bukan kursor", "W10", "e30", "bnVsbA", "MQ", "A" * 5000),
        forged(),
        forged(1),
        forged("2026-03-02T09:00:00", "tanpa-zona"),
        forged(1, "2026-03-02T09:00:00", "tanpa-zona"),
        *(
            cursor
            for time in (far, "0001-01-01T00:00:00+14:00")
            for cursor in (forged(time, "x"), forged(0, time, "x"))
        ),
        forged("2026-03-02T09:00:00+00:00", "\x00"),
        forged("2026-03-02T09:00:00+00:00", "x", 1),
        forged(True, "2026-03-02T09:00:00+00:00", "x"),
        forged(1.5, "2026-03-02T09:00:00+00:00", "x"),
        forged(2**31, "2026-03-02T09:00:00+00:00", "x"),
        forged(-(2**63), "2026-03-02T09:00:00+00:00", "x"),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
    ]
    for query in SORTED:
        for cursor in cursors:
            with pytest.raises(InvalidMessageError) as caught:
                await page(desk, replace(query, before=cursor))
            assert caught.value.data == {"field": "before"}, (query, cursor)


async def test_the_cursor_of_a_list_in_another_order_is_a_clear_error(desk: Desk) -> None:
    rina = await desk.agent("rina")
    for _ in range(2):
        await desk.queued()
    for sort, other in ((Sort.NEWEST, Sort.WAITING), (Sort.WAITING, Sort.NEWEST)):
        cursor = (await page(desk, ListQuery(rina.id, Filter.QUEUE, sort, limit=1))).next
        assert cursor is not None
        with pytest.raises(InvalidMessageError) as caught:
            await page(desk, ListQuery(rina.id, Filter.QUEUE, other, before=cursor))
        assert caught.value.data == {"field": "before"}
