"""What runs in which Rasa server, and which model is served: two small files in the home (ADR 0026).

The supervisor keeps Rasa servers up as the first says; whoever publishes writes both, each in one step.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# Two take turns in answering customers; the third only listens.
ANSWERING = ("rasa-a", "rasa-b")
LISTENING = "rasa-shadow"
SLOTS = (*ANSWERING, LISTENING)


@dataclass(frozen=True)
class ServedModel:
    """The published model: its file, the slot that it answered in last, and what it was trained with.

    `frame` and `data` are `bot.training.frame_fingerprint` and `data_digest` of the training.
    """

    file: str
    slot: str
    frame: str
    data: str


def model_path(home: Path, file: str) -> Path:
    """Where a model lies: published ones and candidates are kept apart from what `helpdesk train` makes."""
    kept = home / "models" / "versions" / file
    return kept if kept.exists() else home / "models" / file


def wanted_slots(home: Path) -> dict[str, str | None]:
    """The model file by slot; None for a slot that is to be empty, and for each where nothing readable is written."""
    found = _read(home / "models" / "slots.json")
    return {slot: file if isinstance(file := found.get(slot), str) else None for slot in SLOTS}


def want_slots(home: Path, slots: Mapping[str, str | None]) -> None:
    """Asks the supervisor for exactly these. Raises OSError."""
    _write(home / "models" / "slots.json", {slot: slots.get(slot) for slot in SLOTS})


def served_model(home: Path) -> ServedModel | None:
    """What was published last, if anything was and its file is there."""
    found = _read(home / "models" / "live.json")
    try:
        served = ServedModel(**found)
    except TypeError:
        return None
    usable = all(isinstance(value, str) for value in asdict(served).values()) and served.slot in ANSWERING
    return served if usable and model_path(home, served.file).is_file() else None


def note_served(home: Path, served: ServedModel) -> None:
    """The next start begins with this one, and commands without a server answer with it. Raises OSError."""
    _write(home / "models" / "live.json", asdict(served))


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        temporary.write_text(json.dumps(data, indent=1), encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
