"""Full text search finds the same on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from bot.helpdesk.conversation import ChatMessage, Conversation, Sender
from bot.helpdesk.desk import FoundMessage, Page
from bot.store.engine import make_engine
from bot.store.migrate import alembic_config
from bot.store.unit_of_work import SqlStore
from bot.text.search_words import search_words
from tests.databases import fresh_database
from tests.examples import examples
from tests.templates import Templates

START = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


# Of all scripts; capitals only of those whose small ones both databases know.
LETTERS = st.one_of(
    st.characters(min_codepoint=32, max_codepoint=0x17F),
    st.characters(whitelist_categories=["Ll", "Lo", "Nd"], max_codepoint=0xFFFF),
    st.characters(whitelist_categories=["Lu"], max_codepoint=0x52F),
    st.sampled_from(" .'\"*-:()&|!<>\t\n\u0301\u0323"),
)


async def fill(store: SqlStore, texts: Sequence[str]) -> str:
    """One conversation with these messages, a second apart."""
    key = str(uuid.uuid4())
    async with store.begin() as work:
        await work.conversations.add(Conversation(id=key, created_at=START))
        for n, body in enumerate(texts, start=1):
            seq = await work.conversations.next_seq(key)
            at = START + timedelta(seconds=n)
            await work.messages.add(ChatMessage(key, seq, Sender.CUSTOMER, body, at, client_message_id=f"m{n}"))
        await work.commit()
    return key


async def find(store: SqlStore, query: str, before: str | None = None, limit: int = 30) -> Page[FoundMessage]:
    async with store.read() as work:
        return await work.search.find(search_words(query), before, limit)


async def seqs(store: SqlStore, query: str) -> list[int]:
    return [hit.seq for hit in (await find(store, query)).items]


TEXTS = [
    "Domain TokoBatik.id belum aktif",
    "invoice INV-2026/001 sudah saya bayar",
    "Kafé saya pakai email hosting",
    "hosting lambat, domain aman",
    "alamat saya budi@tokobatik.id",
    "kafe\u0301 kedua, kode 12abc dan 1e5",
    "a_b = 'x'; DROP TABLE message; --",
]


async def test_beginnings_of_words_are_found_newest_first(store: SqlStore) -> None:
    await fill(store, TEXTS)
    expected = {
        "domain": [4, 1],
        "DOM": [4, 1],
        "hosting domain": [4],
        "tokobatik": [5, 1],
        "batik": [],
        "tokobatik.id": [5, 1],
        "budi@tokobatik.id": [5],
        "inv-2026/001": [2],
        "2026": [2],
        "kafe": [6, 3],
        "kafé": [6, 3],
        "12a": [6],
        "1e5": [6],
        "drop table": [7],
        "b": [7, 5, 2, 1],
    }
    assert {query: await seqs(store, query) for query in expected} == expected


async def test_hits_say_where_they_are(store: SqlStore) -> None:
    key = await fill(store, TEXTS)
    (hit,) = (await find(store, "lambat")).items
    assert (hit.conversation_id, hit.seq, hit.sender, hit.text) == (key, 4, Sender.CUSTOMER, TEXTS[3])
    assert (hit.state.value, hit.created_at, hit.contact_name) == ("bot", START + timedelta(seconds=4), None)


async def test_pages_give_every_hit_once(store: SqlStore) -> None:
    await fill(store, [f"kata {n}" for n in range(25)])
    found, before = [], None
    for _ in range(10):
        page = await find(store, "kata", before, 10)
        found += [hit.seq for hit in page.items]
        before = page.next
        if before is None:
            break
    assert found == list(range(25, 0, -1))


@pytest.mark.services
async def test_both_databases_find_the_same(tmp_path: Path, templates: Templates) -> None:
    """Texts and queries of the same few words and signs, so that they meet often."""
    words = st.sampled_from(
        ["domain", "Domain", "DOM\u00c1IN", "kafé", "kafe\u0301", "inv-2026", "a", "AB", '"ab', "NOT"]
    )
    signs = st.sampled_from([" ", "-", "'", '"', "*", ":*", " OR ", "&", "\\", "(", "%", "👍", "\u00a0", "é", "ñ"])
    common = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=3)
    lines = st.lists(st.one_of(words, signs, common), min_size=1, max_size=8).map("".join)
    asked: list[str] = []

    @settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
    @given(lines)
    def collect(line: str) -> None:
        asked.append(line)

    collect()
    found = []
    for kind in ("sqlite", "postgresql"):
        async with fresh_database(kind, tmp_path, templates=templates) as url:
            store = SqlStore.connect(url)
            await fill(store, asked)
            found.append([[hit.seq for hit in (await find(store, query, limit=500)).items] for query in asked])
            await store.close()
    different = [(query, *pair) for query, *pair in zip(asked, *found, strict=True) if pair[0] != pair[1]]
    assert different == []
    assert sum(map(bool, found[0])) > len(asked) / 3


@pytest.mark.parametrize(
    "query", ["", " ", "\x00", '"', "'", "* OR", "a*b", "NEAR(", "\\", "😀", "''':*", ":*", "(a", "-"]
)
async def test_operators_have_no_meaning(store: SqlStore, query: str) -> None:
    await fill(store, ["biasa saja"])
    assert await seqs(store, query) == []


async def test_no_text_is_an_error(store: SqlStore) -> None:
    await fill(store, ["halo"])

    @settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=120))
    def tried(query: str) -> None:
        queries.append(query)

    queries: list[str] = []
    tried()
    for query in queries:
        await find(store, query)


async def test_a_text_is_found_by_each_of_its_words(store: SqlStore) -> None:
    texts: list[str] = []

    @settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
    @given(st.text(LETTERS, min_size=1, max_size=80))
    def collect(value: str) -> None:
        texts.append(value)

    collect()
    key = await fill(store, texts)
    for seq, body in enumerate(texts, start=1):
        for word in search_words(body)[:3]:
            hits = (await find(store, word, limit=100)).items
            assert (key, seq) in [(hit.conversation_id, hit.seq) for hit in hits], (word, body)


async def test_what_is_changed_or_deleted_is_not_found_any_more(store: SqlStore, database_url: str) -> None:
    key = await fill(store, ["rahasia satu", "rahasia dua"])
    engine = make_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE message SET text = 'disamarkan' WHERE seq = 1"))
    assert (await seqs(store, "rahasia"), await seqs(store, "disamarkan")) == ([2], [1])
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM conversation WHERE id = :id"), {"id": key})
    assert (await seqs(store, "rahasia"), await seqs(store, "disamarkan")) == ([], [])
    await fill(store, ["rahasia tiga"])
    assert await seqs(store, "rahasia") == [1]
    await engine.dispose()


async def test_messages_of_before_the_migration_are_found(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'lama.db'}"

    def upgrade(connection: Connection, revision: str) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, "0002")
    # The store of today writes columns that were not there.
    async with engine.begin() as connection:
        await connection.execute(
            text("INSERT INTO conversation (id, owner, created_at) VALUES ('lama', 'bot', :at)"),
            {"at": START.replace(tzinfo=None)},
        )
        for seq, body in enumerate(["pesan lama", "pesan lama kedua"], start=1):
            await connection.execute(
                text(
                    "INSERT INTO message (conversation_id, seq, sender, text, created_at, buttons, clauses) "
                    "VALUES ('lama', :seq, 'customer', :body, :at, '[]', '[]')"
                ),
                {"seq": seq, "body": body, "at": (START + timedelta(seconds=seq)).replace(tzinfo=None)},
            )
    async with engine.begin() as connection:
        await connection.run_sync(upgrade, "head")
        await connection.execute(text("INSERT INTO message_search (message_search) VALUES ('integrity-check')"))
    await engine.dispose()
    store = SqlStore.connect(url)
    assert await seqs(store, "lama") == [2, 1]
    await store.close()
