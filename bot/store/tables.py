"""The tables. Times are stored in UTC; the types work alike on SQLite and PostgreSQL."""

from datetime import datetime, timezone

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite keeps no zone, so it is put back when reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime must not reach the store")
        return None if value is None else value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


conversation = Table(
    "conversation",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("customer_seq", Integer, nullable=False, server_default="0"),
    Column("answered_seq", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("lease_holder", String(64)),
    Column("lease_until", UtcDateTime),
    CheckConstraint("owner IN ('bot', 'queue', 'agent')", name="owner"),
    CheckConstraint("answered_seq <= customer_seq AND customer_seq <= last_seq", name="order"),
    # Only conversations with work for the bot are in this index: it stays small however many there are.
    Index(
        "ix_conversation_work",
        "next_attempt_at",
        sqlite_where=text("customer_seq > answered_seq"),
        postgresql_where=text("customer_seq > answered_seq"),
    ),
)

message = Table(
    "message",
    metadata,
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sender", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("client_message_id", String(64)),
    Column("payload", String(200)),
    Column("buttons", JSON, nullable=False),
    Column("outcome", String(16)),
    Column("clauses", JSON, nullable=False),
    Column("reply_to", Integer),
    Column("intent", String(100)),
    Column("confidence", Float),
    UniqueConstraint("conversation_id", "client_message_id"),
    CheckConstraint("sender IN ('customer', 'bot', 'agent', 'system')", name="sender"),
    CheckConstraint("seq >= 1", name="seq"),
)

handoff = Table(
    "handoff",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String(100), nullable=False),
    Column("requested_seq", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    # At most one open request a conversation.
    Index(
        "uq_handoff_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)
