"""`helpdesk train`: trains the assistant, with progress."""

import argparse
import sys

from bot.settings import Settings
from bot.training import ensure_model


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("train", help="train the assistant")
    parser.add_argument("--if-changed", action="store_true", help="only when training data or code changed")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Progress goes to standard error, the model's path to standard output."""

    def progress(line: str) -> None:
        sys.stderr.write(line + "\n")

    settings = Settings.from_env()
    print(ensure_model(settings.project, settings.home, progress, force=not arguments.if_changed))
    return 0
