"""Processes whose time and memory are measured, and servers that surely end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from bot.supervisor.logs import tail
from bot.supervisor.process import leashed

Say = Callable[[str], None]

_POLL = 0.5
_SPEAK_EVERY = 15.0
_START_LIMIT = 300.0
_STOP_LIMIT = 15.0
_KILOBYTES = re.compile(r"^(VmHWM|VmRSS):\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True)
class Measured:
    """Wall time of a whole process, and the sum of the most memory that it and its children each held."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Command:
    """What to run, where, with what added to the environment; its output is appended to `log`."""

    argv: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path

    def start(self) -> subprocess.Popen[bytes]:
        """In a process group of its own that dies with this process."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            return subprocess.Popen(
                leashed(self.argv),
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def run_measured(command: Command, name: str, say: Say) -> Measured:
    """Runs `command` to its end, and says how it goes on every 15 s. Raises RuntimeError when it fails."""
    started = spoken = time.perf_counter()
    process = command.start()
    peaks: dict[int, int] = {}
    try:
        while process.poll() is None:
            for pid in family(process.pid):
                peaks[pid] = max(peaks.get(pid, 0), memory(pid).get("VmHWM", 0))
            if time.perf_counter() - spoken > _SPEAK_EVERY:
                spoken = time.perf_counter()
                last = (tail(command.log, 0, 1) or [""])[-1].strip()[:80]
                say(f"[{spoken - started:4.0f} s] {name}: {sum(peaks.values()) >> 20} MiB; {last}")
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_POLL)
        seconds = time.perf_counter() - started
    finally:
        end_group(process)
    if process.returncode != 0:
        said = "\n".join(tail(command.log, 0, 20))
        raise RuntimeError(f"{name} ended with exit code {process.returncode}:\n{said}")
    say(f"[{seconds:4.0f} s] {name}: done")
    return Measured(seconds, sum(peaks.values()))


class Server:
    """A server while the `with` block runs; entering waits until `health_url` answers."""

    def __init__(self, command: Command, health_url: str) -> None:
        self._command = command
        self._health_url = health_url
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        self._process = self._command.start()
        try:
            self._wait_until_healthy(self._process)
        except BaseException:
            end_group(self._process)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            end_group(self._process)

    @property
    def resident_bytes(self) -> int:
        """What the process holds in memory now; 0 when it does not run."""
        return memory(self._process.pid).get("VmRSS", 0) if self._process else 0

    def _wait_until_healthy(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + _START_LIMIT
        while not _answers(self._health_url):
            if process.poll() is not None or time.monotonic() > end:
                said = "\n".join(tail(self._command.log, 0, 20))
                raise RuntimeError(f"{' '.join(self._command.argv[:4])} ... did not come up:\n{said}")
            time.sleep(_POLL)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Asks a process that leads its group to end; after 15 s, or once it has ended, kills what is left of the group."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_LIMIT)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def family(pid: int) -> set[int]:
    """`pid` and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            # A process may end while it is looked at. The name in brackets may hold anything, so it is cut off.
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, new = {pid}, [pid]
    while new:
        born = [child for child in children.get(new.pop(), []) if child not in found]
        found.update(born)
        new += born
    return found


def memory(pid: int) -> dict[str, int]:
    """Bytes in memory, `VmRSS` now and `VmHWM` at most so far; empty when the process has ended."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(errors="replace")
    except OSError:
        return {}
    return {name: int(kilobytes) * 1024 for name, kilobytes in _KILOBYTES.findall(text)}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - a loopback address of ours
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
