"""JSON forms of what staff see (docs/desk-protocol.md)."""

from __future__ import annotations

from typing import Any

from bot.helpdesk.audit import AuditEntry
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.staff import Staff
from bot.web.views import time_view


def session_view(session: StaffSession) -> dict[str, Any]:
    """Who is signed in, and the token that changes carry."""
    return {"me": me_view(session.staff), "csrf_token": session.csrf_token}


def me_view(staff: Staff) -> dict[str, Any]:
    """An account as its owner sees it."""
    return {
        "id": staff.id,
        "username": staff.username,
        "display_name": staff.display_name,
        "roles": [role.value for role in staff.roles],
        "permissions": sorted(permission.value for permission in staff.permissions),
        "presence": staff.presence.value,
        "max_chats": staff.max_chats,
        "has_totp": staff.has_totp,
    }


def audit_view(entry: AuditEntry) -> dict[str, Any]:
    """One thing done."""
    return {
        "id": entry.id,
        "at": time_view(entry.at),
        "staff": entry.author.name,
        "action": entry.action,
        "target": entry.target,
        "detail": dict(entry.detail),
    }
