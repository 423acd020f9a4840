"""Installs the npm package that one test drives."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

_FOLDER = Path(__file__).with_name("rasa_webchat")


def install_rasa_webchat(missing: Callable[[str], None]) -> Path:
    """The package's prebuilt script, installed with `npm ci` unless it is there; calls `missing` where it cannot be."""
    script = _FOLDER / "node_modules" / "rasa-webchat" / "lib" / "index.js"
    lock, installed = _FOLDER / "package-lock.json", _FOLDER / "node_modules" / ".package-lock.json"
    if script.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return script
    npm = shutil.which("npm")
    if npm is None:
        missing("rasa-webchat is not installed, and npm was not found")
    command = [str(npm), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=_FOLDER, capture_output=True, text=True, timeout=240, check=False)
    if done.returncode != 0:
        missing(f"rasa-webchat could not be installed: {(done.stderr or done.stdout).strip()}")
    return script
