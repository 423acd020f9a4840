"""Accounts of staff, their sessions, and who did what."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from bot.store.tables.base import UtcDateTime, metadata

staff = Table(
    "staff",
    metadata,
    Column("id", String(36), primary_key=True),
    # In lower case.
    Column("username", String(64), nullable=False, unique=True),
    Column("display_name", String(80), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text, nullable=False),
    # Base32; `pending` until the first code from it was right.
    Column("totp_secret", String(64)),
    Column("totp_pending", String(64)),
    # The newest time step whose code was used: none is good twice.
    Column("totp_step", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    # Most chats at a time; empty: the setting for all.
    Column("max_chats", Integer),
    Column("presence", String(8), nullable=False, server_default="offline"),
    # The console was last heard of, and a chat was last assigned.
    Column("seen_at", UtcDateTime),
    Column("assigned_at", UtcDateTime),
    CheckConstraint("presence IN ('online', 'away', 'offline')", name="presence"),
)

staff_session = Table(
    "staff_session",
    metadata,
    # SHA-256 of the cookie: who reads the table cannot sign in with it.
    Column("id", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("csrf_token", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_staff_session_staff", "staff_id"),
)

# Failed sign-ins of an account or an address; the key is a keyed hash of either.
login_throttle = Table(
    "login_throttle",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

# Append-only: triggers refuse any change.
audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    # No foreign key: what somebody did outlives their account.
    Column("staff_id", String(36)),
    Column("staff_name", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("target", String(80)),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_entry_at", "at"),
)
