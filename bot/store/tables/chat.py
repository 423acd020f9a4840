"""Conversations and the message log."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.tables.base import UtcDateTime, metadata

conversation = Table(
    "conversation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("customer_seq", Integer, nullable=False, server_default="0"),
    Column("answered_seq", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("lease_holder", String(64)),
    Column("lease_until", UtcDateTime),
    # Who speaks: changed together, by compare-and-set on `version` (bot.helpdesk.ownership).
    Column("version", Integer, nullable=False, server_default="0"),
    Column("agent_id", ForeignKey("staff.id")),
    Column("closed_at", UtcDateTime),
    Column("close_reason", String(32)),
    # What lists show and sort by, kept here so that they need not read the log.
    Column("last_at", UtcDateTime, nullable=False, server_default=text("'1970-01-01 00:00:00'")),
    Column("last_text", String(160), nullable=False, server_default=""),
    Column("last_sender", String(8)),
    # How far each side has read; `delivered` is what a client of the customer has received.
    Column("agent_read_seq", Integer, nullable=False, server_default="0"),
    Column("customer_delivered_seq", Integer, nullable=False, server_default="0"),
    Column("customer_read_seq", Integer, nullable=False, server_default="0"),
    # What the customer has told of themselves.
    Column("contact_name", String(80)),
    Column("contact_email", String(254)),
    CheckConstraint("(owner = 'agent') = (agent_id IS NOT NULL)", name="agent"),
    CheckConstraint("closed_at IS NULL OR owner = 'bot'", name="closed"),
    CheckConstraint("owner IN ('bot', 'queue', 'agent')", name="owner"),
    CheckConstraint("answered_seq <= customer_seq AND customer_seq <= last_seq", name="order"),
    # Only conversations with work for the bot are in this index: it stays small however many there are.
    Index(
        "ix_conversation_work",
        "next_attempt_at",
        sqlite_where=text("customer_seq > answered_seq"),
        postgresql_where=text("customer_seq > answered_seq"),
    ),
    # The lists of the desk, newest first.
    Index("ix_conversation_created", "created_at"),
    Index("ix_conversation_last", "last_at", "id"),
    Index("ix_conversation_owner_last", "owner", "last_at", "id"),
    Index("ix_conversation_agent_last", "agent_id", "last_at", "id"),
    *(
        Index(name, "last_at", "id", sqlite_where=text(where), postgresql_where=text(where))
        for name, where in (
            ("ix_conversation_bot_last", "owner = 'bot' AND closed_at IS NULL"),
            ("ix_conversation_closed_last", "closed_at IS NOT NULL"),
            ("ix_conversation_unread", "owner <> 'bot' AND customer_seq > agent_read_seq"),
        )
    ),
)

message = Table(
    "message",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sender", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("client_message_id", String(64)),
    Column("payload", String(200)),
    Column("buttons", JSON, nullable=False),
    Column("outcome", String(16)),
    Column("clauses", JSON, nullable=False),
    Column("reply_to", Integer),
    Column("intent", String(100)),
    Column("confidence", Float),
    # Of a support agent: who, and the name as it was then.
    Column("staff_id", ForeignKey("staff.id")),
    Column("sender_name", String(80)),
    # Says the same as the text, for clients that can draw it.
    Column("card", JSON(none_as_null=True)),
    UniqueConstraint("conversation_id", "client_message_id"),
    CheckConstraint("sender IN ('customer', 'bot', 'agent', 'system')", name="sender"),
    CheckConstraint("seq >= 1", name="seq"),
    # Search over all messages begins with the newest.
    Index("ix_message_created", "created_at"),
)
