"""Where a page of a list ended, as a text that clients give back unread."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime, timezone

from bot.errors import InvalidMessageError

Part = str | int | datetime
_LONGEST = 400
# Whatever is counted fits the databases' integers.
_LARGEST = 2**31 - 1


def write_cursor(*parts: Part) -> str:
    """A cursor that holds `parts`."""
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    raw = json.dumps(plain, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def read_cursor(cursor: str, kinds: Sequence[type[Part]]) -> tuple[Part, ...]:
    """The parts of a cursor, of `kinds`. Raises InvalidMessageError for what `write_cursor` did not make of such."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError("too long")
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        parts = json.loads(raw)
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise ValueError("not the parts that are expected")
        return tuple(_part(value, kind) for value, kind in zip(parts, kinds, strict=True))
    except (ValueError, OverflowError, RecursionError, binascii.Error) as error:
        raise InvalidMessageError("before is no cursor of this list", field="before") from error


def _part(value: object, kind: type[Part]) -> Part:
    if kind is datetime and isinstance(value, str):
        time = datetime.fromisoformat(value)
        if time.tzinfo is None:
            raise ValueError("a time without zone")
        return time.astimezone(timezone.utc)  # a time at the very ends of the calendar has none
    if kind is int and isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return value
    if kind is str and isinstance(value, str) and "\x00" not in value and value.isascii():
        return value
    raise ValueError("a part of another kind")
