"""The tables, one subject a file."""

from bot.store.tables.base import NAMING, UtcDateTime, metadata
from bot.store.tables.chat import conversation, message
from bot.store.tables.desk import canned_reply, handoff, internal_note, ownership_change, rating
from bot.store.tables.inbox import inbox_decision, inbox_group, inbox_message, inbox_progress, inbox_reason
from bot.store.tables.paid import (
    bank_line,
    invoice_counter,
    paid_change,
    paid_invoice,
    paid_payment,
    paid_quote,
    paid_request,
    paid_work,
    payment_notification,
)
from bot.store.tables.releases import model_version, serving, shadow_difference, trainer_job
from bot.store.tables.staff import audit_entry, login_throttle, staff, staff_session
from bot.store.tables.training_changes import project_file, training_change

__all__ = [
    "NAMING",
    "UtcDateTime",
    "audit_entry",
    "bank_line",
    "canned_reply",
    "conversation",
    "handoff",
    "inbox_decision",
    "inbox_group",
    "inbox_message",
    "inbox_progress",
    "inbox_reason",
    "internal_note",
    "invoice_counter",
    "login_throttle",
    "message",
    "metadata",
    "model_version",
    "ownership_change",
    "paid_change",
    "paid_invoice",
    "paid_payment",
    "paid_quote",
    "paid_request",
    "paid_work",
    "payment_notification",
    "project_file",
    "rating",
    "serving",
    "shadow_difference",
    "staff",
    "staff_session",
    "trainer_job",
    "training_change",
]
