"""How Chromium is started."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

DESKTOP = {"width": 1200, "height": 760}
PHONE = {"width": 390, "height": 844}
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine can be reached: a test that needs more is wrong.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def find_chromium() -> str | None:
    """The path of Debian's Chromium, or None."""
    return shutil.which("chromium")


def launch(playwright: Playwright, path: str, language: str | None = None) -> Browser:
    """Chromium without a window; `language` is that of its own parts, such as date fields."""
    environment = {**os.environ, "LANGUAGE": language} if language else None
    options = [*_OPTIONS, f"--lang={language}"] if language else _OPTIONS
    return playwright.chromium.launch(executable_path=path, args=options, env=environment)  # type: ignore[arg-type]
