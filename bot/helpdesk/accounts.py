"""Which names, passwords and roles an account of staff may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.errors import AccountError
from bot.helpdesk.staff import Role

MIN_PASSWORD, MAX_PASSWORD = 10, 200
MOST_CHATS = 100
_MAX_DISPLAY_NAME = 80
# A letter or digit first, so that no name looks like an option of a command.
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}", re.ASCII)
_FEWEST_CHARACTERS = 4
# The commonest passwords, without the digits and signs that make them long enough; only digits is one of them.
_COMMON = frozenset(
    {
        *(
            "",
            "qwer",
            "qwerty",
            "qwertyuiop",
            "asdf",
            "asdfgh",
            "asdfghjkl",
            "zxcvbn",
            "zxcvbnm",
            "qweqwe",
            "qweasdzxc",
        ),
        *(
            "a",
            "abc",
            "abcd",
            "abcde",
            "abcdef",
            "abcdefg",
            "abcdefgh",
            "abcdefghij",
            "qwert",
            "qaz",
            "qazwsx",
            "qazwsxedc",
        ),
        *(
            "password",
            "passwordpassword",
            "passwd",
            "passw",
            "passwrd",
            "pass",
            "letmein",
            "welcome",
            "iloveyou",
            "changeme",
        ),
        *(
            "admin",
            "adminadmin",
            "administrator",
            "root",
            "test",
            "user",
            "login",
            "secret",
            "dragon",
            "monkey",
            "default",
        ),
        *(
            "katasandi",
            "sandi",
            "rahasia",
            "sayang",
            "sayangku",
            "sayangkamu",
            "akucintakamu",
            "bismillah",
            "alhamdulillah",
        ),
        *(
            "indonesia",
            "indonesiaraya",
            "merdeka",
            "garuda",
            "jakarta",
            "bandung",
            "surabaya",
            "persib",
            "cinta",
            "doraemon",
        ),
        *("masternet", "masternetindonesia", "helpdesk", "staf", "agen", "operator", "kucing", "semangat", "terserah"),
    }
)


def checked_username(value: object) -> str:
    """`value` as a user name: 2 to 64 of a-z, 0-9, `.`, `_` and `-`, a letter or digit first. Raises AccountError."""
    if not isinstance(value, str) or not _USERNAME.fullmatch(value):
        raise AccountError(
            "a user name has 2 to 64 characters of a-z, 0-9, '.', '_' and '-', and begins with a letter or digit",
            field="username",
            reason="unusable",
        )
    return value


def username_as_typed(value: str) -> str | None:
    """The user name that somebody who signs in means; nothing where no account can be called so."""
    name = value.strip()
    return name.lower() if name.isascii() and _USERNAME.fullmatch(name.lower()) else None


def checked_display_name(value: object) -> str:
    """`value` without blanks around it: what customers and colleagues see. Raises AccountError."""
    name = value.strip() if isinstance(value, str) else ""
    # Control and format characters, lone surrogates, line ends: they turn a line of text or a terminal upside down.
    if not 1 <= len(name) <= _MAX_DISPLAY_NAME or any(
        unicodedata.category(c)[0] == "C" or unicodedata.category(c) in {"Zl", "Zp"} for c in name
    ):
        raise AccountError(
            f"a display name has 1 to {_MAX_DISPLAY_NAME} characters and no control characters",
            field="display_name",
            reason="unusable",
        )
    return name


def normal_password(value: str) -> str:
    """The form that is hashed: keyboards differ in how they write the same accented letter."""
    return unicodedata.normalize("NFC", value)


def checked_password(value: object, username: str, *, field: str = "password") -> str:
    """`value` as a new password of `username`, in its normal form. Raises AccountError naming `field`."""
    if not isinstance(value, str) or not _is_encodable(value):
        raise AccountError("a password is text", field=field, reason="unusable")
    if len(value) > MAX_PASSWORD:
        raise AccountError(f"a password has at most {MAX_PASSWORD} characters", field=field, reason="too_long")
    password = normal_password(value)
    if len(password) < MIN_PASSWORD:
        raise AccountError(f"a password has at least {MIN_PASSWORD} characters", field=field, reason="too_short")
    if password.casefold().strip() == username:
        raise AccountError("the user name is no password", field=field, reason="is_username")
    bare = "".join(c for c in password.casefold() if c.isalpha())
    if bare in _COMMON or len(set(password)) < _FEWEST_CHARACTERS:
        raise AccountError("this password is one of the first that are tried", field=field, reason="too_common")
    return password


def password_to_try(value: str) -> str | None:
    """The normal form of a password at sign-in; nothing where no account can have it."""
    return normal_password(value) if len(value) <= MAX_PASSWORD and _is_encodable(value) else None


def checked_roles(values: Iterable[str]) -> tuple[Role, ...]:
    """At least one role, each once, in a fixed order. Raises AccountError."""
    given = set(values)
    known = {role.value for role in Role}
    if not given or given - known:
        raise AccountError(f"a role is one of {', '.join(r.value for r in Role)}", field="roles", reason="unusable")
    return tuple(role for role in Role if role.value in given)


def checked_max_chats(value: object) -> int | None:
    """How many chats an account may have at the same time; None: as many as all others. Raises AccountError."""
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_CHATS):
        raise AccountError(f"a limit is 1 to {MOST_CHATS} chats", field="max_chats", reason="unusable")
    return value


def _is_encodable(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
