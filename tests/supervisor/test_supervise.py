"""The supervisor as a process of its own: how it stops, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.supervisor.parts import is_alive, wait_until

# Each test starts processes and waits for them.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FAKE = Path(__file__).with_name("fake_helpdesk.py")
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(name="start")
def _start(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start(*parts: str, by: list[str] | None = None) -> "subprocess.Popen[str]":
        command = by or [sys.executable, str(FAKE), str(tmp_path), *parts]
        started.append(
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        )
        return started[-1]

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def read_until(process: "subprocess.Popen[str]", word: str) -> str:
    """Output up to the line with `word`."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if word in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def pids_of(home: Path) -> list[int]:
    """The parts' process ids, and those of their children, as run.json and the logs tell."""
    content = json.loads((home / "run.json").read_text())
    children = [
        int(log.read_text().split("child ")[1].split()[0])
        for log in home.glob("logs/*.log")
        if "child" in log.read_text()
    ]
    # The guard is among the supervisor's own children.
    own = Path(f"/proc/{content['pid']}/task/{content['pid']}/children").read_text().split()
    parts = {part["pid"] for part in content["parts"].values()}
    assert parts < {int(pid) for pid in own}
    return [*map(int, own), *children]


def test_sigterm_stops_everything_cleanly(start: Start, tmp_path: Path) -> None:
    """No process, no run.json, exit code 0."""
    supervisor = start("web=parent", "rasa=good")
    read_until(supervisor, "Ready")
    pids = pids_of(tmp_path)
    assert len(pids) == 4
    assert json.loads((tmp_path / "run.json").read_text())["pid"] == supervisor.pid
    # `timeout make run` sends it twice: once itself, once through make.
    supervisor.send_signal(signal.SIGTERM)
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    assert not [pid for pid in pids if is_alive(pid)]
    assert not (tmp_path / "run.json").exists()


def test_kill_9_of_the_supervisor_leaves_no_process(start: Start, tmp_path: Path) -> None:
    """Neither the parts nor what they have started, however stubborn."""
    supervisor = start("web=parent", "rasa=stubborn")
    read_until(supervisor, "Ready")
    pids = pids_of(tmp_path)
    supervisor.kill()
    supervisor.wait()
    assert wait_until(lambda: not [pid for pid in pids if is_alive(pid)])
    assert (tmp_path / "run.json").exists(), "a stale one, which nobody trusts"


def test_second_ctrl_c_stops_at_once(start: Start, tmp_path: Path) -> None:
    """Also when a part does not heed the first."""
    supervisor = start("slow=stubborn-for-long")
    read_until(supervisor, "Ready")
    pids = pids_of(tmp_path)
    supervisor.send_signal(signal.SIGINT)
    read_until(supervisor, "Stopping")
    time.sleep(0.7)
    assert supervisor.poll() is None
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(5) == 0
    assert not [pid for pid in pids if is_alive(pid)]


def test_a_broken_part_ends_the_first_start(start: Start, tmp_path: Path) -> None:
    """With its own exit code, one clear line, and nothing left running."""
    supervisor = start("web=good", "rasa=broken")
    output = read_until(supervisor, "Stopped.")
    assert supervisor.wait(5) == 3
    assert "rasa cannot start: The file x is broken: delete it.\n" in output
    assert not (tmp_path / "run.json").exists()


def test_other_parts_go_on_when_one_cannot_start(start: Start, tmp_path: Path) -> None:
    """Half a helpdesk is better than none."""
    supervisor = start("web=good", "rasa=dies")
    read_until(supervisor, "web is up")
    read_until(supervisor, "rasa ended with exit code 1")
    parts = json.loads((tmp_path / "run.json").read_text())["parts"]
    assert is_alive(parts["web"]["pid"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_to_make_alone_stops_the_supervisor(start: Start, tmp_path: Path, number: signal.Signals) -> None:
    """GNU make keeps SIGINT to itself, and a killed one passes nothing on."""
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec {sys.executable} {FAKE} {tmp_path} web=good\n")
    make = start(by=["make", "-f", str(makefile), "run"])
    output = read_until(make, "Ready")
    pids = pids_of(tmp_path)
    make.send_signal(number)
    make.wait(10)
    assert make.stdout
    output = make.stdout.read()
    assert wait_until(lambda: not [pid for pid in pids if is_alive(pid)])
    assert "Stopped." in output
