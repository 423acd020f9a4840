"""The `helpdesk` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.commands import ask, data, evaluate, kept_tests, policy, run, train, user
from bot.errors import HelpdeskError

_COMMANDS = (ask, train, evaluate, kept_tests, data, policy, user, run)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; a known error is one line on standard error and exit status 2."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    parser = argparse.ArgumentParser(prog="helpdesk", description="Masternet Helpdesk")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.register(subparsers)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except HelpdeskError as error:
        sys.stderr.write(f"helpdesk: {error}\n")
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
