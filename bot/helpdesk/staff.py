"""Accounts of staff: what their roles allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Role(str, Enum):
    """What somebody does at the helpdesk; one person may have several roles."""

    AGENT = "agent"
    TRAINER = "trainer"
    ADMIN = "admin"


class Permission(str, Enum):
    """What a route or event asks for. The first three need no account."""

    PUBLIC = "public"  # anybody
    CUSTOMER = "customer"  # whoever holds the conversation's token
    SIGN_IN = "sign_in"  # whoever knows a password
    SIGNED_IN = "signed_in"  # any account
    SERVE = "serve"  # talk with customers
    LEAD = "lead"  # figures of the team, conversations of others
    TRAIN = "train"  # training data and models
    ADMINISTER = "administer"  # accounts, the audit log


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({Permission.SIGNED_IN, Permission.SERVE}),
    Role.TRAINER: frozenset({Permission.SIGNED_IN, Permission.TRAIN}),
    Role.ADMIN: frozenset(
        {Permission.SIGNED_IN, Permission.SERVE, Permission.LEAD, Permission.TRAIN, Permission.ADMINISTER}
    ),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that accounts with `roles` may do."""
    return frozenset().union(*(_GRANTS[role] for role in roles))


class Presence(str, Enum):
    """Whether a support agent takes chats: `away` keeps what they have and gets nothing new."""

    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


@dataclass(frozen=True)
class Staff:
    """An account as the rest of the helpdesk sees it; secrets stay in the store."""

    id: str
    username: str
    display_name: str
    roles: tuple[Role, ...]
    created_at: datetime
    disabled_at: datetime | None = None
    max_chats: int | None = None
    presence: Presence = Presence.OFFLINE
    seen_at: datetime | None = None
    has_totp: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this account may do; nothing once it is disabled."""
        return frozenset() if self.disabled_at else permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        """Whether the account has `permission`."""
        return permission in self.permissions
