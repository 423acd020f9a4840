"""Staff accounts, ownership of conversations, the queue, notes, canned replies, ratings.

Columns are added one by one and never by rebuilding a table: on SQLite dropping `conversation` would delete the
message log through its foreign key.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
EPOCH = "'1970-01-01 00:00:00'"


def upgrade() -> None:
    _staff_tables()
    _extend_conversation()
    _extend_message()
    _extend_handoff()
    _desk_tables()


def _staff_tables() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("display_name", sa.String(80), nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_secret", sa.String(64)),
        sa.Column("totp_pending", sa.String(64)),
        sa.Column("totp_step", sa.BigInteger),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME),
        sa.Column("max_chats", sa.Integer),
        sa.Column("presence", sa.String(8), nullable=False, server_default="offline"),
        sa.Column("seen_at", TIME),
        sa.Column("assigned_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
        sa.CheckConstraint("presence IN ('online', 'away', 'offline')", name="ck_staff_presence"),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(36), nullable=False),
        sa.Column("csrf_token", sa.String(64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id_staff", ondelete="CASCADE"),
    )
    op.create_index("ix_staff_session_staff", "staff_session", ["staff_id"])
    op.create_table(
        "login_throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_login_throttle"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("staff_name", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("target", sa.String(80)),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    _append_only("audit_entry")


def _append_only(table: str) -> None:
    """Let the database itself refuse to change or delete rows of `table`."""
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def _add(table: str, *definitions: str) -> None:
    """Add columns as both databases understand it; Alembic would add the checks apart, which SQLite cannot."""
    time = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    for definition in definitions:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {definition.replace('TIME', time, 1)}")


def _extend_conversation() -> None:
    # Until now staff had no accounts: who was with one of them waits for staff again.
    op.execute(
        "UPDATE conversation SET owner = CASE WHEN EXISTS (SELECT 1 FROM handoff "
        "WHERE handoff.conversation_id = conversation.id AND handoff.closed_at IS NULL) THEN 'queue' ELSE 'bot' END "
        "WHERE owner = 'agent'"
    )
    _add(
        "conversation",
        "version INTEGER DEFAULT 0 NOT NULL",
        "agent_id VARCHAR(36) CONSTRAINT fk_conversation_agent_id_staff REFERENCES staff (id)"
        " CONSTRAINT ck_conversation_agent CHECK ((owner = 'agent') = (agent_id IS NOT NULL))",
        "closed_at TIME CONSTRAINT ck_conversation_closed CHECK (closed_at IS NULL OR owner = 'bot')",
        "close_reason VARCHAR(32)",
        f"last_at TIME DEFAULT {EPOCH} NOT NULL",
        "last_text VARCHAR(160) DEFAULT '' NOT NULL",
        "last_sender VARCHAR(8)",
        "agent_read_seq INTEGER DEFAULT 0 NOT NULL",
        "customer_delivered_seq INTEGER DEFAULT 0 NOT NULL",
        "customer_read_seq INTEGER DEFAULT 0 NOT NULL",
        "contact_name VARCHAR(80)",
        "contact_email VARCHAR(254)",
    )
    op.execute(
        "UPDATE conversation SET last_at = coalesce(newest.created_at, conversation.created_at), "
        "last_text = substr(coalesce(newest.text, ''), 1, 160), last_sender = newest.sender "
        "FROM conversation AS same LEFT JOIN message AS newest "
        "ON newest.conversation_id = same.id AND newest.seq = same.last_seq WHERE same.id = conversation.id"
    )
    op.create_index("ix_conversation_last", "conversation", ["last_at", "id"])
    op.create_index("ix_conversation_owner_last", "conversation", ["owner", "last_at", "id"])
    op.create_index("ix_conversation_agent_last", "conversation", ["agent_id", "last_at", "id"])


def _extend_message() -> None:
    _add(
        "message",
        "staff_id VARCHAR(36) CONSTRAINT fk_message_staff_id_staff REFERENCES staff (id)",
        "sender_name VARCHAR(80)",
    )
    op.create_index("ix_message_created", "message", ["created_at"])


def _extend_handoff() -> None:
    _add(
        "handoff",
        "close_reason VARCHAR(32)",
        "priority INTEGER DEFAULT 0 NOT NULL",
        "place INTEGER",
        "accepted_at TIME",
        "accepted_by VARCHAR(36) CONSTRAINT fk_handoff_accepted_by_staff REFERENCES staff (id)",
        "mode VARCHAR(8) DEFAULT 'live' NOT NULL CONSTRAINT ck_handoff_mode CHECK (mode IN ('live', 'message'))",
        "notice_at TIME",
        "notices INTEGER DEFAULT 0 NOT NULL",
    )
    op.create_index("ix_handoff_created", "handoff", ["created_at"])


def _desk_tables() -> None:
    def of_conversation(table: str) -> sa.ForeignKeyConstraint:
        name = f"fk_{table}_conversation_id_conversation"
        return sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=name, ondelete="CASCADE")

    def of_staff(table: str, column: str = "staff_id") -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_{table}_{column}_staff")

    op.create_table(
        "ownership_change",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
        sa.Column("old_state", sa.String(8), nullable=False),
        sa.Column("new_state", sa.String(8), nullable=False),
        sa.Column("actor", sa.String(8), nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("old_agent_id", sa.String(36)),
        sa.Column("new_agent_id", sa.String(36)),
        sa.Column("reason", sa.String(100)),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_ownership_change"),
        of_conversation("ownership_change"),
        *(of_staff("ownership_change", column) for column in ("staff_id", "old_agent_id", "new_agent_id")),
        sa.CheckConstraint("actor IN ('customer', 'bot', 'agent', 'system')", name="ck_ownership_change_actor"),
    )
    op.create_index("ix_ownership_change_conversation", "ownership_change", ["conversation_id", "id"])
    op.create_index("ix_ownership_change_at", "ownership_change", ["at"])
    op.create_table(
        "internal_note",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("staff_id", sa.String(36), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_internal_note"),
        of_conversation("internal_note"),
        of_staff("internal_note"),
    )
    op.create_index("ix_internal_note_conversation", "internal_note", ["conversation_id", "created_at"])
    op.create_table(
        "canned_reply",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("shortcut", sa.String(32), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_reply"),
        of_staff("canned_reply"),
    )
    op.create_index(
        "uq_canned_reply_shortcut", "canned_reply", [sa.text("coalesce(staff_id, '')"), "shortcut"], unique=True
    )
    op.create_table(
        "rating",
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("rated_at", TIME),
        sa.Column("score", sa.Integer),
        sa.Column("solved", sa.Boolean),
        sa.Column("comment", sa.Text),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_rating"),
        of_conversation("rating"),
        of_staff("rating"),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="ck_rating_score"),
    )
    op.create_index("ix_rating_asked", "rating", ["asked_at"])


def downgrade() -> None:
    raise NotImplementedError("the log of who spoke when cannot be taken back; restore a backup instead")
