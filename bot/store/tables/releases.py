"""Versions of the model, the jobs that make and serve them, and what a candidate would have said."""

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.store.tables.base import UtcDateTime, metadata

trainer_job = Table(
    "trainer_job",
    metadata,
    Column("order", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # 1 while it waits or runs, then NULL: the unique index lets only one job be there at a time.
    Column("active", Integer, unique=True),
    Column("stage", Text, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("remaining", Float),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("by_id", String(36)),
    Column("by_name", String(100), nullable=False),
    Column("version", Integer),
    Column("problem", Text),
    # What was asked, as JSON.
    Column("asked", Text, nullable=False),
    # Whose key it is and the key that the client made: the same again is the same job.
    Column("key", String(128), nullable=False, unique=True),
    Column("cancel_asked", Boolean, nullable=False),
    # Who runs it, and until when that holds without another sign of life.
    Column("holder", String(64)),
    Column("lease_until", UtcDateTime),
    CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
)

model_version = Table(
    "model_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    # A file name in HELPDESK_HOME/models/versions.
    Column("file", String(200), nullable=False),
    Column("frame", String(64), nullable=False),
    Column("data_digest", String(64), nullable=False),
    Column("trained_at", UtcDateTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("by_id", String(36)),
    Column("by_name", String(100), nullable=False),
    Column("note", Text, nullable=False),
    Column("sentences", Integer, nullable=False),
    # The newest change of the training data that it was trained with; 0 for none.
    Column("change_number", Integer, nullable=False),
    Column("published_at", UtcDateTime),
    Column("published_by", String(100)),
    Column("override", Text),
    # As JSON: figures of the comparison, gates, the version it was compared with.
    Column("scores", Text, nullable=False),
    Column("gates", Text, nullable=False),
    Column("against", Integer),
    CheckConstraint("state IN ('candidate', 'live', 'former', 'discarded')", name="state"),
)

# The one row says which version answers customers, and in which of the Rasa servers.
serving = Table(
    "serving",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", ForeignKey("model_version.number"), nullable=False),
    Column("slot", String(16), nullable=False),
    # The former version stays loaded for a while, so that it can be taken back at once.
    Column("standby_version", Integer),
    Column("standby_slot", String(16)),
    Column("standby_until", UtcDateTime),
    # A candidate that hears what customers write, and says nothing.
    Column("shadow_version", Integer),
    Column("shadow_since", UtcDateTime),
    Column("shadow_seen", Integer, nullable=False),
    Column("shadow_different", Integer, nullable=False),
    CheckConstraint("id = 1", name="one"),
)

shadow_difference = Table(
    "shadow_difference",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("version", Integer, nullable=False),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # Masked.
    Column("text", Text, nullable=False),
    # {intent, outcome, clauses, confidence} as JSON.
    Column("live", Text, nullable=False),
    Column("candidate", Text, nullable=False),
    Index("uq_shadow_difference_message", "version", "conversation_id", "seq", unique=True),
)
