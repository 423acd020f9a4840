"""What the query of an address asks for."""

from __future__ import annotations

from aiohttp import web

from bot.errors import InvalidMessageError


def whole_number(request: web.Request, name: str, *, largest: int = 2**31 - 1) -> int | None:
    """The number called `name`, from 1 to `largest`; nothing where it is not given. Raises InvalidMessageError."""
    raw = request.query.get(name, "")
    if not raw:
        return None
    # Digits of other scripts are no numbers here, and a very long one is not converted at all.
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 10 and 1 <= int(raw) <= largest):
        raise InvalidMessageError(f"{name} is not a number from 1 to {largest}", field=name)
    return int(raw)
