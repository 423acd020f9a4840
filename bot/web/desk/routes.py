"""The routes of the desk, each with the permission that it asks for (docs/desk-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.desk import (
    agent_handlers,
    audit_handlers,
    conversation_handlers,
    note_handlers,
    paid_handlers,
    report_handlers,
    session_handlers,
)
from bot.web.routing import Route

PREFIX = "/api/desk/v1"
CONVERSATION = f"{PREFIX}/conversations/{{id}}"

PAID = f"{PREFIX}/paid-requests/{{id}}"

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
    Route("GET", f"{PREFIX}/paid-requests", paid_handlers.list_requests, Permission.SERVE),
    Route("GET", PAID, paid_handlers.read_request, Permission.SERVE),
    Route("POST", f"{PAID}/quotes", paid_handlers.quote, Permission.SERVE),
    Route("POST", f"{PAID}/quotes/{{number}}/approve", paid_handlers.approve, Permission.ADMINISTER),
    Route("POST", f"{PAID}/reject", paid_handlers.reject, Permission.SERVE),
    Route("POST", f"{PAID}/cancel", paid_handlers.cancel, Permission.SERVE),
    Route("POST", f"{PAID}/payments", paid_handlers.receive_payment, Permission.SERVE),
    Route("POST", f"{PAID}/start", paid_handlers.start, Permission.SERVE),
    Route("POST", f"{PAID}/work", paid_handlers.log_work, Permission.SERVE),
    Route("POST", f"{PAID}/finish", paid_handlers.finish, Permission.SERVE),
    Route("POST", f"{PAID}/refund", paid_handlers.refund, Permission.ADMINISTER),
    Route(
        "POST", f"{PREFIX}/paid-payments/{{order_id}}/returned", paid_handlers.surplus_returned, Permission.ADMINISTER
    ),
    Route("POST", f"{PREFIX}/bank-statements", paid_handlers.read_statement, Permission.SERVE),
    Route("GET", f"{PREFIX}/price-list", paid_handlers.read_price_list, Permission.SERVE),
    Route("GET", f"{PREFIX}/paid-events.csv", paid_handlers.read_events, Permission.LEAD),
]
