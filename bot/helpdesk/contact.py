"""Which names and addresses of customers are kept."""

from __future__ import annotations

import re

from bot.errors import InvalidMessageError

_MAX_NAME, _MAX_EMAIL = 80, 254
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def checked_name(value: object) -> str | None:
    """A name of one line, or None for a blank one. Raises InvalidMessageError."""
    if not isinstance(value, str) or len(value) > _MAX_NAME or not _is_plain(value):
        raise InvalidMessageError("name is not usable", field="name")
    return " ".join(value.split()) or None


def checked_email(value: object) -> str | None:
    """An e-mail address, or None for a blank one. Raises InvalidMessageError."""
    address = value.strip() if isinstance(value, str) else None
    if address == "":
        return None
    if address is None or len(address) > _MAX_EMAIL or not _is_plain(address) or not _EMAIL.fullmatch(address):
        raise InvalidMessageError("email is not an address", field="email")
    return address


def _is_plain(value: str) -> bool:
    return all(character.isprintable() for character in value)
