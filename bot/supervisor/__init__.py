"""The supervisor behind `make run`: prepares the home, starts web, Rasa and actions, and keeps them up."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the helpdesk until it is told to stop; returns the exit code."""
    # Imported late, so that `helpdesk --help` does not pay for it.
    from bot.supervisor.command import run

    return run(argv)
