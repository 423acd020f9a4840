"""Request bodies."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from bot.errors import InvalidMessageError


async def json_object(request: web.Request) -> dict[str, Any]:
    """The body as a JSON object, whatever its content type. Raises InvalidMessageError."""
    raw = await request.read()
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidMessageError("body is not JSON", field="body") from error
    if not isinstance(body, dict):
        raise InvalidMessageError("body is not an object", field="body")
    return body


def text_field(body: dict[str, Any], name: str) -> str:
    """A text that must be there. Raises InvalidMessageError naming it."""
    value = body.get(name)
    if not isinstance(value, str):
        raise InvalidMessageError(f"{name} is not a string", field=name)
    return value
