"""Conversations, the message log, handoffs.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(8), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False, server_default="0"),
        sa.Column("customer_seq", sa.Integer, nullable=False, server_default="0"),
        sa.Column("answered_seq", sa.Integer, nullable=False, server_default="0"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt_at", TIME),
        sa.Column("lease_holder", sa.String(64)),
        sa.Column("lease_until", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.CheckConstraint("owner IN ('bot', 'queue', 'agent')", name="ck_conversation_owner"),
        sa.CheckConstraint("answered_seq <= customer_seq AND customer_seq <= last_seq", name="ck_conversation_order"),
    )
    work = sa.text("customer_seq > answered_seq")
    op.create_index(
        "ix_conversation_work", "conversation", ["next_attempt_at"], sqlite_where=work, postgresql_where=work
    )
    op.create_table(
        "message",
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("sender", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("client_message_id", sa.String(64)),
        sa.Column("payload", sa.String(200)),
        sa.Column("buttons", sa.JSON, nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("clauses", sa.JSON, nullable=False),
        sa.Column("reply_to", sa.Integer),
        sa.Column("intent", sa.String(100)),
        sa.Column("confidence", sa.Float),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_message"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_message_conversation_id_conversation", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "conversation_id", "client_message_id", name="uq_message_conversation_id_client_message_id"
        ),
        sa.CheckConstraint("sender IN ('customer', 'bot', 'agent', 'system')", name="ck_message_sender"),
        sa.CheckConstraint("seq >= 1", name="ck_message_seq"),
    )
    op.create_table(
        "handoff",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(100), nullable=False),
        sa.Column("requested_seq", sa.Integer, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_handoff"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_handoff_conversation_id_conversation", ondelete="CASCADE"
        ),
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_handoff_open",
        "handoff",
        ["conversation_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    op.drop_table("handoff")
    op.drop_table("message")
    op.drop_table("conversation")
