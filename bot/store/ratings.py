"""Repository of what customers say afterwards."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Outcome, Owner, Sender
from bot.store.inserting import insert_new
from bot.store.tables import conversation, message
from bot.store.tables import rating as table


class SqlRatings:
    """`bot.services.ports.desk.RatingRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, conversation_id: str, at: datetime, staff_id: str | None) -> bool:
        values = {"conversation_id": conversation_id, "asked_at": at, "staff_id": staff_id}
        return await insert_new(self._connection, table, **values)

    async def rate(self, conversation_id: str, score: int, at: datetime) -> bool:
        rated = await self._connection.execute(
            update(table)
            .where(table.c.conversation_id == conversation_id, table.c.score.is_(None))
            .values(score=score, rated_at=at)
        )
        return rated.rowcount == 1

    async def settle(self, conversation_id: str, *, solved: bool, at: datetime) -> bool:
        settled = await self._connection.execute(
            update(table)
            .where(table.c.conversation_id == conversation_id, table.c.solved.is_(None))
            .values(solved=solved, rated_at=at)
        )
        return settled.rowcount == 1

    async def idle_after_answer(self, since: datetime, until: datetime, limit: int) -> list[str]:
        newest = (message.c.conversation_id == conversation.c.id) & (message.c.seq == conversation.c.last_seq)
        found = await self._connection.execute(
            select(conversation.c.id)
            .join(message, newest)
            .where(
                conversation.c.owner == Owner.BOT.value,
                conversation.c.closed_at.is_(None),
                conversation.c.last_at.between(since, until),
                message.c.sender == Sender.BOT.value,
                message.c.outcome == Outcome.ANSWER.value,
                ~exists().where(table.c.conversation_id == conversation.c.id),
            )
            .order_by(conversation.c.last_at)
            .limit(limit)
        )
        return list(found.scalars())
