"""Indexes for the desk's lists, and full text search over the message log.

SQLite: an FTS5 index over a view of the log, kept by triggers. The rows of `message` have no lasting number of their
own (VACUUM may give them others), so `message_search_key` gives each one, rising as the log grows.
PostgreSQL: a GIN index over an expression of the text. Both cut words at everything but letters and digits, and fold
case and accents, so that a search finds the same on both (bot.text.search_words).

Revision ID: 0003
Revises: 0002
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Latin letters with accents, and what is left without; the marks of letters written in two parts go altogether.
_ACCENTED = [
    character
    for character in map(chr, [*range(0xDF, 0x180), *range(0x1E00, 0x1F00)])
    if character.islower() and len(unicodedata.normalize("NFD", character)) > 1
]
_PLAIN = "".join(unicodedata.normalize("NFD", character)[0] for character in _ACCENTED)
_MARKS = "".join(map(chr, range(0x300, 0x370)))


def upgrade() -> None:
    for name, where in (
        ("ix_conversation_bot_last", "owner = 'bot' AND closed_at IS NULL"),
        ("ix_conversation_closed_last", "closed_at IS NOT NULL"),
        ("ix_conversation_unread", "owner <> 'bot' AND customer_seq > agent_read_seq"),
    ):
        condition = sa.text(where)
        op.create_index(name, "conversation", ["last_at", "id"], sqlite_where=condition, postgresql_where=condition)
    # For the figures of a range of days.
    op.create_index("ix_conversation_created", "conversation", ["created_at"])
    op.create_index("ix_handoff_conversation", "handoff", ["conversation_id", "created_at"])
    if op.get_bind().dialect.name == "postgresql":
        _search_on_postgresql()
    else:
        _search_on_sqlite()


def _search_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION message_search_text(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS "
        "$$ SELECT regexp_replace(CASE WHEN octet_length($1) = char_length($1) THEN lower($1) "
        # Ten times slower than all the rest, and needed for few texts only.
        f"ELSE translate(lower($1), '{''.join(_ACCENTED)}{_MARKS}', '{_PLAIN}') END, "
        "'[^[:alnum:]]+', ' ', 'g') $$"
    )
    op.execute("CREATE INDEX message_search ON message USING gin (to_tsvector('simple', message_search_text(text)))")


def _search_on_sqlite() -> None:
    op.execute(
        "CREATE TABLE message_search_key (id INTEGER PRIMARY KEY, conversation_id VARCHAR(36) NOT NULL, "
        "seq INTEGER NOT NULL, UNIQUE (conversation_id, seq))"
    )
    op.execute(
        "CREATE VIEW message_search_text AS SELECT message_search_key.id AS id, message.text AS text "
        "FROM message_search_key JOIN message USING (conversation_id, seq)"
    )
    op.execute(
        "CREATE VIRTUAL TABLE message_search USING fts5(text, content='message_search_text', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 2 categories 'L* Nd'\", prefix='2 3 4')"
    )
    op.execute(
        "INSERT INTO message_search_key (conversation_id, seq) "
        "SELECT conversation_id, seq FROM message ORDER BY created_at, conversation_id, seq"
    )
    op.execute("INSERT INTO message_search (rowid, text) SELECT id, text FROM message_search_text ORDER BY id")
    op.execute(
        "CREATE TRIGGER message_search_add AFTER INSERT ON message BEGIN "
        "INSERT INTO message_search_key (conversation_id, seq) VALUES (new.conversation_id, new.seq); "
        "INSERT INTO message_search (rowid, text) VALUES (last_insert_rowid(), new.text); END"
    )
    # Constants only below, no values.
    number = "(SELECT id FROM message_search_key WHERE conversation_id = old.conversation_id AND seq = old.seq)"
    forget = f"INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', {number}, old.text);"  # noqa: S608
    op.execute(
        f"CREATE TRIGGER message_search_change AFTER UPDATE OF text ON message BEGIN {forget} "  # noqa: S608
        f"INSERT INTO message_search (rowid, text) VALUES ({number}, new.text); END"
    )
    op.execute(
        f"CREATE TRIGGER message_search_remove BEFORE DELETE ON message BEGIN {forget} "  # noqa: S608
        "DELETE FROM message_search_key WHERE conversation_id = old.conversation_id AND seq = old.seq; END"
    )


def downgrade() -> None:
    raise NotImplementedError("the log of who spoke when cannot be taken back; restore a backup instead")
