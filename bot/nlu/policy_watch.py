"""The imported policy as a file that may change at any time, seen without a restart."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path

from bot.errors import CatalogueError
from bot.helpdesk.policy_document import parse_imported
from bot.project import CODE

logger = logging.getLogger(__name__)

# Time of change, size and inode: an import replaces the file, so that one of them differs.
_Stamp = tuple[int, int, int]


def imported_policy_path() -> Path:
    """`policy.json` under HELPDESK_HOME (default: var/); a relative home lies under the project folder."""
    return CODE / Path(os.environ.get("HELPDESK_HOME") or "var").expanduser() / "policy.json"


class PolicyWatch:
    """Wording by clause id as it stands in the file now; empty while the file is missing or damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: _Stamp | None = None
        self.wording: Mapping[str, str] = {}

    def refresh(self) -> bool:
        """Read the file if it has changed; whether `wording` may be another now. Never fails for a damaged file."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self.wording = self._read() if stamp else {}
        return True

    def _look(self) -> _Stamp | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> Mapping[str, str]:
        try:
            return parse_imported(self._path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, CatalogueError) as error:
            logger.warning("The imported policy cannot be used, so no clause is searched: %s", error)
            return {}
