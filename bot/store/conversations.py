"""Repository of conversations."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFoundError
from bot.helpdesk.conversation import Conversation, Owner
from bot.store.tables import conversation as table


class SqlConversations:
    """`bot.services.ports.ConversationRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, conversation: Conversation) -> None:
        await self._connection.execute(
            insert(table).values(
                id=conversation.id,
                owner=conversation.owner.value,
                created_at=conversation.created_at,
                last_at=conversation.last_at or conversation.created_at,
            )
        )

    async def get(self, conversation_id: str) -> Conversation | None:
        found = await self._connection.execute(select(table).where(table.c.id == conversation_id))
        row = found.mappings().first()
        return None if row is None else Conversation(**{**row, "owner": Owner(row["owner"])})

    async def next_seq(self, conversation_id: str) -> int:
        taken = await self._connection.execute(
            update(table)
            .where(table.c.id == conversation_id)
            .values(last_seq=table.c.last_seq + 1)
            .returning(table.c.last_seq)
        )
        seq = taken.scalar_one_or_none()
        if seq is None:
            raise NotFoundError("no such conversation")
        return int(seq)

    async def note_customer_message(self, conversation_id: str, seq: int) -> None:
        await self._connection.execute(update(table).where(table.c.id == conversation_id).values(customer_seq=seq))

    async def claim(self, conversation_id: str, holder: str, now: datetime, until: datetime) -> bool:
        claimed = await self._connection.execute(
            update(table)
            .where(table.c.id == conversation_id, _is_due(now))
            .values(lease_holder=holder, lease_until=until)
        )
        return claimed.rowcount == 1

    async def extend(self, conversation_id: str, holder: str, until: datetime) -> bool:
        extended = await self._connection.execute(
            update(table).where(table.c.id == conversation_id, table.c.lease_holder == holder).values(lease_until=until)
        )
        return extended.rowcount == 1

    async def finish(self, conversation_id: str, holder: str, *, answered: int, was: int) -> bool:
        finished = await self._connection.execute(
            update(table)
            .where(table.c.id == conversation_id, table.c.lease_holder == holder, table.c.answered_seq == was)
            .values(answered_seq=answered, attempts=0, next_attempt_at=None, lease_holder=None, lease_until=None)
        )
        return finished.rowcount == 1

    async def postpone(self, conversation_id: str, holder: str, until: datetime) -> None:
        await self._connection.execute(
            update(table)
            .where(table.c.id == conversation_id, table.c.lease_holder == holder)
            .values(attempts=table.c.attempts + 1, next_attempt_at=until, lease_holder=None, lease_until=None)
        )

    async def leave_nothing(self, conversation_id: str) -> None:
        await self._connection.execute(
            update(table)
            .where(table.c.id == conversation_id)
            .values(
                answered_seq=table.c.customer_seq,
                attempts=0,
                next_attempt_at=None,
                lease_holder=None,
                lease_until=None,
            )
        )

    async def note_seen(self, conversation_id: str, *, delivered: int, read: int) -> bool:
        columns = {table.c.customer_delivered_seq: max(delivered, read), table.c.customer_read_seq: read}
        noted = await self._connection.execute(
            update(table)
            .where(
                table.c.id == conversation_id,
                table.c.last_seq >= max(delivered, read),
                or_(*(column < seq for column, seq in columns.items())),
            )
            .values({column.name: case((column < seq, seq), else_=column) for column, seq in columns.items()})
        )
        return noted.rowcount == 1

    async def set_email(self, conversation_id: str, email: str) -> None:
        await self._connection.execute(update(table).where(table.c.id == conversation_id).values(contact_email=email))

    async def waiting_for_bot(self, now: datetime, limit: int) -> list[str]:
        found = await self._connection.execute(
            select(table.c.id).where(_is_due(now)).order_by(table.c.next_attempt_at, table.c.created_at).limit(limit)
        )
        return list(found.scalars())


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(
        table.c.customer_seq > table.c.answered_seq,
        or_(table.c.next_attempt_at.is_(None), table.c.next_attempt_at <= now),
        or_(table.c.lease_until.is_(None), table.c.lease_until < now),
    )
