"""Repository of who speaks in a conversation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.ownership import Actor, Cause, Change, Event, Ownership, State
from bot.store.tables import conversation, ownership_change


class SqlOwnership:
    """`bot.services.ports.desk.OwnershipRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, conversation_id: str) -> Ownership | None:
        columns = (conversation.c.owner, conversation.c.agent_id, conversation.c.closed_at, conversation.c.version)
        found = await self._connection.execute(select(*columns).where(conversation.c.id == conversation_id))
        row = found.mappings().first()
        if row is None:
            return None
        state = State.CLOSED if row["closed_at"] is not None else State(row["owner"])
        return Ownership(state, row["agent_id"], row["version"])

    async def apply(self, conversation_id: str, change: Change, at: datetime) -> bool:
        closed = change.new.state is State.CLOSED
        changed = await self._connection.execute(
            update(conversation)
            .where(conversation.c.id == conversation_id, conversation.c.version == change.old.version)
            .values(
                owner=change.new.owner.value,
                agent_id=change.new.agent_id,
                version=change.new.version,
                closed_at=at if closed else None,
                close_reason=change.cause.reason if closed else None,
            )
        )
        if changed.rowcount != 1:
            return False
        await self._connection.execute(
            insert(ownership_change).values(
                conversation_id=conversation_id,
                at=at,
                event=change.event.value,
                old_state=change.old.state.value,
                new_state=change.new.state.value,
                actor=change.cause.actor.value,
                staff_id=change.cause.staff_id,
                old_agent_id=change.old.agent_id,
                new_agent_id=change.new.agent_id,
                reason=change.cause.reason,
                note=change.cause.note,
            )
        )
        return True

    async def history(self, conversation_id: str) -> list[Change]:
        found = await self._connection.execute(
            select(ownership_change)
            .where(ownership_change.c.conversation_id == conversation_id)
            .order_by(ownership_change.c.id)
        )
        return [
            Change(
                Event(row["event"]),
                Ownership(State(row["old_state"]), row["old_agent_id"], version),
                Ownership(State(row["new_state"]), row["new_agent_id"], version + 1),
                Cause(Actor(row["actor"]), row["staff_id"], row["reason"], row["note"]),
            )
            for version, row in enumerate(found.mappings())
        ]
