"""The routes of the desk, each with the permission that it asks for (docs/desk-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.desk import audit_handlers, session_handlers
from bot.web.routing import Route

PREFIX = "/api/desk/v1"

DESK_ROUTES = [
    Route("POST", f"{PREFIX}/session", session_handlers.sign_in, Permission.SIGN_IN),
    Route("GET", f"{PREFIX}/session", session_handlers.read_session, Permission.SIGNED_IN),
    Route("DELETE", f"{PREFIX}/session", session_handlers.sign_out, Permission.SIGNED_IN),
    Route("PUT", f"{PREFIX}/me/password", session_handlers.change_password, Permission.SIGNED_IN),
    Route("POST", f"{PREFIX}/me/totp", session_handlers.enrol_totp, Permission.SIGNED_IN),
    Route("PUT", f"{PREFIX}/me/totp", session_handlers.confirm_totp, Permission.SIGNED_IN),
    Route("DELETE", f"{PREFIX}/me/totp", session_handlers.remove_totp, Permission.SIGNED_IN),
    Route("GET", f"{PREFIX}/audit", audit_handlers.read_audit, Permission.ADMINISTER),
]
