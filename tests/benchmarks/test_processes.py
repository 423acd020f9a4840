"""Measured processes and servers, with small real ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.stock_rasa.processes import Command, Server, family, memory, run_measured
from bot.supervisor.checks import free_ports

_HOLD_MEMORY_IN_A_CHILD = """
import subprocess, sys
subprocess.run([sys.executable, "-c", "import time; held = bytearray(200_000_000); time.sleep(1.5)"])
"""


def command(code: str, log: Path, *arguments: str) -> Command:
    """Python code as a command."""
    return Command([sys.executable, "-c", code, *arguments], log.parent, {}, log)


def test_memory_of_children_counts(tmp_path: Path) -> None:
    """What trains may be a child of what was started."""
    measured = run_measured(command(_HOLD_MEMORY_IN_A_CHILD, tmp_path / "log"), "holding memory", lambda _: None)
    assert 200_000_000 < measured.peak_bytes < 400_000_000
    assert measured.seconds > 1.5


def test_failure_is_told_with_the_end_of_the_log(tmp_path: Path) -> None:
    """Not a silent figure of zero."""
    failing = command("print('disk is full'); raise SystemExit(3)", tmp_path / "log")
    with pytest.raises(RuntimeError, match=r"training ended with exit code 3:\ndisk is full"):
        run_measured(failing, "training", lambda _: None)


def test_server_runs_within_the_block_only(tmp_path: Path) -> None:
    """Also when the block ends in an error."""
    (port,) = free_ports(1)
    argv = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    server = Server(Command(argv, tmp_path, {}, tmp_path / "log"), f"http://127.0.0.1:{port}/")
    others = family(os.getpid())  # such as what tests before this one have left
    with pytest.raises(KeyError), server:
        started = family(os.getpid()) - others
        assert server.resident_bytes > 1_000_000
        raise KeyError
    assert server.resident_bytes == 0
    assert all(not memory(pid) for pid in started)


def test_server_that_ends_at_once_is_an_error(tmp_path: Path) -> None:
    """With what it said."""
    (port,) = free_ports(1)
    server = Server(command("raise SystemExit('no model')", tmp_path / "log"), f"http://127.0.0.1:{port}/")
    with pytest.raises(RuntimeError, match="no model"), server:
        pass
