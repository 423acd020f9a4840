"""What bodies of changes ask for, checked."""

from __future__ import annotations

import re
from typing import Any

from bot.errors import InvalidMessageError

_LONGEST_REASON = 200
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def change_reason(body: dict[str, Any]) -> str:
    """Why, on one line; empty where nobody says so. Raises InvalidMessageError."""
    reason = body.get("reason") or ""
    if not isinstance(reason, str):
        raise InvalidMessageError("reason is not a string", field="reason")
    reason = " ".join(_CONTROL.sub(" ", reason).split())
    if len(reason) > _LONGEST_REASON:
        raise InvalidMessageError("reason is too long", field="reason", max=_LONGEST_REASON)
    return reason


def number_or_none(body: dict[str, Any], name: str) -> int | None:
    """A whole number from 1, or nothing. Raises InvalidMessageError."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 2**31:
        raise InvalidMessageError(f"{name} is not a number", field=name)
    return value
