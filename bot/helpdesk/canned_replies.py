"""Which canned replies are kept: shortcuts, lengths, and the variables that the console can fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.errors import CatalogueError, HelpdeskError, InvalidMessageError
from bot.helpdesk.message_text import checked_text

VARIABLES = frozenset({"nama_pelanggan", "nama_staf", "nama_domain", "nomor_invoice", "salam"})
_SHORTCUT = re.compile(r"[a-z0-9-]{1,32}")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_MAX_TITLE, _MAX_TEXT = 80, 2000


def checked_shortcut(value: object) -> str:
    """1 to 32 small letters, digits and hyphens. Raises InvalidMessageError."""
    if not isinstance(value, str) or not _SHORTCUT.fullmatch(value):
        raise InvalidMessageError("shortcut is not usable", field="shortcut")
    return value


def checked_title(value: object) -> str:
    """One line of at most 80 characters that is not blank. Raises InvalidMessageError."""
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_TITLE or not value.isprintable():
        raise InvalidMessageError("title is not usable", field="title")
    return value.strip()


def checked_reply(value: object) -> str:
    """A text whose braces hold variables that there are. Raises InvalidMessageError, MessageTooLongError."""
    text = checked_text(value, max_length=_MAX_TEXT)
    unknown = [name for name in _VARIABLE.findall(text) if name not in VARIABLES]
    if unknown:
        raise InvalidMessageError("text names a variable that there is not", field="text", variables=sorted(VARIABLES))
    return text


def parse_shared(data: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(shortcut, title, text) of data/desk/balasan.yml. Raises CatalogueError when it is not of that shape."""
    try:
        replies = [
            (checked_shortcut(row["shortcut"]), checked_title(row["title"]), checked_reply(row["text"].strip()))
            for row in data["replies"]
        ]
    except (KeyError, TypeError, AttributeError, HelpdeskError) as error:
        raise CatalogueError(f"balasan.yml is not of the expected shape: {error!r}") from error
    if len({shortcut for shortcut, _, _ in replies}) != len(replies):
        raise CatalogueError("balasan.yml: a shortcut stands twice")
    return replies
