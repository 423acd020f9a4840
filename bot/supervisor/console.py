"""What the operator reads: one plain line at a time."""

import contextlib
import threading

_lock = threading.Lock()


def say(line: str) -> None:
    """Prints `line`; a closed terminal or pipe must not bring the helpdesk down."""
    with _lock, contextlib.suppress(OSError, ValueError):
        print(line, flush=True)
