"""The trainers' inbox. Whatever customers wrote stands here masked only."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.tables.base import UtcDateTime, metadata

# Messages that ask the same, which one decision settles.
inbox_group = Table(
    "inbox_group",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("state", String(8), nullable=False),
    # Decisions are compare-and-set on it.
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("created_at", UtcDateTime, nullable=False),
    # What new messages are compared with, and the encoder that made it: vectors of another one say nothing.
    Column("leader", LargeBinary, nullable=False),
    Column("encoder", String(200), nullable=False),
    # What the model understood of it.
    Column("topic", String(100), nullable=False, server_default=""),
    # Of the expected gain: millionths, so that a page ends at a whole number.
    Column("gain", Integer, nullable=False, server_default="0"),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("newest_at", UtcDateTime, nullable=False),
    Column("middle_id", String(36)),
    Column("suggests_new_topic", Boolean, nullable=False),
    Column("skipped_until", UtcDateTime),
    Column("sent_to", ForeignKey("staff.id")),
    Column("sent_by", ForeignKey("staff.id")),
    Column("note", String(200), nullable=False, server_default=""),
    Column("decided_action", String(16)),
    Column("decided_intent", String(100)),
    Column("decided_by", ForeignKey("staff.id")),
    Column("decided_at", UtcDateTime),
    CheckConstraint("state IN ('open', 'done', 'ignored')", name="state"),
    Index("ix_inbox_group_gain", "state", "gain", "id"),
    Index("ix_inbox_group_newest", "state", "newest_at", "id"),
    Index("ix_inbox_group_sent", "sent_to", "state"),
)

# A customer's message that is worth a look: `new` until the model was asked about it, `dropped` where that showed that
# it is not worth one.
inbox_message = Table(
    "inbox_message",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", String(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("group_id", ForeignKey("inbox_group.id")),
    Column("state", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("intent", String(100)),
    Column("outcome", String(16)),
    Column("clauses", JSON, nullable=False),
    Column("confidence", Float),
    Column("ranking", JSON, nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("vector", LargeBinary),
    Column("claimed_until", UtcDateTime),
    UniqueConstraint("conversation_id", "seq"),
    ForeignKeyConstraint(["conversation_id", "seq"], ["message.conversation_id", "message.seq"], ondelete="CASCADE"),
    CheckConstraint("state IN ('new', 'grouped', 'dropped')", name="state"),
    Index("ix_inbox_message_group", "group_id", "created_at"),
    Index("ix_inbox_message_state", "state", "created_at"),
)

inbox_reason = Table(
    "inbox_reason",
    metadata,
    Column("message_id", ForeignKey("inbox_message.id", ondelete="CASCADE"), primary_key=True),
    Column("reason", String(16), primary_key=True),
)

# How far each kind of sign has been looked for.
inbox_progress = Table(
    "inbox_progress",
    metadata,
    Column("sign", String(16), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

# Written before the sentences of a decision are added, and completed afterwards: what a crash cuts off is carried on.
inbox_decision = Table(
    "inbox_decision",
    metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("group_id", ForeignKey("inbox_group.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("action", String(16), nullable=False),
    Column("intent", String(100)),
    Column("texts", JSON, nullable=False),
    Column("reason", String(200), nullable=False, server_default=""),
    Column("at", UtcDateTime, nullable=False),
    # Numbers of the changes; empty as long as the sentences are not added.
    Column("changes", JSON(none_as_null=True)),
    Index("ix_inbox_decision_group", "group_id", "revision"),
)
