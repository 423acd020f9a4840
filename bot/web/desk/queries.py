"""What addresses and bodies ask for, checked."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, TypeVar

from aiohttp import web

from bot.errors import InvalidMessageError, NotFoundError

E = TypeVar("E", bound=Enum)
_ID = re.compile(r"[A-Za-z0-9-]{1,36}")
_LARGEST = 2**31 - 1


def whole_number(request: web.Request, name: str, *, largest: int = _LARGEST) -> int | None:
    """The number called `name`, from 1 to `largest`; nothing where it is not given. Raises InvalidMessageError."""
    raw = request.query.get(name, "")
    if not raw:
        return None
    # Digits of other scripts are no numbers here, and a very long one is not converted at all.
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 10 and 1 <= int(raw) <= largest):
        raise InvalidMessageError(f"{name} is not a number from 1 to {largest}", field=name)
    return int(raw)


def from_zero(request: web.Request, name: str) -> int:
    """The number called `name`, from 0; 0 where it is not given. Raises InvalidMessageError."""
    return 0 if request.query.get(name) == "0" else whole_number(request, name) or 0


def choice(request: web.Request, name: str, choices: type[E], default: E) -> E:
    """The one of `choices` that is called `name`. Raises InvalidMessageError."""
    raw = request.query.get(name, "")
    try:
        return choices(raw) if raw else default
    except ValueError as error:
        raise InvalidMessageError(f"{name} is none of the choices", field=name) from error


def path_id(request: web.Request) -> str:
    """The `{id}` of the path. Raises NotFoundError for what can be no id of ours."""
    return known_id(request.match_info["id"])


def known_id(value: object) -> str:
    """`value`, if it can be an id of ours. Raises NotFoundError: some texts no database even takes."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise NotFoundError("no id of ours")
    return value


def sequence_number(body: dict[str, Any], name: str) -> int:
    """A sequence number in a JSON object, 0 where it is missing. Raises InvalidMessageError."""
    value = body.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise InvalidMessageError(f"{name} is not a sequence number", field=name)
    return value
