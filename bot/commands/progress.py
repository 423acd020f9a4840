"""What a command tells while it works."""

import sys


def report_progress(line: str) -> None:
    """One line on standard error, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
