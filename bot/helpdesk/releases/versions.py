"""Versions of the model, and what one must hold to be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

KEPT_FORMER = 10
KEPT_CANDIDATES = 10


class VersionState(str, Enum):
    """What a version is now."""

    CANDIDATE = "candidate"
    LIVE = "live"
    FORMER = "former"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Gate:
    """One thing that a version must hold; `value` is what it has, `about` the topic it is about."""

    name: str
    limit: float
    value: float
    ok: bool
    about: str | None = None


@dataclass(frozen=True)
class ModelVersion:
    """A trained model. `scores` holds figures between 0 and 1 by name; without it was not compared yet."""

    number: int
    state: VersionState
    file: str
    frame: str
    data_digest: str
    trained_at: datetime
    seconds: float
    by_id: str | None
    by_name: str
    note: str
    sentences: int
    change_number: int = 0
    published_at: datetime | None = None
    published_by: str | None = None
    override: str | None = None
    scores: Mapping[str, Any] = field(default_factory=dict)
    gates: Sequence[Gate] = ()
    against: int | None = None

    @property
    def passes(self) -> bool:
        """Whether it was compared and fails no gate; what was live once may be live again."""
        return self.state is VersionState.FORMER or (bool(self.scores) and all(gate.ok for gate in self.gates))

    @property
    def may_be_published(self) -> bool:
        """Whether anybody can publish it at all."""
        return self.state in (VersionState.CANDIDATE, VersionState.FORMER)


@dataclass(frozen=True)
class Serving:
    """Which version answers customers, and in which slot; what else is loaded."""

    version: int
    slot: str
    standby_version: int | None = None
    standby_slot: str | None = None
    standby_until: datetime | None = None
    shadow_version: int | None = None
    shadow_since: datetime | None = None
    shadow_seen: int = 0
    shadow_different: int = 0


SLOTS = ("rasa-a", "rasa-b")
SHADOW_SLOT = "rasa-shadow"


def other_slot(slot: str) -> str:
    """Where the next version is loaded while `slot` answers."""
    return SLOTS[1 - SLOTS.index(slot)]


def to_forget(versions: Sequence[ModelVersion]) -> list[ModelVersion]:
    """Those whose files need not be kept: discarded ones, and what is older than the kept candidates and former ones.

    A former one counts from when it was last published.
    """
    candidates = sorted((v for v in versions if v.state is VersionState.CANDIDATE), key=lambda v: -v.number)
    former = [v for v in versions if v.state is VersionState.FORMER]
    former.sort(key=lambda v: (v.published_at or v.trained_at, v.number), reverse=True)
    discarded = [v for v in versions if v.state is VersionState.DISCARDED]
    return [*discarded, *candidates[KEPT_CANDIDATES:], *former[KEPT_FORMER:]]
