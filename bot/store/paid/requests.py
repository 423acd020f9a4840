"""Repository of requests for paid support, and of every change of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.paid.billing import Work
from bot.helpdesk.paid.board import ListedPaidChange
from bot.helpdesk.paid.requests import PaidRequest
from bot.helpdesk.paid.states import PaidActor, PaidCause, PaidChange, PaidEvent, PaidState, Standing
from bot.store.paid.lists import SqlPaidLists, paid_request_of
from bot.store.tables import conversation, paid_change, paid_work, staff
from bot.store.tables import paid_request as table


class SqlPaidRequests(SqlPaidLists):
    """`bot.services.ports.paid.PaidRequestRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._connection = connection

    async def lock(self, conversation_id: str) -> None:
        # SQLite has one writer at a time, and does without.
        await self._connection.execute(
            select(conversation.c.id).where(conversation.c.id == conversation_id).with_for_update()
        )

    async def add(self, request: PaidRequest) -> None:
        order, standing = request.order, request.standing
        await self._connection.execute(
            insert(table).values(
                id=request.id,
                reference=request.reference,
                conversation_id=request.conversation_id,
                seq=request.seq,
                kind=order.kind.value,
                need=order.need,
                target=order.target,
                urgency=order.urgency.value,
                email=order.email,
                phone=order.phone,
                capacity_gb=order.capacity_gb,
                state=standing.state.value,
                version=standing.version,
                created_at=request.created_at,
                updated_at=request.updated_at,
            )
        )

    async def get(self, request_id: str) -> PaidRequest | None:
        return await self._one(table.c.id == request_id)

    async def filed_by(self, conversation_id: str, seq: int) -> PaidRequest | None:
        return await self._one(table.c.conversation_id == conversation_id, table.c.seq == seq)

    async def of_conversation(self, conversation_id: str) -> list[PaidRequest]:
        found = await self._connection.execute(
            select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.created_at, table.c.seq)
        )
        return [paid_request_of(row) for row in found.mappings()]

    async def standing(self, request_id: str) -> Standing | None:
        request = await self.get(request_id)
        return None if request is None else request.standing

    async def apply(self, request_id: str, change: PaidChange, at: datetime, *, expires_at: datetime | None) -> bool:
        new, cause = change.new, change.cause
        changed = await self._connection.execute(
            update(table)
            .where(table.c.id == request_id, table.c.version == change.old.version)
            .values(
                state=new.state.value,
                quote=new.quote,
                invoice=new.invoice,
                out_of_field=new.out_of_field,
                version=new.version,
                updated_at=at,
                expires_at=expires_at,
            )
        )
        if changed.rowcount != 1:
            return False
        await self._connection.execute(
            insert(paid_change).values(
                request_id=request_id,
                at=at,
                event=change.event.value,
                old_state=change.old.state.value,
                new_state=new.state.value,
                quote=new.quote,
                invoice=new.invoice,
                out_of_field=new.out_of_field,
                version=new.version,
                actor=cause.actor.value,
                staff_id=cause.staff_id,
                reason=cause.reason,
                key=cause.key,
            )
        )
        return True

    async def done_under(self, request_id: str, key: str) -> PaidChange | None:
        found = await self._connection.execute(
            select(paid_change).where(paid_change.c.request_id == request_id, paid_change.c.key == key)
        )
        row = found.mappings().first()
        return None if row is None else _change(row)

    async def changes(self, request_id: str) -> list[ListedPaidChange]:
        found = await self._connection.execute(
            select(paid_change, staff.c.display_name.label("staff"))
            .outerjoin(staff, staff.c.id == paid_change.c.staff_id)
            .where(paid_change.c.request_id == request_id)
            .order_by(paid_change.c.version)
        )
        names = ("at", "event", "old_state", "new_state", "actor", "staff", "reason")
        return [ListedPaidChange(**{name: row[name] for name in names}) for row in found.mappings()]

    async def assign(self, request_id: str, staff_id: str) -> None:
        await self._connection.execute(
            update(table).where(table.c.id == request_id).values(staff_id=func.coalesce(table.c.staff_id, staff_id))
        )

    async def rate(self, request_id: str, score: int) -> bool:
        rated = await self._connection.execute(
            update(table).where(table.c.id == request_id, table.c.score.is_(None)).values(score=score)
        )
        return rated.rowcount == 1

    async def expired(self, now: datetime, limit: int) -> list[PaidRequest]:
        found = await self._connection.execute(
            select(table).where(table.c.expires_at <= now).order_by(table.c.expires_at, table.c.id).limit(limit)
        )
        return [paid_request_of(row) for row in found.mappings()]

    async def add_work(self, work: Work) -> bool:
        values = {name: getattr(work, name) for name in ("request_id", "at", "staff_id", "text", "minutes", "key")}
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(insert(paid_work).values(**values))
        except IntegrityError:
            return False
        return True

    async def work(self, request_id: str) -> list[Work]:
        found = await self._connection.execute(
            select(paid_work, staff.c.display_name.label("staff_name"))
            .join(staff, staff.c.id == paid_work.c.staff_id)
            .where(paid_work.c.request_id == request_id)
            .order_by(paid_work.c.id)
        )
        return [Work(**{name: value for name, value in row.items() if name != "id"}) for row in found.mappings()]

    async def _one(self, *conditions: object) -> PaidRequest | None:
        found = await self._connection.execute(select(table).where(*conditions))  # type: ignore[arg-type]
        row = found.mappings().first()
        return None if row is None else paid_request_of(row)


def _change(row: RowMapping) -> PaidChange:
    old = Standing(PaidState(row["old_state"]), version=row["version"] - 1)
    new = Standing(PaidState(row["new_state"]), row["quote"], row["invoice"], row["out_of_field"], row["version"])
    cause = PaidCause(PaidActor(row["actor"]), row["staff_id"], row["reason"], row["key"])
    return PaidChange(PaidEvent(row["event"]), old, new, cause)
