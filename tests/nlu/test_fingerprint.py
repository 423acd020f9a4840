"""Fingerprints: a model is trained anew when what decides the normal forms changes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bot

_PRINT = "from bot.nlu.fingerprint import text_code_fingerprint as f; import bot; print(bot.__file__); print(f())"


def _fingerprint(root: Path) -> str:
    """The fingerprint as a process sees it that runs the copy of our package in `root`."""
    command = [sys.executable, "-c", _PRINT]
    shown = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split()
    assert Path(shown[0]).is_relative_to(root)
    return shown[1]


@pytest.mark.parametrize(
    ("changed", "addition"),
    [
        ("text/slang.txt", "surat: srt\n"),
        ("text/normalise.py", "# changed\n"),
        ("text/patterns.py", "# changed\n"),
        ("text/lexicon.py", "# changed\n"),
    ],
)
def test_the_fingerprint_follows_lexicon_and_code(changed: str, addition: str, tmp_path: Path) -> None:
    source = Path(bot.__file__).parent
    (tmp_path / "bot").mkdir()
    shutil.copy(source / "__init__.py", tmp_path / "bot")
    for part in ("errors", "text", "nlu"):
        shutil.copytree(source / part, tmp_path / "bot" / part, ignore=shutil.ignore_patterns("__pycache__"))
    before = _fingerprint(tmp_path)
    assert _fingerprint(tmp_path) == before
    with (tmp_path / "bot" / changed).open("a", encoding="utf-8") as file:
        file.write(addition)
    assert _fingerprint(tmp_path) != before
