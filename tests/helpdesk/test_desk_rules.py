"""What may be kept of customers and as canned replies, and what customers name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CatalogueError, InvalidMessageError, MessageTooLongError
from bot.helpdesk.canned_replies import checked_reply, checked_shortcut, checked_title, parse_shared
from bot.helpdesk.contact import checked_email, checked_name
from bot.helpdesk.desk import Entity
from bot.helpdesk.entities import named_entities
from bot.services.knowledge import ROOT, read_yaml


def test_names_and_addresses_are_kept_without_blanks_around_them() -> None:
    assert checked_name("  Budi   Santoso ") == "Budi Santoso"
    assert checked_email(" budi@tokobatik.co.id ") == "budi@tokobatik.co.id"
    assert (checked_name("  "), checked_email("")) == (None, None)


@pytest.mark.parametrize("value", [5, None, "x" * 81, "Budi\nSantoso", "Bu\x00di", "\ud800"])
def test_what_is_no_name_is_refused(value: object) -> None:
    with pytest.raises(InvalidMessageError) as raised:
        checked_name(value)
    assert raised.value.data == {"field": "name"}


@pytest.mark.parametrize(
    "value",
    [5, None, "budi", "budi@", "@id", "a b@toko.id", "budi@toko", "<b>@toko.id", f"{'x' * 250}@a.id", "a@b.\x00"],
)
def test_what_is_no_address_is_refused(value: object) -> None:
    with pytest.raises(InvalidMessageError) as raised:
        checked_email(value)
    assert raised.value.data == {"field": "email"}


@pytest.mark.parametrize("value", ["", "Halo", "a b", "a" * 33, "é", None, "a\n"])
def test_what_is_no_shortcut_is_refused(value: object) -> None:
    with pytest.raises(InvalidMessageError):
        checked_shortcut(value)


@pytest.mark.parametrize("value", ["", "  ", "x" * 81, "a\nb", 5])
def test_what_is_no_title_is_refused(value: object) -> None:
    with pytest.raises(InvalidMessageError):
        checked_title(value)


def test_a_reply_may_name_the_known_variables_only() -> None:
    text = "{salam}, Kak {nama_pelanggan}, {nama_domain} dan {nomor_invoice} dicek oleh {nama_staf}."
    assert checked_reply(text) == text
    for wrong in ("Halo {nama}", "{}", "{ salam }", "{salam!r}"):
        with pytest.raises(InvalidMessageError):
            checked_reply(wrong)
    with pytest.raises(MessageTooLongError):
        checked_reply("x" * 2001)


def test_our_own_shared_replies_are_usable() -> None:
    replies = parse_shared(read_yaml(ROOT / "data/desk/balasan.yml"))
    shortcuts = {shortcut for shortcut, _, _ in replies}
    assert {"halo", "minta-domain", "minta-invoice", "sandi", "cek", "di-luar-jam", "tutup"} <= shortcuts
    with pytest.raises(CatalogueError):
        parse_shared({"replies": [{"shortcut": "A", "title": "t", "text": "x"}]})
    with pytest.raises(CatalogueError):
        parse_shared({"replies": [{"shortcut": "a", "title": "t", "text": "x"}] * 2})


def test_each_thing_is_named_once_with_its_newest_message() -> None:
    texts = [(9, "domain TokoBatik.id lagi"), (5, "invoice INV-2026001 untuk tokobatik.id"), (1, "halo")]
    assert named_entities(texts) == [
        Entity("nama_domain", "TokoBatik.id", 9),
        Entity("nomor_invoice", "invoice INV-2026001", 5),
    ]


@given(st.lists(st.tuples(st.integers(1, 99), st.text(max_size=60)), max_size=60))
def test_there_are_never_more_entities_than_anybody_reads(texts: list[tuple[int, str]]) -> None:
    assert len(named_entities(texts)) <= 40
