"""Checks of what the environment holds, for `bot.settings`; each names the variable and never repeats a secret."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.errors import SettingsError

T = TypeVar("T")
_MAY_BE_ZERO = (
    *("HELPDESK_TRUSTED_PROXIES", "HELPDESK_TAX_PERCENT", "HELPDESK_APPROVAL_LIMIT"),
    *("HELPDESK_GATE_TOPIC_LOSS", "HELPDESK_GATE_SCOPE_RECALL", "HELPDESK_STANDBY", "HELPDESK_TRAINING_MEMORY"),
    *("HELPDESK_MIGRATION_FREE_GB", "HELPDESK_MIGRATION_PRICE_PER_GB"),
)
# What is above is a slip of the keyboard; a payment page of Midtrans lasts seven days at most.
_MOST = {
    "PORT": 65535,
    "HELPDESK_TAX_PERCENT": 100,
    "HELPDESK_GATE_TOPIC_LOSS": 1,
    "HELPDESK_GATE_SCOPE_RECALL": 1,
    "HELPDESK_QUOTE_DAYS": 365,
    "HELPDESK_INVOICE_HOURS": 7 * 24,
    "HELPDESK_APPROVAL_LIMIT": 10_000_000_000,
    "HELPDESK_MIGRATION_FREE_GB": 1_000_000,
    "HELPDESK_MIGRATION_PRICE_PER_GB": 10_000_000_000,
}
_ASSIGNMENTS = ("choice", "round_robin")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def convert(name: str, raw: str, kind: Callable[[str], T]) -> T:
    """`raw` as `kind`. Raises SettingsError where it is none, or out of the range of `name`."""
    try:
        value = kind(raw)
    except (ValueError, ArithmeticError) as error:
        raise SettingsError(f"{name} has a value that cannot be used: {raw!r}") from error
    if isinstance(value, int | float | Decimal):
        _check_number(name, raw, value)
    if name == "HELPDESK_LOG_LEVEL" and raw.upper() not in _LOG_LEVELS:
        raise SettingsError(f"{name} must be one of {', '.join(_LOG_LEVELS)}, not {raw!r}")
    if name == "HELPDESK_ASSIGNMENT" and raw not in _ASSIGNMENTS:
        raise SettingsError(f"{name} must be one of {', '.join(_ASSIGNMENTS)}, not {raw!r}")
    return value


def _check_number(name: str, raw: str, value: float | Decimal) -> None:
    if isinstance(value, Decimal) and not value.is_finite():
        raise SettingsError(f"{name} has a value that cannot be used: {raw!r}")
    if name in _MAY_BE_ZERO and value < 0:
        raise SettingsError(f"{name} must not be below zero, not {raw!r}")
    if name not in _MAY_BE_ZERO and not 0 < value < math.inf:
        raise SettingsError(f"{name} must be above zero, not {raw!r}")
    if value > _MOST.get(name, math.inf):
        raise SettingsError(f"{name} must be at most {_MOST[name]}, not {raw!r}")


def check_desk_origins(origins: list[str]) -> None:
    """Raises SettingsError for what is no origin."""
    for origin in origins:
        try:
            parts = urlsplit(origin)
            rest = (parts.username, parts.path, parts.query, parts.fragment)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not any(rest)
        except ValueError:  # a port that is no number
            usable = False
        if not usable:
            raise SettingsError(
                f"HELPDESK_DESK_ORIGINS must hold origins such as https://desk.example.com, not {origin!r}"
            )


def check_time_zone(name: str) -> None:
    """Raises SettingsError where there is no such zone."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:  # no such zone, no possible name, a folder of zones
        raise SettingsError(f"HELPDESK_TIME_ZONE must be a zone such as Asia/Jakarta, not {name!r}") from error


def check_encoder(url: str, model: str, key: str) -> None:
    """Raises SettingsError, which repeats neither value: an address may hold a password."""
    try:
        parts = urlsplit(url)
        plain = (parts.username, parts.password, parts.query, parts.fragment) == (None, None, "", "")
        usable = plain and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable:
        raise SettingsError("HELPDESK_ENCODER_URL must be an http:// or https:// address without user, query and mark")
    if not model:
        raise SettingsError("HELPDESK_ENCODER_MODEL must name the model that HELPDESK_ENCODER_URL serves")
    if not (key.isascii() and key.isprintable()):
        raise SettingsError("HELPDESK_ENCODER_KEY holds a character that no HTTP header can carry")


def async_url(url: str) -> str:
    """The same database through its asyncio driver. Raises SettingsError for another kind of database."""
    for plain, driver in (
        ("postgresql://", "postgresql+asyncpg://"),
        ("postgres://", "postgresql+asyncpg://"),
        ("sqlite://", "sqlite+aiosqlite://"),
    ):
        if url.startswith(plain):
            return driver + url[len(plain) :]
    if not url.startswith(("postgresql+asyncpg://", "sqlite+aiosqlite://")):
        raise SettingsError("HELPDESK_DATABASE_URL must be a postgresql:// or sqlite:// address")
    return url


def rasa_slots(listed: str) -> dict[str, str]:
    """Addresses by name from `name=http://host:port` words. Raises SettingsError."""
    found: dict[str, str] = {}
    for word in listed.split():
        name, _, url = word.partition("=")
        parts = urlsplit(url)
        if not name or name in found or parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError("HELPDESK_RASA_SLOTS must hold words such as rasa-a=http://127.0.0.1:5005")
        found[name] = url
    return found
