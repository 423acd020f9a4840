"""`make bench` or `python -m benchmarks [NAME ...]`: run the named benchmarks, or all."""

import argparse
import os
import sys
import warnings

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.showwarning = lambda *_, **__: None

from benchmarks import log_throughput, public, reply_time, two_requests, understanding  # noqa: E402 - after the settings above

BENCHMARKS = {
    "understanding": understanding.run,
    "public": public.run,
    "two-requests": two_requests.run,
    "reply-time": reply_time.run,
    "log-throughput": log_throughput.run,
}


def main() -> int:
    """Run and print; the figures in docs/benchmarks.md come from here."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], default=[], metavar="NAME")
    for name in parser.parse_args().names or BENCHMARKS:
        print(f"== {name} (python -m benchmarks {name})", flush=True)
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
