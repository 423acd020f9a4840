"""Groups of the inbox that nobody has looked at, while they are formed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.inbox.items import Reviewed
from bot.services.ports.trainer_inbox import Leader, UntouchedGroup
from bot.store.inbox_rows import nearest_json, ranking_json
from bot.store.inserting import insert_new
from bot.store.tables import inbox_decision, inbox_group, inbox_message, inbox_progress

_FORMING = "forming"


class InboxForming:
    """The part of `bot.services.ports.trainer_inbox.InboxRepository` that forms groups anew."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim_forming(self, now: datetime, until: datetime) -> bool:
        if await insert_new(self._connection, inbox_progress, sign=_FORMING, until=until):
            return True
        claimed = await self._connection.execute(
            update(inbox_progress)
            .where(inbox_progress.c.sign == _FORMING, inbox_progress.c.until < now)
            .values(until=until)
        )
        return claimed.rowcount == 1

    async def keep_forming(self, until: datetime) -> None:
        await self._connection.execute(
            update(inbox_progress).where(inbox_progress.c.sign == _FORMING).values(until=until)
        )

    async def untouched_ids(self) -> list[str]:
        found = await self._connection.execute(
            select(inbox_message.c.id)
            .join(inbox_group, inbox_group.c.id == inbox_message.c.group_id)
            .where(_untouched())
            .order_by(inbox_message.c.created_at, inbox_message.c.id)
        )
        return list(found.scalars())

    async def take_untouched(self) -> list[UntouchedGroup]:
        # The update locks them: a decision made meanwhile counts, one that comes later has an old revision.
        taken = await self._connection.execute(
            update(inbox_group)
            .where(_untouched())
            .values(revision=inbox_group.c.revision + 1)
            .returning(inbox_group.c.id, inbox_group.c.middle_id)
        )
        middles = {row.id: row.middle_id for row in taken}
        members: dict[str, list[str]] = {group_id: [] for group_id in middles}
        found = await self._connection.execute(
            select(inbox_message.c.id, inbox_message.c.group_id)
            .join(inbox_group, inbox_group.c.id == inbox_message.c.group_id)
            .where(inbox_group.c.state == "open")
        )
        for row in found:
            if row.group_id in members:
                members[row.group_id].append(row.id)
        return [UntouchedGroup(group_id, middles[group_id], tuple(ids)) for group_id, ids in members.items()]

    async def lead(self, leader: Leader, encoder: str) -> None:
        await self._connection.execute(
            update(inbox_group)
            .where(inbox_group.c.id == leader.group_id)
            .values(leader=leader.vector, topic=leader.topic, encoder=encoder, state="open")
        )

    async def place(self, places: Mapping[str, tuple[str, Reviewed]]) -> None:
        await self._each(
            [
                {
                    "which": message_id,
                    "group_id": group_id,
                    "ranking": ranking_json(reviewed.ranking),
                    "nearest": nearest_json(reviewed.nearest),
                    "vector": reviewed.vector,
                }
                for message_id, (group_id, reviewed) in places.items()
            ]
        )

    async def take_out(self, message_ids: Sequence[str], *, dropped: bool) -> None:
        state = "dropped" if dropped else "new"
        await self._each([{"which": one, "group_id": None, "state": state} for one in message_ids])

    async def dissolve(self, group_ids: Sequence[str]) -> None:
        await self._connection.execute(delete(inbox_group).where(_gone(), ~_is_decided()))
        await self._connection.execute(
            update(inbox_group)
            .where(inbox_group.c.id.in_(group_ids))
            .values(state="done", size=0, middle_id=None, leader=b"")
        )

    async def is_dissolved(self, group_id: str) -> bool:
        found = await self._connection.execute(select(inbox_group.c.id).where(inbox_group.c.id == group_id, _gone()))
        return found.first() is not None

    async def _each(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "which"}
            statement = update(inbox_message).where(inbox_message.c.id == bindparam("which"))
            await self._connection.execute(statement.values(claimed_until=None, **values), rows)


def _untouched() -> ColumnElement[bool]:
    """Open, sent to nobody, not skipped, and never decided."""
    table = inbox_group.c
    return (table.state == "open") & table.sent_to.is_(None) & table.skipped_until.is_(None) & ~_is_decided()


def _is_decided() -> ColumnElement[bool]:
    return exists().where(inbox_decision.c.group_id == inbox_group.c.id)


def _gone() -> ColumnElement[bool]:
    """A group without messages stays for one more publish, for those who have it on their screen."""
    return (inbox_group.c.state == "done") & (inbox_group.c.size == 0)
