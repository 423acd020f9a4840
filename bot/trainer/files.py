"""The files of versions: models in HELPDESK_HOME/models/versions, all else in HELPDESK_HOME/trainer/versions."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.helpdesk.releases.versions import ModelVersion
from bot.served_model import ServedModel, note_served
from bot.training import check_model, frame_fingerprint

_PICTURE = re.compile(r"[a-z]+\.png")


class VersionFiles:
    """`bot.services.ports.releases.ModelFiles` of a home."""

    def __init__(self, home: Path, project: Path) -> None:
        self._home = home
        self._project = project
        self._removed: set[int] = set()

    @property
    def models(self) -> Path:
        """The folder of the models."""
        return self._home / "models" / "versions"

    def folder(self, number: int) -> Path:
        """What belongs to version `number` beside its model."""
        return self._home / "trainer" / "versions" / str(number)

    def path(self, file: str) -> str:
        return str(self.models / Path(file).name)

    def is_complete(self, file: str) -> bool:
        return check_model(Path(self.path(file)))

    def fits(self, version: ModelVersion) -> bool:
        return version.frame == frame_fingerprint(self._project)

    def remove(self, version: ModelVersion) -> None:
        if version.number not in self._removed:
            self._removed.add(version.number)
            with suppress(OSError):
                Path(self.path(version.file)).unlink(missing_ok=True)
            shutil.rmtree(self.folder(version.number) / "project", ignore_errors=True)

    def comparison(self, number: int) -> Mapping[str, Any] | None:
        try:
            data = json.loads((self.folder(number) / "comparison.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return data if isinstance(data, dict) else None

    def picture(self, number: int, name: str) -> bytes | None:
        if not _PICTURE.fullmatch(name):
            return None
        try:
            return (self.folder(number) / name).read_bytes()
        except OSError:
            return None

    def adopt(self, file: str) -> None:
        """A model that a start has trained becomes one of the versions. Raises OSError."""
        kept, made = Path(self.path(file)), self._home / "models" / file
        self.models.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            try:
                os.link(made, kept)
            except OSError:
                shutil.copy2(made, kept)

    def note_live(self, version: ModelVersion, slot: str) -> None:
        with suppress(OSError):
            note_served(self._home, ServedModel(version.file, slot, version.frame, version.data_digest))
