"""Paid support: requests, quotes, invoices, payments, and cards in the message log.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("message", sa.Column("card", sa.JSON))
    _requests()
    _billing()
    _append_only("paid_change")


def _requests() -> None:
    op.create_table(
        "paid_request",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("conversation_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("need", sa.Text, nullable=False),
        sa.Column("target", sa.String(300), nullable=False),
        sa.Column("urgency", sa.String(12), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(20)),
        sa.Column("capacity_gb", sa.Integer),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("quote", sa.Integer, server_default="0", nullable=False),
        sa.Column("invoice", sa.String(20)),
        sa.Column("out_of_field", sa.Boolean, server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer, server_default="0", nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("expires_at", TIME),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("score", sa.Integer),
        sa.CheckConstraint("NOT out_of_field OR state = 'declined'", name="ck_paid_request_out_of_field"),
        sa.CheckConstraint("kind IN ('extra', 'revision', 'migration')", name="ck_paid_request_kind"),
        sa.CheckConstraint(
            "state IN ('requested', 'quoted', 'accepted', 'awaiting_payment', 'paid', 'in_progress', 'done', "
            "'declined', 'expired', 'cancelled', 'refunded')",
            name="ck_paid_request_state",
        ),
        sa.CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="ck_paid_request_contact"),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="ck_paid_request_score"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_paid_request_conversation_id_conversation"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_paid_request_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_paid_request"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_paid_request_conversation_id_seq"),
        sa.UniqueConstraint("reference", name="uq_paid_request_reference"),
    )
    op.create_index(
        "ix_paid_request_expires",
        "paid_request",
        ["expires_at"],
        sqlite_where=sa.text("expires_at IS NOT NULL"),
        postgresql_where=sa.text("expires_at IS NOT NULL"),
    )
    op.create_index("ix_paid_request_state", "paid_request", ["state", "updated_at", "id"])
    op.create_index("ix_paid_request_updated", "paid_request", ["updated_at", "id"])
    op.create_table(
        "paid_change",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("event", sa.String(12), nullable=False),
        sa.Column("old_state", sa.String(16), nullable=False),
        sa.Column("new_state", sa.String(16), nullable=False),
        sa.Column("quote", sa.Integer, nullable=False),
        sa.Column("invoice", sa.String(20)),
        sa.Column("out_of_field", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(8), nullable=False),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("reason", sa.String(1000)),
        sa.Column("key", sa.String(100)),
        sa.CheckConstraint("actor IN ('customer', 'staff', 'system')", name="ck_paid_change_actor"),
        sa.ForeignKeyConstraint(["request_id"], ["paid_request.id"], name="fk_paid_change_request_id_paid_request"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_paid_change_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_paid_change"),
        sa.UniqueConstraint("request_id", "key", name="uq_paid_change_request_id_key"),
        sa.UniqueConstraint("request_id", "version", name="uq_paid_change_request_id_version"),
    )
    op.create_index("ix_paid_change_at", "paid_change", ["at"])
    op.create_table(
        "paid_quote",
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("tax_rate", sa.String(8), nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("valid_until", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(36)),
        sa.Column("note", sa.Text),
        sa.Column("issued_at", TIME),
        sa.Column("approved_by", sa.String(36)),
        sa.Column("key", sa.String(100)),
        sa.CheckConstraint("total > 0", name="ck_paid_quote_total"),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name="fk_paid_quote_approved_by_staff"),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name="fk_paid_quote_created_by_staff"),
        sa.ForeignKeyConstraint(["request_id"], ["paid_request.id"], name="fk_paid_quote_request_id_paid_request"),
        sa.PrimaryKeyConstraint("request_id", "number", name="pk_paid_quote"),
    )
    op.create_index("ix_paid_quote_key", "paid_quote", ["request_id", "key"])
    op.create_table(
        "paid_work",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("staff_id", sa.String(36), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.CheckConstraint("minutes >= 0", name="ck_paid_work_minutes"),
        sa.ForeignKeyConstraint(["request_id"], ["paid_request.id"], name="fk_paid_work_request_id_paid_request"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_paid_work_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_paid_work"),
        sa.UniqueConstraint("request_id", "key", name="uq_paid_work_request_id_key"),
    )


def _billing() -> None:
    op.create_table(
        "invoice_counter",
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_invoice_counter"),
    )
    op.create_table(
        "paid_invoice",
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("quote", sa.Integer, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("issued_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.CheckConstraint("amount > 0", name="ck_paid_invoice_amount"),
        sa.ForeignKeyConstraint(
            ["request_id", "quote"],
            ["paid_quote.request_id", "paid_quote.number"],
            name="fk_paid_invoice_request_id_quote_paid_quote",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_paid_invoice"),
        sa.UniqueConstraint("request_id", "quote", name="uq_paid_invoice_request_id_quote"),
    )
    op.create_table(
        "paid_payment",
        sa.Column("order_id", sa.String(50), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False),
        sa.Column("invoice", sa.String(20), nullable=False),
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("unique_code", sa.Integer),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, server_default="0", nullable=False),
        sa.Column("next_try_at", TIME),
        sa.Column("settled_at", TIME),
        sa.Column("returned_at", TIME),
        sa.Column("transaction_id", sa.String(100)),
        sa.Column("evidence", sa.Text),
        sa.Column("staff_id", sa.String(36)),
        sa.Column("instructions", sa.JSON),
        sa.CheckConstraint(
            "state IN ('opening', 'pending', 'settled', 'failed', 'surplus', 'returned')", name="ck_paid_payment_state"
        ),
        sa.CheckConstraint("amount > 0", name="ck_paid_payment_amount"),
        sa.CheckConstraint("unique_code BETWEEN 1 AND 999", name="ck_paid_payment_unique_code"),
        sa.ForeignKeyConstraint(["invoice"], ["paid_invoice.number"], name="fk_paid_payment_invoice_paid_invoice"),
        sa.ForeignKeyConstraint(["request_id"], ["paid_request.id"], name="fk_paid_payment_request_id_paid_request"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_paid_payment_staff_id_staff"),
        sa.PrimaryKeyConstraint("order_id", name="pk_paid_payment"),
    )
    op.create_index(
        "ix_paid_payment_next_try",
        "paid_payment",
        ["next_try_at"],
        sqlite_where=sa.text("next_try_at IS NOT NULL"),
        postgresql_where=sa.text("next_try_at IS NOT NULL"),
    )
    op.create_index("ix_paid_payment_request", "paid_payment", ["request_id", "opened_at"])
    op.create_index(
        "uq_paid_payment_amount",
        "paid_payment",
        ["amount"],
        unique=True,
        sqlite_where=sa.text("unique_code IS NOT NULL AND state IN ('opening', 'pending')"),
        postgresql_where=sa.text("unique_code IS NOT NULL AND state IN ('opening', 'pending')"),
    )
    op.create_index(
        "uq_paid_payment_settled",
        "paid_payment",
        ["invoice"],
        unique=True,
        sqlite_where=sa.text("state = 'settled'"),
        postgresql_where=sa.text("state = 'settled'"),
    )
    op.create_table(
        "bank_line",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("booked_on", sa.Date, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("order_id", sa.String(50)),
        sa.Column("imported_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["paid_payment.order_id"], name="fk_bank_line_order_id_paid_payment"),
        sa.PrimaryKeyConstraint("digest", name="pk_bank_line"),
    )
    op.create_table(
        "payment_notification",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("order_id", sa.String(50)),
        sa.Column("verdict", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_notification"),
    )
    op.create_index("ix_payment_notification_at", "payment_notification", ["at"])


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


def downgrade() -> None:
    raise NotImplementedError("what was paid cannot be taken back; restore a backup instead")
