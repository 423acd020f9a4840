"""What bodies and addresses of the trainer console ask for, checked."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.errors import InvalidMessageError, NotFoundError
from bot.services.releases.jobs import checked_key
from bot.web.desk.queries import whole_number

_MOST = 100


def change_key(body: dict[str, Any]) -> str:
    """The `key` of a change. Raises InvalidMessageError (field `key`)."""
    return checked_key(body.get("key"))


def optional_text(body: dict[str, Any], name: str) -> str:
    """A text that may be missing. Raises InvalidMessageError naming it."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidMessageError(f"{name} is not a string", field=name)
    return value


def path_number(request: web.Request) -> int:
    """The `{number}` of the path. Raises NotFoundError for what can be no number of ours."""
    raw = request.match_info["number"]
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9):
        raise NotFoundError("no such number")
    return int(raw)


def page_limit(request: web.Request, default: int = 50) -> int:
    """`limit` of a list, 1 to 100. Raises InvalidMessageError."""
    return whole_number(request, "limit", largest=_MOST) or default
