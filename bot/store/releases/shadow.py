"""Repository of what a candidate would have said to customers."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.releases.comparing import Understood
from bot.services.ports.releases import Difference, HeardMessage
from bot.store.inserting import insert_new
from bot.store.tables import message, serving
from bot.store.tables import shadow_difference as table


class SqlShadow:
    """`bot.services.ports.releases.ShadowRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, version: int, heard: HeardMessage, difference: Difference | None) -> None:
        is_new = difference is not None and await insert_new(
            self._connection,
            table,
            version=version,
            conversation_id=heard.conversation_id,
            seq=heard.seq,
            at=difference.at,
            text=difference.text,
            live=json.dumps(asdict(difference.live)),
            candidate=json.dumps(asdict(difference.candidate)),
        )
        await self._connection.execute(
            update(serving)
            .where(serving.c.shadow_version == version)
            .values(shadow_seen=serving.c.shadow_seen + 1, shadow_different=serving.c.shadow_different + int(is_new))
        )

    async def differences(self, version: int, *, before: int | None, limit: int) -> list[Difference]:
        query = select(table).where(table.c.version == version).order_by(table.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(table.c.id < before)
        return [
            Difference(row["id"], row["text"], row["at"], _understood(row["live"]), _understood(row["candidate"]))
            for row in (await self._connection.execute(query)).mappings()
        ]

    async def answered_since(
        self, at: datetime, after: tuple[datetime, str, int] | None, limit: int
    ) -> list[tuple[tuple[datetime, str, int], HeardMessage]]:
        reply, asked = message.alias("reply"), message.alias("asked")
        place = (reply.c.created_at, reply.c.conversation_id, reply.c.seq)
        query = (
            select(
                *place,
                reply.c.outcome,
                reply.c.clauses,
                reply.c.intent,
                reply.c.confidence,
                asked.c.seq.label("asked_seq"),
                asked.c.text,
            )
            .join(asked, (asked.c.conversation_id == reply.c.conversation_id) & (asked.c.seq == reply.c.reply_to))
            .where(
                reply.c.sender == "bot",
                reply.c.created_at >= at,
                reply.c.intent.is_not(None),
                # A button is not understood, it is pressed.
                asked.c.payload.is_(None),
            )
            .order_by(*place)
            .limit(limit)
        )
        if after is not None:
            query = query.where(tuple_(*place) > tuple_(*(literal(value) for value in after)))
        found = []
        for row in (await self._connection.execute(query)).mappings():
            understood = Understood(
                row["outcome"] or "", tuple(row["clauses"] or ()), row["intent"], row["confidence"] or 0.0
            )
            heard = HeardMessage(row["conversation_id"], row["asked_seq"], row["created_at"], row["text"], understood)
            found.append(((row["created_at"], row["conversation_id"], row["seq"]), heard))
        return found


def _understood(stored: str) -> Understood:
    data = json.loads(stored)
    return Understood(data["outcome"], tuple(data["clauses"]), data["intent"], data["confidence"])
