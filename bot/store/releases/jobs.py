"""Repository of the trainer console's jobs."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.releases.jobs import Job, JobKind, JobState, Progress
from bot.store.tables import trainer_job as table


class SqlJobs:
    """`bot.services.ports.releases.JobRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, job: Job) -> bool:
        values = {
            "id": job.id,
            "kind": job.kind.value,
            "state": job.state.value,
            "active": 1 if job.is_active else None,
            "stage": job.stage,
            "percent": job.percent,
            "remaining": job.remaining,
            "created_at": job.created_at,
            "by_id": job.by_id,
            "by_name": job.by_name,
            "version": job.version,
            "asked": json.dumps(job.asked, ensure_ascii=False),
            "key": job.key,
            "cancel_asked": False,
        }
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(insert(table).values(values))
        except IntegrityError:
            return False
        return True

    async def get(self, job_id: str) -> Job | None:
        return await self._one(select(table).where(table.c.id == job_id))

    async def by_key(self, key: str) -> Job | None:
        return await self._one(select(table).where(table.c.key == key))

    async def newest(self) -> Job | None:
        return await self._one(select(table).order_by(table.c.order.desc()).limit(1))

    async def active(self) -> Job | None:
        return await self._one(select(table).where(table.c.active == 1))

    async def ask_to_cancel(self, job_id: str, now: datetime) -> bool:
        ended = await self._connection.execute(
            update(table)
            .where(table.c.id == job_id, table.c.state == JobState.WAITING.value)
            .values(state=JobState.CANCELLED.value, active=None, finished_at=now, remaining=None)
        )
        if ended.rowcount:
            return True
        asked = await self._connection.execute(
            update(table).where(table.c.id == job_id, table.c.state == JobState.RUNNING.value).values(cancel_asked=True)
        )
        return bool(asked.rowcount)

    async def claim(self, holder: str, now: datetime, until: datetime) -> Job | None:
        claimed = await self._connection.execute(
            update(table)
            .where(table.c.active == 1, table.c.state == JobState.WAITING.value)
            .values(state=JobState.RUNNING.value, holder=holder, lease_until=until, started_at=now)
            .returning(*table.c)
        )
        row = claimed.mappings().first()
        return None if row is None else _job(row)

    async def note(self, job_id: str, holder: str, progress: Progress, until: datetime) -> Job | None:
        noted = await self._connection.execute(
            update(table)
            .where(self._held(job_id, holder))
            .values(**asdict(progress), lease_until=until)
            .returning(*table.c)
        )
        row = noted.mappings().first()
        return None if row is None else _job(row)

    async def set_version(self, job_id: str, version: int) -> None:
        await self._connection.execute(update(table).where(table.c.id == job_id).values(version=version))

    async def end(self, job_id: str, holder: str, state: JobState, now: datetime, problem: str | None) -> bool:
        values: dict[str, Any] = {"state": state.value, "active": None, "finished_at": now, "problem": problem}
        if state is JobState.DONE:
            values["percent"] = 100
        ended = await self._connection.execute(
            update(table).where(self._held(job_id, holder)).values(**values, remaining=None)
        )
        return bool(ended.rowcount)

    async def fail_abandoned(self, now: datetime, problem: str) -> list[str]:
        failed = await self._connection.execute(
            update(table)
            .where(table.c.state == JobState.RUNNING.value, table.c.lease_until < now)
            .values(state=JobState.FAILED.value, active=None, finished_at=now, problem=problem, remaining=None)
            .returning(table.c.id)
        )
        return list(failed.scalars())

    @staticmethod
    def _held(job_id: str, holder: str) -> Any:
        return and_(table.c.id == job_id, table.c.holder == holder, table.c.state == JobState.RUNNING.value)

    async def _one(self, query: Any) -> Job | None:
        row = (await self._connection.execute(query)).mappings().first()
        return None if row is None else _job(row)


def _job(row: RowMapping) -> Job:
    return Job(
        id=row["id"],
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        stage=row["stage"],
        percent=row["percent"],
        remaining=row["remaining"],
        created_at=row["created_at"],
        by_id=row["by_id"],
        by_name=row["by_name"],
        asked=json.loads(row["asked"]),
        key=row["key"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        version=row["version"],
        problem=row["problem"],
        cancel_asked=row["cancel_asked"],
    )
