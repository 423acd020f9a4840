"""Who did what: entries that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.helpdesk.staff import Staff


class AuditAction(str, Enum):
    """What is written down."""

    ACCOUNT_ADDED = "account_added"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD_SET = "password_set"  # noqa: S105 - by an administrator
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - by the account itself
    ROLES_SET = "roles_set"
    CHAT_LIMIT_SET = "chat_limit_set"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    TOTP_ADDED = "totp_added"
    TOTP_REMOVED = "totp_removed"


@dataclass(frozen=True)
class Author:
    """Who did it: an account, or something without one, such as the command line."""

    name: str
    staff_id: str | None = None

    @classmethod
    def of(cls, staff: Staff) -> Author:
        """The account `staff`."""
        return cls(staff.username, staff.id)


CLI = Author("cli")
# Whoever tries to sign in is not known yet.
UNKNOWN = Author("?")


@dataclass(frozen=True)
class AuditEntry:
    """One thing done. `detail` holds neither secrets nor what customers wrote; `id` rises, and is 0 until stored."""

    at: datetime
    author: Author
    action: AuditAction | str
    target: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
