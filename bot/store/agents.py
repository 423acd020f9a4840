"""Repository of support agents at work: presence, and how many chats each has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Select, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.staff import Permission, Presence, Role, permissions_of
from bot.store.tables import UtcDateTime, conversation, staff


class SqlAgents:
    """`bot.services.ports.desk.AgentRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[AgentAtWork]:
        found = await self._connection.execute(_at_work().order_by(staff.c.display_name, staff.c.id))
        agents = [_agent(row) for row in found.mappings()]
        return [agent for agent in agents if agent is not None]

    async def get(self, staff_id: str) -> AgentAtWork | None:
        found = await self._connection.execute(_at_work().where(staff.c.id == staff_id))
        row = found.mappings().first()
        return None if row is None else _agent(row)

    async def name_of(self, staff_id: str) -> str | None:
        found = await self._connection.execute(select(staff.c.display_name).where(staff.c.id == staff_id))
        return found.scalar_one_or_none()

    async def lock(self, staff_id: str, assigned_at: datetime | None = None) -> None:
        await self._connection.execute(
            update(staff)
            .where(staff.c.id == staff_id)
            .values(assigned_at=func.coalesce(literal(assigned_at, UtcDateTime()), staff.c.assigned_at))
        )

    async def chats_of(self, staff_id: str) -> list[str]:
        found = await self._connection.execute(
            select(conversation.c.id).where(conversation.c.agent_id == staff_id).order_by(conversation.c.last_at)
        )
        return list(found.scalars())

    async def set_presence(self, staff_id: str, presence: Presence, at: datetime) -> None:
        await self._connection.execute(
            update(staff).where(staff.c.id == staff_id).values(presence=presence.value, seen_at=at)
        )

    async def heartbeat(self, staff_id: str, at: datetime) -> Presence | None:
        found = await self._connection.execute(
            update(staff).where(staff.c.id == staff_id).values(seen_at=at).returning(staff.c.presence)
        )
        presence = found.scalar_one_or_none()
        return None if presence is None else Presence(presence)

    async def lapsed(self, seen_before: datetime) -> list[str]:
        found = await self._connection.execute(select(staff.c.id).where(_has_lapsed(seen_before)))
        return list(found.scalars())

    async def lapse(self, staff_id: str, seen_before: datetime) -> bool:
        lapsed = await self._connection.execute(
            update(staff)
            .where(staff.c.id == staff_id, _has_lapsed(seen_before))
            .values(presence=Presence.OFFLINE.value)
        )
        return lapsed.rowcount == 1

    async def left_behind(self) -> list[str]:
        found = await self._connection.execute(
            select(staff.c.id)
            .join(conversation, conversation.c.agent_id == staff.c.id)
            .where(or_(staff.c.presence == Presence.OFFLINE.value, staff.c.disabled_at.is_not(None)))
            .distinct()
        )
        return list(found.scalars())


def _at_work() -> Select[tuple[object, ...]]:
    chats = (
        select(func.count())
        .select_from(conversation)
        .where(conversation.c.agent_id == staff.c.id)
        .scalar_subquery()
        .label("chats")
    )
    columns = ("id", "display_name", "roles", "presence", "max_chats", "assigned_at")
    return select(*(staff.c[name] for name in columns), chats).where(staff.c.disabled_at.is_(None))


def _has_lapsed(seen_before: datetime) -> ColumnElement[bool]:
    return (staff.c.presence != Presence.OFFLINE.value) & or_(staff.c.seen_at.is_(None), staff.c.seen_at < seen_before)


def _agent(row: RowMapping) -> AgentAtWork | None:
    """None for an account that does not talk with customers."""
    if Permission.SERVE not in permissions_of(Role(role) for role in row["roles"]):
        return None
    return AgentAtWork(
        id=row["id"],
        display_name=row["display_name"],
        presence=Presence(row["presence"]),
        chats=row["chats"],
        max_chats=row["max_chats"],
        assigned_at=row["assigned_at"],
    )
