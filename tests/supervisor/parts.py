"""Builders of fake parts, and looks at the processes that they leave."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.supervisor.checks import free_ports
from bot.supervisor.part import Part

FAKE_PART = Path(__file__).with_name("fake_part.py")


def make_part(name: str, mode: str = "good", **changes: Any) -> Part:
    """A part that runs `fake_part.py` in `mode`, watched with quick checks."""
    (port,) = free_ports(1)
    settings: dict[str, Any] = {
        "name": name,
        "argv": lambda: [sys.executable, "-S", str(FAKE_PART), str(port), mode],
        "port": port,
        "health_url": f"http://127.0.0.1:{port}/health",
        "probe_every": 0.1,
        "probe_limit": 0.3,
        "probe_failures": 2,
        "stop_limit": 0.3,
        "broken_statuses": {409: lambda: "The file x is broken: delete it."},
    }
    if mode == "stubborn-for-long":
        settings |= {"stop_limit": 60.0, "argv": lambda: [sys.executable, "-S", str(FAKE_PART), str(port), "stubborn"]}
    return Part(**(settings | changes))


def is_alive(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], bool], limit: float = 5.0) -> bool:
    """Waits for `holds()`; returns whether it came true in time."""
    end = time.monotonic() + limit
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
