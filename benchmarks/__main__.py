"""`make bench` or `python -m benchmarks [NAME ...]`: run the named benchmarks, or all."""

import argparse
import os
import sys
import warnings

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.showwarning = lambda *_, **__: None

from benchmarks import (  # noqa: E402 - after the settings above
    desk_lists,
    desk_report,
    log_throughput,
    new_clauses,
    public,
    publishing,
    reply_time,
    two_requests,
    understanding,
)
from benchmarks.simulated_trainer import compare as simulated_trainer  # noqa: E402
from benchmarks.stock_rasa import compare as stock_rasa  # noqa: E402

BENCHMARKS = {
    "understanding": understanding.run,
    "public": public.run,
    "two-requests": two_requests.run,
    "new-clauses": new_clauses.run,
    "reply-time": reply_time.run,
    "log-throughput": log_throughput.run,
    "desk-lists": desk_lists.run,
    "desk-report": desk_report.run,
    "publishing": publishing.run,
    "simulated-trainer": simulated_trainer.run,
    "stock-rasa": stock_rasa.run,
}


def main() -> int:
    """Run and print; the figures in docs/benchmarks.md come from here."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], default=[], metavar="NAME")
    parser.add_argument(
        "--sentences",
        type=_size,
        default=stock_rasa.SENTENCES,
        metavar="N",
        help="training sentences of stock-rasa: a number, or `all` (takes hours; default: %(default)s)",
    )
    parser.add_argument(
        "--conversations",
        type=int,
        default=desk_lists.CONVERSATIONS,
        metavar="N",
        help="conversations of desk-lists, with ten messages each (default: %(default)s)",
    )
    parser.add_argument(
        "--part",
        choices=["dev", "test"],
        default=simulated_trainer.PART,
        help="what simulated-trainer measures on: dev for choices, test for the figures (default: %(default)s)",
    )
    parser.add_argument(
        "--publishes",
        type=int,
        default=publishing.PUBLISHES,
        metavar="N",
        help="publishes of publishing, one after the other (default: %(default)s)",
    )
    arguments = parser.parse_args()
    for name in arguments.names or BENCHMARKS:
        print(f"== {name} (python -m benchmarks {name})", flush=True)
        if name == "stock-rasa":
            stock_rasa.run(arguments.sentences)
        elif name == "simulated-trainer":
            simulated_trainer.run(arguments.part)
        elif name == "publishing":
            publishing.run(arguments.publishes)
        elif name == "desk-lists":
            desk_lists.run(arguments.conversations)
        else:
            BENCHMARKS[name]()
    return 0


def _size(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number above zero nor `all`")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
