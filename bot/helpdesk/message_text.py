"""Which texts may enter the message log."""

import re

from bot.errors import InvalidMessageError, MessageTooLongError

_CLIENT_MESSAGE_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
# NUL and other control characters but line ends and tab; they break databases, terminals and logs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def checked_text(value: object, *, max_length: int) -> str:
    """`value` as a text for the log, unchanged.

    Raises InvalidMessageError for what is no text, blank, not encodable as UTF-8 or holds control characters, and
    MessageTooLongError above `max_length` characters.
    """
    if not isinstance(value, str):
        raise InvalidMessageError("text is not a string", field="text")
    if len(value) > max_length:
        raise MessageTooLongError("text is too long", max=max_length)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidMessageError("text holds a lone surrogate", field="text") from error
    if _CONTROL.search(value):
        raise InvalidMessageError("text holds control characters", field="text")
    if not value.strip():
        raise InvalidMessageError("text is blank", field="text")
    return value


def checked_client_message_id(value: object) -> str:
    """`value` as a client message id: 1 to 64 letters, digits, `.`, `_`, `:` or `-`. Raises InvalidMessageError."""
    if not isinstance(value, str) or not _CLIENT_MESSAGE_ID.fullmatch(value):
        raise InvalidMessageError("client_message_id is not usable", field="client_message_id")
    return value
