"""Repository of versions of the model and of what is served."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import RowMapping, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.releases.versions import Gate, ModelVersion, Serving, VersionState
from bot.store.inserting import insert_new
from bot.store.tables import model_version as table
from bot.store.tables import serving as serving_table

_SERVING = [field.name for field in fields(Serving)]


class SqlVersions:
    """`bot.services.ports.releases.VersionRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, version: ModelVersion) -> ModelVersion:
        number = 1
        while True:
            newest = (await self._connection.execute(select(func.max(table.c.number)))).scalar_one_or_none()
            number = (newest or 0) + 1
            if await insert_new(self._connection, table, **{**_values(version), "number": number}):
                break
        stored = await self.get(number)
        assert stored is not None  # noqa: S101 - for the type checker: it was inserted in this transaction
        return stored

    async def get(self, number: int) -> ModelVersion | None:
        row = (await self._connection.execute(select(table).where(table.c.number == number))).mappings().first()
        return None if row is None else _version(row)

    async def put(self, version: ModelVersion) -> None:
        await self._connection.execute(update(table).where(table.c.number == version.number).values(_values(version)))

    async def all(self) -> list[ModelVersion]:
        rows = await self._connection.execute(select(table).order_by(table.c.number.desc()))
        return [_version(row) for row in rows.mappings()]

    async def remove(self, number: int) -> None:
        await self._connection.execute(delete(table).where(table.c.number == number))

    async def serving(self) -> Serving | None:
        row = (await self._connection.execute(select(serving_table))).mappings().first()
        return None if row is None else Serving(**{name: row[name] for name in _SERVING})

    async def serve(self, serving: Serving) -> None:
        values = asdict(serving)
        if not await insert_new(self._connection, serving_table, id=1, **values):
            await self._connection.execute(update(serving_table).values(values))


def _values(version: ModelVersion) -> dict[str, Any]:
    values = asdict(version)
    values["state"] = version.state.value
    values["scores"] = json.dumps(dict(version.scores))
    values["gates"] = json.dumps([asdict(gate) for gate in version.gates])
    return values


def _version(row: RowMapping) -> ModelVersion:
    values = dict(row)
    values["state"] = VersionState(values["state"])
    values["scores"] = json.loads(values["scores"])
    values["gates"] = tuple(Gate(**gate) for gate in json.loads(values["gates"]))
    return ModelVersion(**values)
