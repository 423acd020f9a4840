"""Runs a command behind all others: `python lowly.py NICE MEGABYTES COMMAND...`; imports nothing of ours.

It gets the processor when nobody else wants it, is the first to die when memory runs out, and fails by itself when it
wants more than MEGABYTES (0: no bound).
"""

import contextlib
import os
import resource
import sys
from pathlib import Path


def main() -> None:
    """Becomes the command in place of this program."""
    nice, megabytes, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    os.nice(nice)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if megabytes:
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    os.execvp(command[0], command)  # noqa: S606  # no shell wanted


if __name__ == "__main__":
    main()
