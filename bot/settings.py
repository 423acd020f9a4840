"""Settings, read once from the environment and passed in. Documented in docs/settings.md."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.payment_settings import bank_accounts, check_midtrans
from bot.project import CODE
from bot.settings_checks import async_url, check_desk_origins, check_encoder, check_time_zone, convert, rasa_slots

_PREFIX = "HELPDESK_"


@dataclass(frozen=True)
class Settings:
    """All settings of the web process and the commands; times are in seconds, sizes in characters or bytes."""

    home: Path = Path("var")
    project: Path = Path()
    host: str = "127.0.0.1"
    port: int = 8080
    database_url: str = ""
    redis_url: str = ""
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_slots: str = ""
    rasa_token: str = ""
    actions_url: str = "http://127.0.0.1:5055"
    secret_key: str = ""
    token_lifetime: int = 30 * 24 * 3600
    allowed_origins: str = "*"
    trusted_proxies: int = 0
    desk_origins: str = ""
    session_lifetime: int = 7 * 24 * 3600
    session_idle: int = 12 * 3600
    time_zone: str = "Asia/Jakarta"
    message_max_length: int = 1000
    messages_per_minute: int = 60
    conversations_per_minute: int = 600
    brain_timeout: float = 15.0
    brain_patience: float = 60.0
    lease: float = 6.0
    workers: int = 8
    office_hours: str = ""
    holidays: str = ""
    queue_patience: float = 180.0
    assignment: str = "choice"
    max_chats: int = 5
    agent_grace: float = 60.0
    rating_after: float = 600.0
    encoder_url: str = ""
    encoder_model: str = ""
    encoder_key: str = field(default="", repr=False)
    encoder_prefix: str = ""
    encoder_timeout: float = 10.0
    tax_percent: Decimal = Decimal(0)
    quote_days: int = 7
    invoice_hours: int = 24
    approval_limit: int = 0
    price_list: Path = Path("data/desk/harga.yml")
    migration_free_gb: int = 0
    migration_price_per_gb: int = 0
    bank_accounts: str = ""
    midtrans_server_key: str = field(default="", repr=False)
    midtrans_snap_url: str = "https://app.sandbox.midtrans.com"
    midtrans_api_url: str = "https://api.sandbox.midtrans.com"
    gate_topic_loss: float = 0.1
    gate_scope_recall: float = 0.9
    standby: float = 300.0
    training_memory: int = 0
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
                given[item.name] = convert(name, raw, type(item.default))
        settings = cls(**given)
        return settings._completed()

    def _completed(self) -> Settings:
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        # The same place for every command, wherever it is called from.
        project = CODE / self.project.expanduser()
        for name, base in (("home", CODE), ("project", CODE), ("price_list", project)):
            values[name] = (base / getattr(self, name).expanduser()).resolve()
        if not self.database_url:
            values["database_url"] = f"sqlite+aiosqlite:///{values['home'] / 'helpdesk.db'}"
        else:
            values["database_url"] = async_url(self.database_url)
        if not self.secret_key:  # good for one process's life: tokens end with it
            values["secret_key"] = secrets.token_urlsafe(32)
        check_desk_origins(self.desk_origins.split())
        check_time_zone(self.time_zone)
        if self.encoder_url:
            check_encoder(self.encoder_url, self.encoder_model, self.encoder_key)
        rasa_slots(self.rasa_slots)
        bank_accounts(self.bank_accounts)
        check_midtrans(self.midtrans_server_key, self.midtrans_snap_url, self.midtrans_api_url)
        return Settings(**values)

    @property
    def slots(self) -> dict[str, str]:
        """Addresses of the Rasa servers that can take turns, by their names; empty for one server at `rasa_url`."""
        return rasa_slots(self.rasa_slots)

    @property
    def encoder_name(self) -> str:
        """What decides the vectors of the endpoint at `encoder_url`; empty for the bundled encoder.

        The address is no part of it: a model may move to another machine.
        """
        return f"endpoint model={self.encoder_model!r} prefix={self.encoder_prefix!r}" if self.encoder_url else ""

    @property
    def accounts(self) -> list[tuple[str, str, str]]:
        """Bank, number and holder of each account that customers may transfer to; without any, none may."""
        return bank_accounts(self.bank_accounts)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days and office hours are counted."""
        return ZoneInfo(self.time_zone)

    @property
    def origins(self) -> list[str] | str:
        """Origins whose pages may talk to us: "*" or a list."""
        return "*" if self.allowed_origins == "*" else self.allowed_origins.split()
