"""Full text search over the message log, newest first.

On SQLite the numbers of the index rise with time, so it is simply read backwards. On PostgreSQL a GIN index knows no
order, and all hits of a common word would have to be read and sorted: so recent messages alone are tried first, where
a common word has hits enough, and all of them only for words that are rarer than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Sender
from bot.helpdesk.cursors import read_cursor, write_cursor
from bot.helpdesk.desk import FoundMessage, Page
from bot.store.desk_lists import state_of
from bot.store.tables import UtcDateTime, conversation, message

# Messages that count as recent.
_RECENT = 10_000

_ON_SQLITE = """
    SELECT id AS position, conversation_id, seq FROM message_search_key WHERE id IN (
        SELECT rowid FROM message_search WHERE message_search MATCH :words AND rowid < :before
        ORDER BY rowid DESC LIMIT :limit
    )
"""
_BEFORE = "(created_at, conversation_id, seq) < (:at, :conversation_id, :seq)"
_ORDER = "ORDER BY created_at DESC, conversation_id DESC, seq DESC"
_MATCHES = "to_tsvector('simple', message_search_text(text)) @@ CAST(:words AS tsquery)"
_RECENT_SINCE = f"""
    SELECT created_at FROM message WHERE {{before}} ORDER BY created_at DESC OFFSET {_RECENT} LIMIT 1
"""  # noqa: S608 - constants of this module only
# The planner knows how common words are: it reads the newest until there are enough, or asks the index.
_AMONG_RECENT = f"""
    SELECT created_at AS position, conversation_id, seq FROM message
    WHERE {_MATCHES} AND created_at > :since AND {{before}} {_ORDER} LIMIT :limit
"""  # noqa: S608 - constants of this module only
_AMONG_ALL = f"""
    WITH found AS MATERIALIZED (
        SELECT conversation_id, seq, created_at FROM message WHERE {_MATCHES} AND {{before}}
    )
    SELECT created_at AS position, conversation_id, seq FROM found {_ORDER} LIMIT :limit
"""  # noqa: S608 - constants of this module only


class SqlMessageSearch:
    """`bot.services.ports.desk_reads.MessageSearch` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, words: Sequence[str], before: str | None, limit: int) -> Page[FoundMessage]:
        if not words:
            return Page([], None)
        if self._connection.dialect.name == "sqlite":
            return await self._on_sqlite(words, before, limit)
        return await self._on_postgresql(words, before, limit)

    async def _on_sqlite(self, words: Sequence[str], before: str | None, limit: int) -> Page[FoundMessage]:
        position = read_cursor(before, (int,))[0] if before is not None else 2**62
        values = {"words": " ".join(f'"{word}"*' for word in words), "before": position}
        rows = await self._hits(_ON_SQLITE, values, limit + 1)
        following = write_cursor(rows[limit - 1].position) if len(rows) > limit else None
        return Page([_found(row) for row in rows[:limit]], following)

    async def _on_postgresql(self, words: Sequence[str], before: str | None, limit: int) -> Page[FoundMessage]:
        values: dict[str, Any] = {"words": " & ".join(f"'{word}':*" for word in words)}
        condition = "true"
        if before is not None:
            at, conversation_id, seq = read_cursor(before, (datetime, str, int))
            values |= {"at": at, "conversation_id": conversation_id, "seq": seq}
            condition = _BEFORE
        rows: Sequence[Any] = []
        if (since := await self._recent_since(condition, values)) is not None:
            rows = await self._hits(_AMONG_RECENT.format(before=condition), {**values, "since": since}, limit + 1)
        if len(rows) <= limit:
            rows = await self._hits(_AMONG_ALL.format(before=condition), values, limit + 1)
        last = rows[limit - 1] if len(rows) > limit else None
        following = write_cursor(last.created_at, last.conversation_id, last.seq) if last is not None else None
        return Page([_found(row) for row in rows[:limit]], following)

    async def _recent_since(self, condition: str, values: dict[str, Any]) -> datetime | None:
        """The time behind which messages are recent; None where there are not so many."""
        place = {name: value for name, value in values.items() if name != "words"}
        found = await self._connection.execute(text(_RECENT_SINCE.format(before=condition)).bindparams(**place))
        return found.scalar_one_or_none()

    async def _hits(self, query: str, values: dict[str, Any], limit: int) -> Sequence[Any]:
        """What is shown of the messages that `query` finds, in the order of their position."""
        kind = Integer if self._connection.dialect.name == "sqlite" else UtcDateTime
        hits = (
            text(query)
            .bindparams(**values, limit=limit)
            .columns(position=kind, conversation_id=String, seq=Integer)
            .subquery("hits")
        )
        shown = (
            select(
                *(hits.c.position, message.c.conversation_id, message.c.seq),
                *(message.c.sender, message.c.text, message.c.created_at),
                *(conversation.c.owner, conversation.c.closed_at, conversation.c.contact_name),
            )
            .select_from(hits)
            .join(message, (message.c.conversation_id == hits.c.conversation_id) & (message.c.seq == hits.c.seq))
            .join(conversation, conversation.c.id == message.c.conversation_id)
            .order_by(hits.c.position.desc(), message.c.conversation_id.desc(), message.c.seq.desc())
        )
        return (await self._connection.execute(shown)).all()


def _found(row: Any) -> FoundMessage:
    return FoundMessage(
        conversation_id=row.conversation_id,
        seq=row.seq,
        sender=Sender(row.sender),
        text=row.text,
        created_at=row.created_at,
        state=state_of(row.owner, row.closed_at),
        contact_name=row.contact_name,
    )
