"""The price list: the one that is shipped, and what a slip of the keyboard is told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import CatalogueError
from bot.helpdesk.paid.price_list import PricedItem, parse_price_list
from bot.services.knowledge import ROOT, read_yaml

_ITEM = {"nama": "Instalasi CMS", "satuan": "situs", "harga": 150000}


def test_the_shipped_list_can_be_read_and_invents_no_price() -> None:
    items = parse_price_list(read_yaml(ROOT / "data/desk/harga.yml"))
    assert len(items) >= 5
    assert {item.price for item in items} == {None}


def test_prices_units_and_notes_are_read() -> None:
    data = {"harga": [_ITEM, {**_ITEM, "nama": " Konsultasi ", "harga": None, "keterangan": "per jam"}]}
    assert parse_price_list(data) == (
        PricedItem("Instalasi CMS", "situs", 150_000),
        PricedItem("Konsultasi", "situs", None, "per jam"),
    )
    assert parse_price_list({"harga": [{**_ITEM, "harga": 0}]})[0].price == 0
    assert parse_price_list({"harga": []}) == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "must hold a list"),
        ({"harga": {}}, "must hold a list"),
        ({"harga": [], "prices": []}, "nothing else"),
        ({"harga": ["CMS"]}, "item 1 is no mapping"),
        ({"harga": [_ITEM, {**_ITEM, "nama": ""}]}, "item 2: `nama`"),
        ({"harga": [{**_ITEM, "nama": 7}]}, "item 1: `nama`"),
        ({"harga": [{**_ITEM, "nama": "a\nb"}]}, "in one line"),
        ({"harga": [{**_ITEM, "satuan": None}]}, r"item 1 \(Instalasi CMS\): `satuan`"),
        ({"harga": [{"nama": "Instalasi CMS", "satuan": "situs"}]}, "harga: null"),
        ({"harga": [{**_ITEM, "harga": "Rp150.000"}]}, "'Rp150.000', not an amount in whole rupiah"),
        ({"harga": [{**_ITEM, "harga": 150.5}]}, "150.5, not an amount"),
        ({"harga": [{**_ITEM, "harga": 150.000}]}, "write 150000"),
        ({"harga": [{**_ITEM, "harga": -1}]}, "-1, not an amount"),
        ({"harga": [{**_ITEM, "harga": True}]}, "True, not an amount"),
        ({"harga": [{**_ITEM, "diskon": 1}]}, "'diskon', which there is not"),
        ({"harga": [_ITEM, {**_ITEM, "nama": "INSTALASI cms"}]}, "items 1 and 2 have the same"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_told_with_the_item(data: dict[str, Any], told: str) -> None:
    with pytest.raises(CatalogueError, match=told):
        parse_price_list(data, file="harga.yml")
