"""The desk's lists page by page: nothing is lost or doubled, and a wrong cursor is a clear error."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.errors import InvalidMessageError
from bot.helpdesk.desk import Filter, ListQuery, Sort
from tests.services.conftest import Desk
from tests.store.desk_lists import accepted, ids, page, write

SORTED = [ListQuery("id-rina", kind, sort) for kind in Filter for sort in Sort]


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


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
