"""Jobs of the trainer console: long work that one process does, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class JobKind(str, Enum):
    """What a job does."""

    TRAIN = "train"
    PUBLISH = "publish"
    SHADOW = "shadow"
    TEST = "test"


class JobState(str, Enum):
    """Where a job stands; the last three are for good."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = (JobState.WAITING, JobState.RUNNING)
WAITING_STAGE = "Menunggu giliran"
HOLDER_DIED = "Proses pelatih berhenti di tengah pekerjaan. Model yang sedang dipakai tidak terganggu. Mulai lagi."
NOBODY_TOOK_IT = "Proses pelatih tidak berjalan. Minta admin memeriksa logs/trainer.log, lalu mulai lagi."


@dataclass(frozen=True)
class Job:
    """One job. `asked` is what was asked for, as plain data; `remaining` in seconds; `percent` from 0 to 100."""

    id: str
    kind: JobKind
    state: JobState
    stage: str
    percent: int
    remaining: float | None
    created_at: datetime
    by_id: str | None
    by_name: str
    asked: Mapping[str, Any]
    key: str
    started_at: datetime | None = None
    finished_at: datetime | None = None
    version: int | None = None
    problem: str | None = None
    cancel_asked: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ACTIVE


@dataclass(frozen=True)
class Progress:
    """How far a job is, as `Job` says it."""

    stage: str
    percent: int
    remaining: float | None


@dataclass(frozen=True)
class Step:
    """A part of a job with the seconds that it is likely to take."""

    name: str
    seconds: float


def progress_of(steps: Sequence[Step], name: str, elapsed: float) -> tuple[int, float]:
    """(percent, seconds that remain) when the step `name` has run for `elapsed` seconds.

    A step that takes longer than it is likely to stays just below its end.
    """
    names = [step.name for step in steps]
    at = names.index(name)
    whole = sum(step.seconds for step in steps) or 1.0
    before = sum(step.seconds for step in steps[:at])
    here = min(elapsed, 0.97 * steps[at].seconds)
    percent = min(99, int(100 * (before + here) / whole))
    return percent, max(1.0, round(whole - before - here, 0))
