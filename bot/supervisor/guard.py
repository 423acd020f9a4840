"""Kills the process groups of a supervisor that died: `python guard.py`; imports nothing of ours.

The leash holds a part itself; what a part started may outlive it. This program reads lines `+PGID` and `-PGID` from a
pipe that closes when the supervisor ends, however it ends, and then kills every group that is still noted.
"""

import contextlib
import os
import signal
import sys


def main() -> None:
    """Notes groups until the pipe closes, then kills those that are left."""
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
