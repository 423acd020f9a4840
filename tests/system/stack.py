"""The whole helpdesk under its supervisor, with the real model, on a port of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Stack:
    """A running helpdesk; `home` is its own, the trained models are the repository's."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pid_of(self, part: str) -> int:
        """The process id of `rasa`, `actions` or `web`."""
        return int(json.loads((self.home / "run.json").read_text())["parts"][part]["pid"])

    def kill(self, part: str) -> None:
        """kill -9 of a part that this stack started."""
        os.kill(self.pid_of(part), signal.SIGKILL)

    def request(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """A request; status 0 when nobody answers."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, method=method)  # noqa: S310 - loopback
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - loopback
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            return error.code, None
        except OSError:
            return 0, None

    def wait_ready(self, seconds: float) -> None:
        """Return when /readyz is 200; fails when the supervisor ends or time is up."""
        end = time.monotonic() + seconds
        while self.request("GET", "/readyz")[0] != 200:
            assert self.process.poll() is None, f"the supervisor ended:\n{self.output()}"
            assert time.monotonic() < end, f"not ready in {seconds} s:\n{self.output()}"
            time.sleep(0.3)

    def output(self) -> str:
        return (self.home / "output.txt").read_text(errors="replace")[-4000:]

    def stop(self) -> int:
        """Ctrl-C; returns the supervisor's exit status."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def start_stack(home: Path, **environment: str) -> Stack:
    """Start the supervisor; the model of today's training data is taken from the repository's var/ or trained."""
    home.mkdir(parents=True, exist_ok=True)
    shared = ROOT / "var"
    for name in ("models", "cache"):
        (shared / name).mkdir(parents=True, exist_ok=True)
        if not (home / name).exists():
            (home / name).symlink_to(shared / name)
    port = free_port()
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("HELPDESK_", "PYTEST_"))}
    environ |= {"HELPDESK_HOME": str(home), "PORT": str(port), **environment}
    with (home / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.supervisor"], cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT
        )
    return Stack(home, port, process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
