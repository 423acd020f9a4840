"""Reads the price list."""

from __future__ import annotations

from pathlib import Path

from bot.errors import CatalogueError
from bot.helpdesk.paid.price_list import PricedItem, parse_price_list
from bot.services.knowledge import read_yaml


def load_price_list(path: Path) -> tuple[PricedItem, ...]:
    """The items of the file at `path`. Raises CatalogueError that names what is wrong with it."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise CatalogueError(f"{path.name} must hold a list of items under `harga`, and nothing else")
    return parse_price_list(data, file=path.name)
