"""The routes of the desk, each with the permission that it asks for (docs/desk-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.desk import (
    agent_handlers,
    audit_handlers,
    conversation_handlers,
    note_handlers,
    report_handlers,
    session_handlers,
)
from bot.web.routing import Route

PREFIX = "/api/desk/v1"
CONVERSATION = f"{PREFIX}/conversations/{{id}}"

DESK_ROUTES = [
    Route("POST", f"{PREFIX}/session", session_handlers.sign_in, Permission.SIGN_IN),
    Route("GET", f"{PREFIX}/session", session_handlers.read_session, Permission.SIGNED_IN),
    Route("DELETE", f"{PREFIX}/session", session_handlers.sign_out, Permission.SIGNED_IN),
    Route("PUT", f"{PREFIX}/me/password", session_handlers.change_password, Permission.SIGNED_IN),
    Route("POST", f"{PREFIX}/me/totp", session_handlers.enrol_totp, Permission.SIGNED_IN),
    Route("PUT", f"{PREFIX}/me/totp", session_handlers.confirm_totp, Permission.SIGNED_IN),
    Route("DELETE", f"{PREFIX}/me/totp", session_handlers.remove_totp, Permission.SIGNED_IN),
    Route("GET", f"{PREFIX}/report", report_handlers.read_report, Permission.LEAD),
    Route("GET", f"{PREFIX}/report.csv", report_handlers.read_report_csv, Permission.LEAD),
    Route("GET", f"{PREFIX}/audit", audit_handlers.read_audit, Permission.ADMINISTER),
    Route("GET", f"{PREFIX}/conversations", conversation_handlers.list_conversations, Permission.SERVE),
    Route("GET", CONVERSATION, conversation_handlers.read_conversation, Permission.SERVE),
    Route("GET", f"{CONVERSATION}/messages", conversation_handlers.read_messages, Permission.SERVE),
    Route("PUT", f"{PREFIX}/me/presence", agent_handlers.set_presence, Permission.SERVE),
    Route("GET", f"{PREFIX}/agents", agent_handlers.list_agents, Permission.SERVE),
    Route("POST", f"{CONVERSATION}/messages", agent_handlers.send, Permission.SERVE, own_conversation=True),
    Route("POST", f"{CONVERSATION}/accept", agent_handlers.accept, Permission.SERVE, own_conversation=True),
    Route("POST", f"{CONVERSATION}/take-over", agent_handlers.take_over, Permission.SERVE, own_conversation=True),
    Route("POST", f"{CONVERSATION}/transfer", agent_handlers.transfer, Permission.SERVE, own_conversation=True),
    Route("POST", f"{CONVERSATION}/return", agent_handlers.give_back, Permission.SERVE, own_conversation=True),
    Route("POST", f"{CONVERSATION}/hand-back", agent_handlers.hand_back, Permission.SERVE, own_conversation=True),
    Route("POST", f"{CONVERSATION}/close", agent_handlers.close, Permission.SERVE, own_conversation=True),
    Route("PUT", f"{CONVERSATION}/read", conversation_handlers.mark_read, Permission.SERVE, own_conversation=True),
    Route("PUT", f"{CONVERSATION}/contact", conversation_handlers.set_contact, Permission.SERVE),
    Route("GET", f"{CONVERSATION}/suggestions", conversation_handlers.read_suggestions, Permission.SERVE),
    Route("GET", f"{CONVERSATION}/notes", note_handlers.read_notes, Permission.SERVE),
    Route("POST", f"{CONVERSATION}/notes", note_handlers.add_note, Permission.SERVE),
    Route("GET", f"{PREFIX}/search", conversation_handlers.search, Permission.SERVE),
    Route("GET", f"{PREFIX}/canned-replies", note_handlers.read_canned_replies, Permission.SERVE),
    Route("POST", f"{PREFIX}/canned-replies", note_handlers.add_canned_reply, Permission.SERVE),
    Route("PUT", f"{PREFIX}/canned-replies/{{id}}", note_handlers.change_canned_reply, Permission.SERVE),
    Route("DELETE", f"{PREFIX}/canned-replies/{{id}}", note_handlers.delete_canned_reply, Permission.SERVE),
]
