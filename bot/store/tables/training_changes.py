"""The journal of what trainers change in the files of the project."""

from sqlalchemy import JSON, CheckConstraint, Column, Index, Integer, String, Table, Text

from bot.store.tables.base import UtcDateTime, metadata

training_change = Table(
    "training_change",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    # No foreign key: what somebody did outlives their account.
    Column("staff_id", String(36)),
    Column("by", String(80), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("action", String(10), nullable=False),
    Column("intent", String(100)),
    Column("before", Text),
    Column("after", Text),
    Column("to_intent", String(100)),
    Column("reason", String(200), nullable=False, server_default=""),
    Column("undoes", Integer),
    Column("undone_by", Integer),
    # The version of the model that was trained with it and published first.
    Column("version", Integer),
    # Written ahead: `planned` until all files are.
    Column("state", String(10), nullable=False),
    Column("splices", JSON, nullable=False),
    Column("key", String(80), unique=True),
    CheckConstraint("state IN ('planned', 'done', 'refused')", name="state"),
    Index("ix_training_change_state", "state", "version"),
)

# The content that the console last wrote or noticed: another one was edited by hand.
project_file = Table(
    "project_file",
    metadata,
    Column("path", String(255), primary_key=True),
    Column("digest", String(64), nullable=False),
)
