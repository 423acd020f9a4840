"""What a customer asks to have done for money."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.helpdesk.paid.states import Standing

# Without letters and digits that are taken for each other when read aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class PaidKind(str, Enum):
    """Why it costs something: help beyond the service (Hak 5), a revision (Hak 3), a large migration (Hak 14)."""

    EXTRA = "extra"
    REVISION = "revision"
    MIGRATION = "migration"

    @property
    def clause(self) -> str:
        """The clause of the policy behind it."""
        return {PaidKind.EXTRA: "H5", PaidKind.REVISION: "H3", PaidKind.MIGRATION: "H14"}[self]


class Urgency(str, Enum):
    """How soon it is wanted."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    RELAXED = "relaxed"


@dataclass(frozen=True)
class Order:
    """What the customer has told: `target` is a domain or service, `capacity_gb` the size of a migration.

    At least one of `email` and `phone` is there.
    """

    kind: PaidKind
    need: str
    target: str
    urgency: Urgency
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    capacity_gb: int | None = None


@dataclass(frozen=True)
class PaidRequest:
    """An order and where it is. `reference` is what people call it; `expires_at` when quote or invoice run out.

    `seq` is the customer message that confirmed it: the same one never makes two requests.
    """

    id: str
    reference: str
    conversation_id: str
    seq: int
    order: Order
    created_at: datetime
    updated_at: datetime
    standing: Standing = field(default_factory=Standing)
    expires_at: datetime | None = None
    staff_id: str | None = None
    score: int | None = None


def new_reference() -> str:
    """A short name that nobody can guess, such as `PB-7K3F9Q2`."""
    return "PB-" + "".join(secrets.choice(_ALPHABET) for _ in range(7))
