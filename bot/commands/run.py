"""`helpdesk run`: everything, under the supervisor."""

import argparse

from bot import supervisor


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("run", help="start Rasa, the actions and the web process, and keep them up")
    parser.add_argument("--verbose", action="store_true", help="show tracebacks of failed parts")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """As `python -m bot.supervisor`."""
    return supervisor.main(["--verbose"] if arguments.verbose else [])
