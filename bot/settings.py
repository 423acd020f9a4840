"""Settings, read once from the environment and passed in. Documented in docs/settings.md."""

from __future__ import annotations

import math
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.errors import SettingsError

T = TypeVar("T")
_PREFIX = "HELPDESK_"
_ROOT = Path(__file__).parents[1]
_MAY_BE_ZERO = ("HELPDESK_TRUSTED_PROXIES",)
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True)
class Settings:
    """All settings of the web process and the commands; times are in seconds, sizes in characters or bytes."""

    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8080
    database_url: str = ""
    redis_url: str = ""
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: str = ""
    actions_url: str = "http://127.0.0.1:5055"
    secret_key: str = ""
    token_lifetime: int = 30 * 24 * 3600
    allowed_origins: str = "*"
    trusted_proxies: int = 0
    desk_origins: str = ""
    session_lifetime: int = 7 * 24 * 3600
    session_idle: int = 12 * 3600
    message_max_length: int = 1000
    messages_per_minute: int = 60
    conversations_per_minute: int = 600
    brain_timeout: float = 15.0
    brain_patience: float = 60.0
    lease: float = 6.0
    workers: int = 8
    encoder_url: str = ""
    encoder_model: str = ""
    encoder_key: str = field(default="", repr=False)
    encoder_prefix: str = ""
    encoder_timeout: float = 10.0
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from `HELPDESK_*` and `PORT`; raises SettingsError naming a variable that cannot be used."""
        environment = os.environ if environment is None else environment
        given: dict[str, Any] = {}
        for item in fields(cls):
            name = "PORT" if item.name == "port" else _PREFIX + item.name.upper()
            raw = environment.get(name, "").strip()
            if raw:
                given[item.name] = _convert(name, raw, type(item.default))
        settings = cls(**given)
        return settings._completed()

    def _completed(self) -> Settings:
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        # The same place for every command, wherever it is called from.
        values["home"] = (_ROOT / self.home.expanduser()).resolve()
        if not self.database_url:
            values["database_url"] = f"sqlite+aiosqlite:///{values['home'] / 'helpdesk.db'}"
        else:
            values["database_url"] = _async_url(self.database_url)
        if not self.secret_key:  # good for one process's life: tokens end with it
            values["secret_key"] = secrets.token_urlsafe(32)
        _check_desk_origins(self.desk_origins.split())
        if self.encoder_url:
            _check_encoder(self.encoder_url, self.encoder_model, self.encoder_key)
        return Settings(**values)

    @property
    def encoder_name(self) -> str:
        """What decides the vectors of the endpoint at `encoder_url`; empty for the bundled encoder.

        The address is no part of it: a model may move to another machine.
        """
        return f"endpoint model={self.encoder_model!r} prefix={self.encoder_prefix!r}" if self.encoder_url else ""

    @property
    def origins(self) -> list[str] | str:
        """Origins whose pages may talk to us: "*" or a list."""
        return "*" if self.allowed_origins == "*" else self.allowed_origins.split()


def _convert(name: str, raw: str, kind: Callable[[str], T]) -> T:
    try:
        value = kind(raw)
    except ValueError as error:
        raise SettingsError(f"{name} has a value that cannot be used: {raw!r}") from error
    if isinstance(value, int | float) and not 0 < value < math.inf and name not in _MAY_BE_ZERO:
        raise SettingsError(f"{name} must be above zero, not {raw!r}")
    if name == "PORT" and int(raw) > 65535:
        raise SettingsError(f"PORT must be at most 65535, not {raw!r}")
    if name == "HELPDESK_LOG_LEVEL" and raw.upper() not in _LOG_LEVELS:
        raise SettingsError(f"{name} must be one of {', '.join(_LOG_LEVELS)}, not {raw!r}")
    return value


def _check_desk_origins(origins: list[str]) -> None:
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


def _check_encoder(url: str, model: str, key: str) -> None:
    """Neither value is repeated: an address may hold a password."""
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


def _async_url(url: str) -> str:
    """The same database through its asyncio driver."""
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
