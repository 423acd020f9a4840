"""Versions of the model and the jobs that make them.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Jobs, versions, what is served, and what a candidate would have said."""
    op.create_table(
        "trainer_job",
        sa.Column("order", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("active", sa.Integer, unique=True),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("remaining", sa.Float),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("started_at", TIME),
        sa.Column("finished_at", TIME),
        sa.Column("by_id", sa.String(36)),
        sa.Column("by_name", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("problem", sa.Text),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("key", sa.String(128), nullable=False, unique=True),
        sa.Column("cancel_asked", sa.Boolean, nullable=False),
        sa.Column("holder", sa.String(64)),
        sa.Column("lease_until", TIME),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"),
    )
    op.create_table(
        "model_version",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("frame", sa.String(64), nullable=False),
        sa.Column("data_digest", sa.String(64), nullable=False),
        sa.Column("trained_at", TIME, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("by_id", sa.String(36)),
        sa.Column("by_name", sa.String(100), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("sentences", sa.Integer, nullable=False),
        sa.Column("change_number", sa.Integer, nullable=False),
        sa.Column("published_at", TIME),
        sa.Column("published_by", sa.String(100)),
        sa.Column("override", sa.Text),
        sa.Column("scores", sa.Text, nullable=False),
        sa.Column("gates", sa.Text, nullable=False),
        sa.Column("against", sa.Integer),
        sa.CheckConstraint("state IN ('candidate', 'live', 'former', 'discarded')", name="state"),
    )
    op.create_table(
        "serving",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, sa.ForeignKey("model_version.number"), nullable=False),
        sa.Column("slot", sa.String(16), nullable=False),
        sa.Column("standby_version", sa.Integer),
        sa.Column("standby_slot", sa.String(16)),
        sa.Column("standby_until", TIME),
        sa.Column("shadow_version", sa.Integer),
        sa.Column("shadow_since", TIME),
        sa.Column("shadow_seen", sa.Integer, nullable=False),
        sa.Column("shadow_different", sa.Integer, nullable=False),
        sa.CheckConstraint("id = 1", name="one"),
    )
    op.create_table(
        "shadow_difference",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "conversation_id", sa.String(36), sa.ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("live", sa.Text, nullable=False),
        sa.Column("candidate", sa.Text, nullable=False),
    )
    op.create_index(
        "uq_shadow_difference_message", "shadow_difference", ["version", "conversation_id", "seq"], unique=True
    )


def downgrade() -> None:
    """Back to models that only the supervisor knows."""
    for table in ("shadow_difference", "serving", "model_version", "trainer_job"):
        op.drop_table(table)
