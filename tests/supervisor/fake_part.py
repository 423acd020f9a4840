"""A tiny part for tests: `python fake_part.py PORT MODE`, standard library only.

GET /health answers 200 (409 in mode `broken`), GET /hang makes it deaf for good.
"""

import http.server
import os
import signal
import subprocess
import sys
import time


def say(line: str) -> None:
    """Writes to the log at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request at a time, as a single event loop would."""

    def do_GET(self) -> None:
        """Health, or the end of all answers."""
        if self.path == "/hang":
            time.sleep(3600)
        self.send_response(409 if "broken" in sys.argv else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stays quiet."""


def main() -> None:
    """Behaves as the mode says."""
    port, mode = int(sys.argv[1]), sys.argv[2]
    if mode == "dies":
        say("loading the settings")
        raise RuntimeError("no such setting")
    if mode == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if mode == "parent":
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(3600)"])
        say(f"child {child.pid}")
    say(f"part {os.getpid()}")
    http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
