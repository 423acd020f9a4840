"""The price list that staff quote from: data/desk/harga.yml. A price that nobody has filled in is no price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import CatalogueError, PaidSupportError
from bot.helpdesk.paid.money import checked_rupiah

_LONGEST_NAME, _LONGEST_UNIT, _LONGEST_NOTE = 200, 20, 300
_KEYS = frozenset({"nama", "satuan", "harga", "keterangan"})


@dataclass(frozen=True)
class PricedItem:
    """A kind of work. Without a `price`, in whole rupiah for one `unit`, staff write one into the quote."""

    name: str
    unit: str
    price: int | None
    note: str | None = None


def parse_price_list(data: Mapping[str, Any], *, file: str = "harga.yml") -> tuple[PricedItem, ...]:
    """The items in the order of the file. Raises CatalogueError that names the item and what is wrong with it."""
    rows = data.get("harga")
    if not isinstance(rows, list) or set(data) != {"harga"}:
        raise CatalogueError(f"{file} must hold a list of items under `harga`, and nothing else")
    items = tuple(_item(f"{file}: item {number}", row) for number, row in enumerate(rows, 1))
    seen: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        earlier = seen.setdefault(item.name.casefold(), number)
        if earlier != number:
            raise CatalogueError(f"{file}: items {earlier} and {number} have the same `nama`, {item.name!r}")
    return items


def _item(at: str, row: object) -> PricedItem:
    if not isinstance(row, dict):
        raise CatalogueError(f"{at} is no mapping with `nama`, `satuan` and `harga`")
    if unknown := [key for key in row if key not in _KEYS]:
        raise CatalogueError(f"{at} holds {unknown[0]!r}, which there is not; known are {', '.join(sorted(_KEYS))}")
    name = _words(at, row, "nama", _LONGEST_NAME)
    at = f"{at} ({name})"
    if "harga" not in row:
        raise CatalogueError(f"{at} has no `harga`; write `harga: null` where there is no price yet")
    return PricedItem(
        name=name,
        unit=_words(at, row, "satuan", _LONGEST_UNIT),
        price=_price(at, row["harga"]),
        note=None if row.get("keterangan") is None else _words(at, row, "keterangan", _LONGEST_NOTE),
    )


def _words(at: str, row: Mapping[str, Any], key: str, longest: int) -> str:
    value = row.get(key)
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > longest or not text.isprintable():
        raise CatalogueError(f"{at}: `{key}` is no text of 1 to {longest} characters in one line")
    return text


def _price(at: str, value: object) -> int | None:
    try:
        return None if value is None else checked_rupiah(value, field="harga")
    except PaidSupportError as error:
        raise CatalogueError(
            f"{at}: `harga` is {value!r}, not an amount in whole rupiah; write 150000, without Rp, dots and commas"
        ) from error
