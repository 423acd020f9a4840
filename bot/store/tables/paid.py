"""Paid support: requests, quotes, invoices, payments. Amounts are whole rupiah."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.tables.base import UtcDateTime, metadata

_STATES = (
    "state IN ('requested', 'quoted', 'accepted', 'awaiting_payment', 'paid', 'in_progress', 'done', 'declined', "
    "'expired', 'cancelled', 'refunded')"
)

paid_request = Table(
    "paid_request",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("reference", String(16), nullable=False, unique=True),
    # No cascade: what was paid for outlives the chat.
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    # The customer message that confirmed it: at most one request each.
    Column("seq", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("need", Text, nullable=False),
    Column("target", String(300), nullable=False),
    Column("urgency", String(12), nullable=False),
    Column("email", String(254)),
    Column("phone", String(20)),
    Column("capacity_gb", Integer),
    # Changed together, by compare-and-set on `version` (bot.helpdesk.paid.states).
    Column("state", String(16), nullable=False),
    Column("quote", Integer, nullable=False, server_default="0"),
    Column("invoice", String(20)),
    Column("out_of_field", Boolean, nullable=False, server_default=text("false")),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    # When the quote or the invoice runs out.
    Column("expires_at", UtcDateTime),
    Column("staff_id", ForeignKey("staff.id")),
    Column("score", Integer),
    UniqueConstraint("conversation_id", "seq"),
    CheckConstraint(_STATES, name="state"),
    CheckConstraint("kind IN ('extra', 'revision', 'migration')", name="kind"),
    CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="contact"),
    CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    CheckConstraint("NOT out_of_field OR state = 'declined'", name="out_of_field"),
    Index("ix_paid_request_state", "state", "updated_at", "id"),
    Index("ix_paid_request_updated", "updated_at", "id"),
    Index(
        "ix_paid_request_expires",
        "expires_at",
        sqlite_where=text("expires_at IS NOT NULL"),
        postgresql_where=text("expires_at IS NOT NULL"),
    ),
)

# One row for each change of a request; triggers refuse any change of it.
paid_change = Table(
    "paid_change",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("request_id", ForeignKey("paid_request.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("event", String(12), nullable=False),
    Column("old_state", String(16), nullable=False),
    Column("new_state", String(16), nullable=False),
    Column("quote", Integer, nullable=False),
    Column("invoice", String(20)),
    Column("out_of_field", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("actor", String(8), nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("reason", String(1000)),
    # Done at most once under this key.
    Column("key", String(100)),
    UniqueConstraint("request_id", "key"),
    UniqueConstraint("request_id", "version"),
    CheckConstraint("actor IN ('customer', 'staff', 'system')", name="actor"),
    Index("ix_paid_change_at", "at"),
)

paid_quote = Table(
    "paid_quote",
    metadata,
    Column("request_id", ForeignKey("paid_request.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # [{"what", "quantity": "1.50", "unit", "unit_price"}]
    Column("lines", JSON, nullable=False),
    # Percent, as a decimal number in text: never a float.
    Column("tax_rate", String(8), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("valid_until", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", ForeignKey("staff.id")),
    Column("note", Text),
    # Empty until an administrator has approved it, where that is asked for.
    Column("issued_at", UtcDateTime),
    Column("approved_by", ForeignKey("staff.id")),
    Column("key", String(100)),
    CheckConstraint("total > 0", name="total"),
    Index("ix_paid_quote_key", "request_id", "key"),
)

# The newest number of each year; taken in the transaction that stores the invoice, so that there is no gap.
invoice_counter = Table(
    "invoice_counter",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

paid_invoice = Table(
    "paid_invoice",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("request_id", String(36), nullable=False),
    Column("quote", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["request_id", "quote"], ["paid_quote.request_id", "paid_quote.number"]),
    UniqueConstraint("request_id", "quote"),
    CheckConstraint("amount > 0", name="amount"),
)

paid_payment = Table(
    "paid_payment",
    metadata,
    Column("order_id", String(50), primary_key=True),
    Column("request_id", ForeignKey("paid_request.id"), nullable=False),
    Column("invoice", ForeignKey("paid_invoice.number"), nullable=False),
    Column("method", String(16), nullable=False),
    # What is to be paid, the unique code included.
    Column("amount", BigInteger, nullable=False),
    Column("unique_code", Integer),
    Column("state", String(8), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("returned_at", UtcDateTime),
    Column("transaction_id", String(100)),
    Column("evidence", Text),
    Column("staff_id", ForeignKey("staff.id")),
    Column("instructions", JSON(none_as_null=True)),
    CheckConstraint("state IN ('opening', 'pending', 'settled', 'failed', 'surplus', 'returned')", name="state"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("unique_code BETWEEN 1 AND 999", name="unique_code"),
    Index("ix_paid_payment_request", "request_id", "opened_at"),
    Index(
        "ix_paid_payment_next_try",
        "next_try_at",
        sqlite_where=text("next_try_at IS NOT NULL"),
        postgresql_where=text("next_try_at IS NOT NULL"),
    ),
    # An invoice is paid once.
    Index(
        "uq_paid_payment_settled",
        "invoice",
        unique=True,
        sqlite_where=text("state = 'settled'"),
        postgresql_where=text("state = 'settled'"),
    ),
    # Transfers are told apart by their amount.
    Index(
        "uq_paid_payment_amount",
        "amount",
        unique=True,
        sqlite_where=text("unique_code IS NOT NULL AND state IN ('opening', 'pending')"),
        postgresql_where=text("unique_code IS NOT NULL AND state IN ('opening', 'pending')"),
    ),
)

# Lines of bank statements that were read before. What payers write is not kept.
bank_line = Table(
    "bank_line",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("booked_on", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("order_id", ForeignKey("paid_payment.order_id")),
    Column("imported_at", UtcDateTime, nullable=False),
)

# What the payment service told us, or somebody in its name; `order_id` may be of nobody.
payment_notification = Table(
    "payment_notification",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("order_id", String(50)),
    Column("verdict", String(24), nullable=False),
    Index("ix_payment_notification_at", "at"),
)

paid_work = Table(
    "paid_work",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("request_id", ForeignKey("paid_request.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("key", String(100), nullable=False),
    UniqueConstraint("request_id", "key"),
    CheckConstraint("minutes >= 0", name="minutes"),
)
