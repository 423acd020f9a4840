"""Repository of the journal of the training workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.workshop.changes import Change, ChangeAction, ChangeKind, ChangeState, Splice
from bot.store.tables import project_file
from bot.store.tables import training_change as table


class SqlTrainingChanges:
    """`bot.services.ports.trainer.TrainingChangeRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, change: Change) -> int:
        values: dict[str, Any] = asdict(change)
        del values["number"]
        values |= {
            "kind": change.kind.value,
            "action": change.action.value,
            "state": change.state.value,
            "splices": [splice.as_json() for splice in change.splices],
        }
        inserted = await self._connection.execute(insert(table).values(values))
        key = inserted.inserted_primary_key
        assert key is not None  # noqa: S101 - both databases give the number
        return int(key[0])

    async def get(self, number: int) -> Change | None:
        return await self._one(table.c.number == number)

    async def by_key(self, key: str) -> Change | None:
        return await self._one(table.c.key == key)

    async def planned(self) -> list[Change]:
        query = select(table).where(table.c.state == ChangeState.PLANNED.value).order_by(table.c.number)
        return [_change(row) for row in (await self._connection.execute(query)).mappings()]

    async def set_state(self, number: int, state: ChangeState) -> None:
        await self._set(number, state=state.value)

    async def refuse(self, number: int) -> None:
        await self._set(number, state=ChangeState.REFUSED.value, key=None)

    async def set_undone(self, number: int, by: int | None) -> None:
        await self._set(number, undone_by=by)

    async def forget(self, number: int) -> None:
        await self._connection.execute(
            delete(table).where(table.c.number == number, table.c.state == ChangeState.PLANNED.value)
        )

    async def page(self, before: int | None, limit: int, like: str | None = None) -> list[Change]:
        query = select(table).where(table.c.state == ChangeState.DONE.value)
        if before is not None:
            query = query.where(table.c.number < before)
        if like is not None:
            query = query.where((table.c.intent == like) | (table.c.to_intent == like))
        query = query.order_by(table.c.number.desc()).limit(limit)
        return [_change(row) for row in (await self._connection.execute(query)).mappings()]

    async def unpublished(self) -> int:
        undone = table.alias()
        # Whoever takes back an unpublished change leaves nothing to publish, by either of the two.
        takes_back = select(undone.c.number).where(undone.c.number == table.c.undoes, undone.c.version.is_(None))
        query = (
            select(func.count())
            .select_from(table)
            .where(
                table.c.state == ChangeState.DONE.value,
                table.c.version.is_(None),
                table.c.kind != ChangeKind.TEST.value,
                table.c.undone_by.is_(None),
                ~takes_back.exists(),
            )
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def newest(self) -> int:
        query = select(func.max(table.c.number)).where(table.c.state == ChangeState.DONE.value)
        return int((await self._connection.execute(query)).scalar_one() or 0)

    async def set_version(self, newest: int, version: int) -> None:
        await self._connection.execute(
            update(table).where(table.c.number <= newest, table.c.version.is_(None)).values(version=version)
        )

    async def paths_of(self, version: int) -> list[str]:
        found = await self._connection.execute(select(table.c.splices).where(table.c.version == version))
        return sorted({splice["path"] for (splices,) in found for splice in splices})

    async def digests(self) -> dict[str, str]:
        found = await self._connection.execute(select(project_file.c.path, project_file.c.digest))
        return {row.path: row.digest for row in found}

    async def set_digests(self, digests: Sequence[tuple[str, str]]) -> None:
        for path, digest in digests:
            changed = await self._connection.execute(
                update(project_file).where(project_file.c.path == path).values(digest=digest)
            )
            if changed.rowcount == 0:
                await self._connection.execute(insert(project_file).values(path=path, digest=digest))

    async def _set(self, number: int, **values: object) -> None:
        await self._connection.execute(update(table).where(table.c.number == number).values(values))

    async def _one(self, condition: Any) -> Change | None:
        row = (await self._connection.execute(select(table).where(condition))).mappings().first()
        return None if row is None else _change(row)


def _change(row: RowMapping) -> Change:
    values = dict(row)
    values |= {
        "kind": ChangeKind(row["kind"]),
        "action": ChangeAction(row["action"]),
        "state": ChangeState(row["state"]),
        "splices": tuple(Splice.of_json(splice) for splice in row["splices"]),
    }
    return Change(**values)
