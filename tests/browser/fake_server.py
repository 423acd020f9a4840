"""The front end's own stand-ins for bot.web: they show at once what would take two people and a while."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.running import ROOT

_FRONTEND = ROOT / "frontend"
_STATIC = ROOT / "bot" / "web" / "static"


@contextmanager
def fake_server(missing: Callable[[str], None], reply_ms: int = 50) -> Iterator[str]:
    """The address of the widget's stand-in while it runs; calls `missing` where it cannot."""
    with _running("fake-server.mjs", "widget.js", missing, REPLY_MS=str(reply_ms)) as url:
        yield url


@contextmanager
def fake_trainer(missing: Callable[[str], None], job_ms: int = 300) -> Iterator[str]:
    """The address of the trainer console over its stand-in, where a training takes `job_ms`; `missing` as above."""
    with _running("fake-trainer.mjs", "trainer/index.html", missing, JOB_MS=str(job_ms)) as url:
        yield url


@contextmanager
def _running(script: str, built: str, missing: Callable[[str], None], **settings: str) -> Iterator[str]:
    node = shutil.which("node")
    if node is None or not (_FRONTEND / "node_modules").is_dir():
        missing("node or the front end's packages were not found (make frontend)")
    if not (_STATIC / built).is_file():
        missing("the front end is not built (make frontend)")
    server = subprocess.Popen(
        [str(node), f"dev/{script}"],
        cwd=_FRONTEND,
        env={**os.environ, "PORT": "0", **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(10)
