"""The supervisor's own settings, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import Settings
from bot.supervisor.errors import EXIT_ENVIRONMENT, StartError

PROJECT_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class SupervisorSettings:
    """Where the helpdesk listens and keeps what it writes."""

    root: Path
    home: Path
    project: Path
    host: str
    port: int
    database_url: str

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path = PROJECT_ROOT) -> SupervisorSettings:
        """Settings from PORT and HELPDESK_*; a home that is not absolute lies under `root`."""
        port = _port(environ.get("PORT") or "8080")
        home = (root / (environ.get("HELPDESK_HOME") or "var")).expanduser().resolve()
        try:
            # The web server's own reading of them, so that a wrong value is told here and not in its log.
            web = Settings.from_env({**environ, "HELPDESK_HOME": str(home)})
        except SettingsError as error:
            raise StartError(f"{error}.", EXIT_ENVIRONMENT) from error
        return cls(root=root, home=home, project=web.project, host=web.host, port=port, database_url=web.database_url)

    @property
    def url(self) -> str:
        """The address to open on this machine."""
        # An unspecified address can be listened on, but not called.
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104  # compared, not bound
        host = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"http://{host}:{self.port}"


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise StartError(f"PORT is {text!r}, which is no port number from 1 to 65535.", EXIT_ENVIRONMENT)
