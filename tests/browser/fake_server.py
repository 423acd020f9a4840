"""The front end's own stand-in for bot.web: it shows at once what would take two people and a while."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.running import ROOT

_FRONTEND = ROOT / "frontend"


@contextmanager
def fake_server(missing: Callable[[str], None], reply_ms: int = 50) -> Iterator[str]:
    """Its address while it runs; calls `missing` where it cannot."""
    node = shutil.which("node")
    if node is None or not (_FRONTEND / "node_modules").is_dir():
        missing("node or the front end's packages were not found (make frontend)")
    if not (ROOT / "bot" / "web" / "static" / "widget.js").is_file():
        missing("the front end is not built (make frontend)")
    server = subprocess.Popen(
        [str(node), "dev/fake-server.mjs"],
        cwd=_FRONTEND,
        env={**os.environ, "PORT": "0", "REPLY_MS": str(reply_ms)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(10)
