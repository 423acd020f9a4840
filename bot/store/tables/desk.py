"""What support agents work with: requests for a person, changes of ownership, notes, replies, ratings."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from bot.store.tables.base import UtcDateTime, metadata

handoff = Table(
    "handoff",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String(100), nullable=False),
    Column("requested_seq", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("close_reason", String(32)),
    # Returned to the queue: before all others.
    Column("priority", Integer, nullable=False, server_default="0"),
    # The place in the queue when it was asked, for honest waiting estimates.
    Column("place", Integer),
    Column("accepted_at", UtcDateTime),
    Column("accepted_by", ForeignKey("staff.id")),
    # `live`: the customer waits in the chat; `message`: left a message and an address instead.
    Column("mode", String(8), nullable=False, server_default="live"),
    # When the customer is told next that nobody has come yet.
    Column("notice_at", UtcDateTime),
    Column("notices", Integer, nullable=False, server_default="0"),
    CheckConstraint("mode IN ('live', 'message')", name="mode"),
    Index("ix_handoff_created", "created_at"),
    Index("ix_handoff_conversation", "conversation_id", "created_at"),
    # At most one open request a conversation.
    Index(
        "uq_handoff_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

# One row for each change of who speaks; never changed afterwards.
ownership_change = Table(
    "ownership_change",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("event", String(24), nullable=False),
    Column("old_state", String(8), nullable=False),
    Column("new_state", String(8), nullable=False),
    Column("actor", String(8), nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("old_agent_id", ForeignKey("staff.id")),
    Column("new_agent_id", ForeignKey("staff.id")),
    Column("reason", String(100)),
    Column("note", Text),
    CheckConstraint("actor IN ('customer', 'bot', 'agent', 'system')", name="actor"),
    Index("ix_ownership_change_conversation", "conversation_id", "id"),
    Index("ix_ownership_change_at", "at"),
)

internal_note = Table(
    "internal_note",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("staff_id", ForeignKey("staff.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_internal_note_conversation", "conversation_id", "created_at"),
)

# Without an owner it is shared by all.
canned_reply = Table(
    "canned_reply",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("staff_id", ForeignKey("staff.id")),
    Column("shortcut", String(32), nullable=False),
    Column("title", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("uq_canned_reply_shortcut", text("coalesce(staff_id, '')"), "shortcut", unique=True),
)

# Asked once a conversation; `solved` and `score` are empty as long as the customer has not answered.
rating = Table(
    "rating",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("staff_id", ForeignKey("staff.id")),
    Column("rated_at", UtcDateTime),
    Column("score", Integer),
    Column("solved", Boolean),
    Column("comment", Text),
    CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    Index("ix_rating_asked", "asked_at"),
)
