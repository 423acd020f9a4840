"""Stops with the `make` that started us.

GNU make that alone gets SIGINT waits for its recipe without passing the signal on, and one that is killed leaves the
recipe behind. Both are seen from /proc here and turned into a SIGTERM to this process.
"""

import os
import signal
import threading
import time
from pathlib import Path

_SIGINT_BIT = 1 << (signal.SIGINT - 1)


def follow_make(every: float = 0.5) -> None:
    """Starts a thread that watches the parent process, if that is a make."""
    parent = os.getppid()
    if "make" in _read(parent, "comm"):
        threading.Thread(target=_watch, args=(parent, every), name="make-watch", daemon=True).start()


def _watch(parent: int, every: float) -> None:
    while os.getppid() == parent and not _is_stopping(parent):
        time.sleep(every)
    os.kill(os.getpid(), signal.SIGTERM)


def _is_stopping(make: int) -> bool:
    """While make deals with SIGINT it neither catches nor ignores it any more."""
    fields = dict(line.partition(":")[::2] for line in _read(make, "status").splitlines())
    if "SigCgt" not in fields or "SigIgn" not in fields:
        return False
    return not (int(fields["SigCgt"], 16) | int(fields["SigIgn"], 16)) & _SIGINT_BIT


def _read(pid: int, name: str) -> str:
    try:
        return Path("/proc", str(pid), name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
