"""The policy documents that were imported, and which answers somebody has looked at since: files in the home.

`policy.json` is the newest wording, which the bot reads; `policy-imports.json` holds the latest imports with their
times, and when each answer was looked at.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.errors import CatalogueError
from bot.helpdesk.policy_clauses import PolicyImport
from bot.helpdesk.policy_document import parse_imported

_MOST_KEPT = 20


@dataclass
class _History:
    imports: list[PolicyImport] = field(default_factory=list)
    reviewed: dict[str, datetime] = field(default_factory=dict)


class PolicyImports:
    """Several processes may use it at once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.path = home / "policy.json"
        self._history = home / "policy-imports.json"

    def current(self) -> dict[str, str]:
        """The newest wording. Raises CatalogueError where there is none, or it is damaged."""
        if not self.path.exists():
            raise CatalogueError("no policy is imported yet: helpdesk policy import FILE")
        try:
            return parse_imported(self.path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{self.path} cannot be read: {error}") from error

    def current_or_none(self) -> dict[str, str] | None:
        """A damaged file is mended by importing, so it is no error here."""
        try:
            return self.current()
        except CatalogueError:
            return None

    def all(self) -> list[PolicyImport]:
        """Imports by time, the newest last; the same document twice is one."""
        return self._read().imports

    def add(self, wording: Mapping[str, str], now: datetime) -> None:
        """Keep an import; the bot sees it from now on. The document of now again changes nothing."""
        with self._locked():
            history = self._read()
            if not history.imports or dict(history.imports[-1].wording) != dict(wording):
                history.imports = [*history.imports, PolicyImport(now, dict(wording))][-_MOST_KEPT:]
                self._write(history)
            _replace(self.path, json.dumps(dict(wording), ensure_ascii=False, indent=1))

    def reviewed(self) -> dict[str, datetime]:
        """When each answer was last looked at, or changed, by name."""
        return self._read().reviewed

    def review(self, answer: str, now: datetime) -> None:
        """Somebody has looked at `answer`."""
        with self._locked():
            history = self._read()
            history.reviewed[answer] = now
            self._write(history)

    def _read(self) -> _History:
        """What cannot be read is as if it were not there: the newest wording has a file of its own."""
        history = _History()
        try:
            data = json.loads(self._history.read_text(encoding="utf-8"))
            history = _History(
                [PolicyImport(_time(row["at"]), dict(row["wording"])) for row in data["imports"]],
                {str(name): _time(at) for name, at in data["reviewed"].items()},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            history = _History()
        wording = self.current_or_none()
        if wording is not None and (not history.imports or dict(history.imports[-1].wording) != wording):
            at = datetime.fromtimestamp(self.path.stat().st_mtime, timezone.utc)
            history.imports.append(PolicyImport(at, wording))
        return history

    def _write(self, history: _History) -> None:
        rows = [{"at": one.at.isoformat(), "wording": dict(one.wording)} for one in history.imports]
        reviewed = {name: at.isoformat() for name, at in history.reviewed.items()}
        _replace(self._history, json.dumps({"imports": rows, "reviewed": reviewed}, ensure_ascii=False, indent=1))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._home.mkdir(parents=True, exist_ok=True)
        with (self._home / "policy.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _time(value: Any) -> datetime:
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=timezone.utc)


def _replace(path: Path, content: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        temporary.write_text(content, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
