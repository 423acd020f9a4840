"""The whole helpdesk, started the way an operator starts it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.supervisor.checks import free_ports
from bot.supervisor.process import leashed
from bot.training import ensure_model, sidecar_path

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[1]
# Loading TensorFlow and the model takes a minute and more where the processors are shared.
_START_LIMIT = 300.0
_STOP_LIMIT = 60.0


def model_for_tests() -> Path:
    """The model of the present training data; trained in the repository's own var/ if it is not there yet."""
    return ensure_model(ROOT, ROOT / "var", logger.info)


class Helpdesk:
    """`python -m bot.supervisor` in a home of its own, on a free port."""

    def __init__(self, home: Path, model: Path, **environment: str) -> None:
        self.home = home
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self._output = home / "supervisor.log"
        (home / "models").mkdir(parents=True)
        for file in (model, sidecar_path(model)):
            shutil.copy2(file, home / "models" / file.name)
        # Should the training data change right now, then at least the sentence vectors are there.
        (home / "cache").symlink_to(ROOT / "var" / "cache")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts everything and waits until it is ready."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HELPDESK_")}
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                leashed([sys.executable, "-m", "bot.supervisor"]),
                cwd=ROOT,
                env={**environment, "HELPDESK_HOME": str(self.home), "PORT": str(self.port), **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until_ready(_START_LIMIT)

    def stop(self) -> int:
        """Ctrl-C; returns the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(_STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError(f"the supervisor did not stop in {_STOP_LIMIT} s:\n{self.output()}") from None

    def output(self) -> str:
        """What the supervisor has said."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def pid_of(self, part: str) -> int | None:
        """The process of a part, from run.json; `rasa` is the server that runs, whatever its slot."""
        parts = json.loads((self.home / "run.json").read_text(encoding="utf-8"))["parts"]
        names = [name for name in sorted(parts) if name == part or name.startswith(f"{part}-")]
        pid: int | None = next((parts[name]["pid"] for name in names), None)
        return pid

    def kill(self, part: str) -> None:
        """Kills a part the hard way; the supervisor starts it again."""
        with self.without(part):
            pass

    @contextmanager
    def without(self, part: str) -> Iterator[None]:
        """Begins right after `part` was killed the hard way; ends when the supervisor has started another."""
        pid = self.pid_of(part)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        yield
        self._wait_for(lambda: self.pid_of(part) not in (None, pid), 30.0)

    def request(self, method: str, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        """(status, JSON) of a request; status 0 when nobody answers."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, method=method)  # noqa: S310
        request.add_header("Content-Type", "application/json")
        request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            return error.code, None
        except OSError:
            return 0, None

    def wait_until_ready(self, limit: float = 60.0) -> None:
        """Waits for /readyz."""
        self._wait_for(self._is_ready, limit)

    def _wait_for(self, holds: Callable[[], bool], limit: float) -> None:
        end = time.monotonic() + limit
        while not holds():
            assert self._process is not None
            code = self._process.poll()
            assert code is None, f"the supervisor ended with {code}:\n{self.output()}"
            assert time.monotonic() < end, f"nothing after {limit} s; the supervisor said:\n{self.output()}"
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        return self.request("GET", "/readyz")[0] == 200
