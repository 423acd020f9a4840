"""The tables, one subject a file."""

from bot.store.tables.base import NAMING, UtcDateTime, metadata
from bot.store.tables.chat import conversation, message
from bot.store.tables.desk import canned_reply, handoff, internal_note, ownership_change, rating
from bot.store.tables.staff import audit_entry, login_throttle, staff, staff_session

__all__ = [
    "NAMING",
    "UtcDateTime",
    "audit_entry",
    "canned_reply",
    "conversation",
    "handoff",
    "internal_note",
    "login_throttle",
    "message",
    "metadata",
    "ownership_change",
    "rating",
    "staff",
    "staff_session",
]
