"""Changes of the training data, with who and why.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The journal, and what the console knows of the files."""
    op.create_table(
        "training_change",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("intent", sa.String(100)),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("to_intent", sa.String(100)),
        sa.Column("reason", sa.String(200), nullable=False, server_default=""),
        sa.Column("undoes", sa.Integer),
        sa.Column("undone_by", sa.Integer),
        sa.Column("version", sa.Integer),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("splices", sa.JSON, nullable=False),
        sa.Column("key", sa.String(80)),
        sa.UniqueConstraint("key", name="uq_training_change_key"),
        sa.CheckConstraint("state IN ('planned', 'done', 'refused')", name="ck_training_change_state"),
    )
    op.create_index("ix_training_change_state", "training_change", ["state", "version"])
    op.create_table(
        "project_file",
        sa.Column("path", sa.String(255), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Takes both away."""
    op.drop_table("project_file")
    op.drop_table("training_change")
