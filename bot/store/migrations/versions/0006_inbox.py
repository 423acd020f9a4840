"""The trainers' inbox.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Groups, their messages and reasons, how far was looked, and decisions."""
    _groups()
    _messages()
    op.create_table(
        "inbox_progress",
        sa.Column("sign", sa.String(16), primary_key=True),
        sa.Column("until", _TIME, nullable=False),
    )
    op.create_table(
        "inbox_decision",
        sa.Column("staff_id", sa.String(36), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("group_id", sa.String(36), sa.ForeignKey("inbox_group.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("intent", sa.String(100)),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False, server_default=""),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("changes", sa.JSON),
    )
    op.create_index("ix_inbox_decision_group", "inbox_decision", ["group_id", "revision"])


def _groups() -> None:
    op.create_table(
        "inbox_group",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("leader", sa.LargeBinary, nullable=False),
        sa.Column("encoder", sa.String(200), nullable=False),
        sa.Column("topic", sa.String(100), nullable=False, server_default=""),
        sa.Column("gain", sa.Integer, nullable=False, server_default="0"),
        sa.Column("size", sa.Integer, nullable=False, server_default="0"),
        sa.Column("newest_at", _TIME, nullable=False),
        sa.Column("middle_id", sa.String(36)),
        sa.Column("suggests_new_topic", sa.Boolean, nullable=False),
        sa.Column("skipped_until", _TIME),
        sa.Column("sent_to", sa.String(36), sa.ForeignKey("staff.id")),
        sa.Column("sent_by", sa.String(36), sa.ForeignKey("staff.id")),
        sa.Column("note", sa.String(200), nullable=False, server_default=""),
        sa.Column("decided_action", sa.String(16)),
        sa.Column("decided_intent", sa.String(100)),
        sa.Column("decided_by", sa.String(36), sa.ForeignKey("staff.id")),
        sa.Column("decided_at", _TIME),
        sa.CheckConstraint("state IN ('open', 'done', 'ignored')", name="ck_inbox_group_state"),
    )
    op.create_index("ix_inbox_group_gain", "inbox_group", ["state", "gain", "id"])
    op.create_index("ix_inbox_group_newest", "inbox_group", ["state", "newest_at", "id"])
    op.create_index("ix_inbox_group_sent", "inbox_group", ["sent_to", "state"])


def _messages() -> None:
    op.create_table(
        "inbox_message",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("group_id", sa.String(36), sa.ForeignKey("inbox_group.id")),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("intent", sa.String(100)),
        sa.Column("outcome", sa.String(16)),
        sa.Column("clauses", sa.JSON, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("ranking", sa.JSON, nullable=False),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("claimed_until", _TIME),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_inbox_message_conversation_id_seq"),
        sa.ForeignKeyConstraint(
            ["conversation_id", "seq"], ["message.conversation_id", "message.seq"], ondelete="CASCADE"
        ),
        sa.CheckConstraint("state IN ('new', 'grouped', 'dropped')", name="ck_inbox_message_state"),
    )
    op.create_index("ix_inbox_message_group", "inbox_message", ["group_id", "created_at"])
    op.create_index("ix_inbox_message_state", "inbox_message", ["state", "created_at"])
    op.create_table(
        "inbox_reason",
        sa.Column("message_id", sa.String(36), sa.ForeignKey("inbox_message.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("reason", sa.String(16), primary_key=True),
    )


def downgrade() -> None:
    """Takes all away."""
    for name in ("inbox_decision", "inbox_progress", "inbox_reason", "inbox_message", "inbox_group"):
        op.drop_table(name)
