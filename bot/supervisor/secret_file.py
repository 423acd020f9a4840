"""Secrets of one home, made once."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.supervisor.errors import StartError

_NAMES = ("secret_key", "rasa_token")


@dataclass(frozen=True)
class Secrets:
    """The key that signs tokens, and the token that opens the Rasa server."""

    secret_key: str
    rasa_token: str

    def __repr__(self) -> str:
        return "Secrets(...)"


def load_secrets(home: Path, environ: Mapping[str, str]) -> Secrets:
    """HELPDESK_SECRET_KEY and HELPDESK_RASA_TOKEN where they are set, else what `secrets.json` holds or gets now."""
    path = home / "secrets.json"
    stored = _read(path)
    missing = [name for name in _NAMES if not stored.get(name)]
    if missing:
        stored |= {name: secrets.token_urlsafe(32) for name in missing}
        _write(path, stored)
    elif path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return Secrets(**{name: environ.get(f"HELPDESK_{name.upper()}") or stored[name] for name in _NAMES})


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(stored, dict) and all(isinstance(value, str) for value in stored.values()):
            return stored
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    raise _damaged(path)


def _damaged(path: Path) -> StartError:
    return StartError(
        f"{path} cannot be read: restore it from a backup, or delete it (open chats then have to start anew)."
    )


def _write(path: Path, stored: dict[str, str]) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(stored, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
