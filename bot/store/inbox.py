"""Repository of the trainers' inbox: its messages and groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from bot.helpdesk.inbox.items import Answered, GroupState, InboxGroup, InboxMessage, NearSentence, Reviewed
from bot.helpdesk.inbox.reasons import Reason
from bot.services.ports.trainer_inbox import GroupFigures, GroupQuery, Leader
from bot.store.inbox_decisions import InboxDecisionLog
from bot.store.inbox_forming import InboxForming
from bot.store.inbox_rows import group_of, message_of, nearest_json, new_message_id, ranking_json
from bot.store.inbox_signs import InboxSigns
from bot.store.inserting import insert_new, insert_or_lock
from bot.store.tables import inbox_group, inbox_message, inbox_progress, inbox_reason

_GROUPING = "grouping"


class SqlInbox(InboxSigns, InboxForming, InboxDecisionLog):
    """`bot.services.ports.trainer_inbox.InboxRepository` over one connection."""

    async def note(self, answered: Answered, masked: str, reasons: frozenset[Reason]) -> str | None:
        await insert_new(
            self._connection,
            inbox_message,
            id=new_message_id(),
            conversation_id=answered.conversation_id,
            seq=answered.seq,
            state="new",
            text=masked,
            created_at=answered.created_at,
            intent=answered.intent,
            outcome=answered.outcome.value if answered.outcome else None,
            clauses=list(answered.clauses),
            confidence=answered.confidence,
            ranking=[],
            nearest=[],
        )
        row = (
            await self._connection.execute(
                select(inbox_message.c.id, inbox_message.c.state, inbox_message.c.group_id).where(
                    inbox_message.c.conversation_id == answered.conversation_id, inbox_message.c.seq == answered.seq
                )
            )
        ).one()
        added = [
            await insert_new(self._connection, inbox_reason, message_id=row.id, reason=reason.value)
            for reason in sorted(reasons)
        ]
        if not any(added):
            return None
        if row.state == "dropped":  # the new reason may make it worth a look
            await self._connection.execute(
                update(inbox_message).where(inbox_message.c.id == row.id).values(state="new", claimed_until=None)
            )
        group_id: str | None = row.group_id
        return group_id

    async def claim_new(self, now: datetime, until: datetime, limit: int) -> list[InboxMessage]:
        return await self._claim(inbox_message.c.state == "new", now, until, limit)

    async def claim_incomplete(self, now: datetime, until: datetime, limit: int) -> list[InboxMessage]:
        return await self._claim(_incomplete(), now, until, limit)

    async def has_new(self) -> bool:
        query = select(inbox_message.c.id).where(inbox_message.c.state == "new").limit(1)
        return (await self._connection.execute(query)).first() is not None

    async def has_incomplete(self, now: datetime) -> bool:
        query = select(inbox_message.c.id).where(_incomplete(), _free(now)).limit(1)
        return (await self._connection.execute(query)).first() is not None

    async def still_new(self, message_ids: Sequence[str]) -> set[str]:
        query = select(inbox_message.c.id).where(inbox_message.c.id.in_(message_ids), inbox_message.c.state == "new")
        return set((await self._connection.execute(query)).scalars())

    async def release(self, message_ids: Sequence[str]) -> None:
        await self._connection.execute(
            update(inbox_message)
            .where(inbox_message.c.id.in_(message_ids), inbox_message.c.state == "new")
            .values(claimed_until=None)
        )

    async def _claim(
        self, condition: ColumnElement[bool], now: datetime, until: datetime, limit: int
    ) -> list[InboxMessage]:
        free = _free(now)
        wanted = select(inbox_message.c.id).where(condition, free).order_by(inbox_message.c.created_at).limit(limit)
        found = list((await self._connection.execute(wanted)).scalars())
        if not found:
            return []
        claimed = await self._connection.execute(
            update(inbox_message)
            .where(inbox_message.c.id.in_(found), condition, free)
            .values(claimed_until=until)
            .returning(inbox_message.c.id)
        )
        ids = list(claimed.scalars())
        return await self._messages(inbox_message.c.id.in_(ids), limit)

    async def set_nearest(self, message_id: str, nearest: Sequence[NearSentence]) -> None:
        await self._connection.execute(
            update(inbox_message).where(inbox_message.c.id == message_id).values(nearest=nearest_json(nearest))
        )

    async def lock_grouping(self, now: datetime) -> None:
        await insert_or_lock(self._connection, inbox_progress, "sign", sign=_GROUPING, until=now)

    async def leaders(self, encoder: str) -> list[Leader]:
        found = await self._connection.execute(
            select(inbox_group.c.id, inbox_group.c.leader, inbox_group.c.topic)
            .where(inbox_group.c.encoder == encoder, inbox_group.c.state.in_(["open", "ignored"]))
            .order_by(inbox_group.c.created_at, inbox_group.c.id)
        )
        return [Leader(*row) for row in found]

    async def add_group(self, leader: Leader, encoder: str, at: datetime) -> None:
        await self._connection.execute(
            insert(inbox_group).values(
                id=leader.group_id,
                state="open",
                created_at=at,
                newest_at=at,
                leader=leader.vector,
                topic=leader.topic,
                encoder=encoder,
                suggests_new_topic=False,
            )
        )

    async def drop(self, message_id: str) -> None:
        await self._connection.execute(
            update(inbox_message)
            .where(inbox_message.c.id == message_id, inbox_message.c.state == "new")
            .values(state="dropped")
        )

    async def join(self, message_id: str, group_id: str, reviewed: Reviewed) -> bool:
        table = inbox_message.c
        text = select(table.text).where(table.id == message_id).scalar_subquery()
        has_text = exists().where(table.group_id == group_id, table.text == text)
        known = bool((await self._connection.execute(select(has_text))).scalar_one())
        joined = await self._connection.execute(
            update(inbox_message)
            .where(table.id == message_id, table.state == "new")
            .values(
                state="grouped",
                group_id=group_id,
                ranking=ranking_json(reviewed.ranking),
                nearest=nearest_json(reviewed.nearest),
                vector=reviewed.vector,
                claimed_until=None,
            )
        )
        if joined.rowcount == 1 and not known:
            await self._connection.execute(
                update(inbox_group).where(inbox_group.c.id == group_id).values(revision=inbox_group.c.revision + 1)
            )
        return joined.rowcount == 1

    async def set_figures(self, group_id: str, figures: GroupFigures) -> None:
        await self._connection.execute(update(inbox_group).where(inbox_group.c.id == group_id).values(**vars(figures)))

    async def messages(self, ids: Sequence[str]) -> list[InboxMessage]:
        return await self._messages(inbox_message.c.id.in_(ids), len(ids))

    async def messages_of(self, group_id: str, limit: int) -> list[InboxMessage]:
        return await self._messages(inbox_message.c.group_id == group_id, limit)

    async def size_of(self, group_id: str) -> int:
        query = select(func.count()).select_from(inbox_message).where(inbox_message.c.group_id == group_id)
        return int((await self._connection.execute(query)).scalar_one())

    async def message(self, message_id: str) -> InboxMessage | None:
        return next(iter(await self._messages(inbox_message.c.id == message_id, 1)), None)

    async def _messages(self, condition: ColumnElement[bool], limit: int) -> list[InboxMessage]:
        rows = (
            (
                await self._connection.execute(
                    select(inbox_message)
                    .where(condition)
                    .order_by(inbox_message.c.created_at.desc(), inbox_message.c.id)
                    .limit(limit)
                )
            )
            .mappings()
            .all()
        )
        reasons = await self._reasons([row["id"] for row in rows])
        return [message_of(row, reasons.get(row["id"], frozenset())) for row in rows]

    async def _reasons(self, ids: Sequence[str]) -> dict[str, frozenset[Reason]]:
        found = await self._connection.execute(select(inbox_reason).where(inbox_reason.c.message_id.in_(ids)))
        reasons: dict[str, frozenset[Reason]] = {}
        for message_id, reason in found:
            reasons[message_id] = reasons.get(message_id, frozenset()) | {Reason(reason)}
        return reasons

    async def group(self, group_id: str) -> InboxGroup | None:
        return next(iter(await self._groups(select(inbox_group.c.id).where(inbox_group.c.id == group_id))), None)

    async def groups(self, query: GroupQuery, now: datetime) -> list[InboxGroup]:
        table = inbox_group.c
        statement = select(table.id).where(table.state == query.state.value)
        if query.sent_to is not None:
            statement = statement.where(table.sent_to == query.sent_to)
        if query.reason is not None:
            has_reason = (
                select(inbox_message.c.id)
                .join(inbox_reason, inbox_reason.c.message_id == inbox_message.c.id)
                .where(inbox_message.c.group_id == table.id, inbox_reason.c.reason == query.reason.value)
            )
            statement = statement.where(has_reason.exists())
        if query.state is GroupState.OPEN:
            skipped = cast(func.coalesce(table.skipped_until > now, False), Integer)
            order: list[ColumnElement[Any]] = [-skipped, table.gain, table.id]
        else:
            order = [table.newest_at, table.id]
        if query.after is not None:
            statement = statement.where(tuple_(*order) < tuple_(*map(literal, query.after)))
        return await self._groups(statement.order_by(*(part.desc() for part in order)).limit(query.limit))

    async def _groups(self, ids: Select[Any]) -> list[InboxGroup]:
        wanted = list((await self._connection.execute(ids)).scalars())
        found = await self._connection.execute(select(inbox_group).where(inbox_group.c.id.in_(wanted)))
        rows = {row["id"]: row for row in found.mappings()}
        middles = {row["middle_id"] for row in rows.values()}
        messages = {m.id: m for m in await self._messages(inbox_message.c.id.in_(middles), len(wanted))}
        reasons = await self._reasons_of_groups(wanted)
        return [
            group_of(rows[group_id], messages[rows[group_id]["middle_id"]], reasons.get(group_id, frozenset()))
            for group_id in wanted
            if rows[group_id]["middle_id"] in messages
        ]

    async def _reasons_of_groups(self, ids: Sequence[str]) -> dict[str, frozenset[Reason]]:
        found = await self._connection.execute(
            select(inbox_message.c.group_id, inbox_reason.c.reason)
            .join(inbox_reason, inbox_reason.c.message_id == inbox_message.c.id)
            .where(inbox_message.c.group_id.in_(ids))
            .distinct()
        )
        reasons: dict[str, frozenset[Reason]] = {}
        for group_id, reason in found:
            reasons[group_id] = reasons.get(group_id, frozenset()) | {Reason(reason)}
        return reasons

    async def counts(self, staff_id: str) -> dict[str, int]:
        there_are = select(inbox_group.c.state, func.count()).where(inbox_group.c.size > 0)
        states = await self._connection.execute(there_are.group_by(inbox_group.c.state))
        counts = {"open": 0, "done": 0, "ignored": 0} | {state: int(count) for state, count in states}
        mine = select(func.count()).where(inbox_group.c.sent_to == staff_id, inbox_group.c.state == "open")
        return counts | {"mine": int((await self._connection.execute(mine)).scalar_one())}

    async def decide(self, group_id: str, revision: int, **values: object) -> bool:
        return await self._move(group_id, revision, inbox_group.c.state == "open", values)

    async def put_back(self, group_id: str, revision: int) -> bool:
        cleared = ("decided_action", "decided_intent", "decided_by", "decided_at", "skipped_until")
        return await self._move(
            group_id, revision, inbox_group.c.state != "open", {"state": "open", **dict.fromkeys(cleared)}
        )

    async def _move(
        self, group_id: str, revision: int, condition: ColumnElement[bool], values: dict[str, object]
    ) -> bool:
        moved = await self._connection.execute(
            update(inbox_group)
            .where(inbox_group.c.id == group_id, inbox_group.c.revision == revision, condition)
            .values(revision=revision + 1, **values)
        )
        return moved.rowcount == 1


def _free(now: datetime) -> ColumnElement[bool]:
    return (inbox_message.c.claimed_until.is_(None)) | (inbox_message.c.claimed_until < now)


def _incomplete() -> ColumnElement[bool]:
    is_open = exists().where(inbox_group.c.id == inbox_message.c.group_id, inbox_group.c.state == "open")
    return (inbox_message.c.state == "grouped") & (cast(inbox_message.c.nearest, String) == "[]") & is_open
