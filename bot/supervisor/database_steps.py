"""What a start does in the database before the parts run: the newest tables, and the first account.

In a process of its own (`python -m bot.supervisor.database_steps`), since the supervisor lives on and needs none of the
70 MB that these steps load.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback

from bot.supervisor.console import say
from bot.supervisor.errors import EXIT_FAILED, EXIT_OK, StartError
from bot.supervisor.first_account import NAME, make_first_account
from bot.supervisor.settings import SupervisorSettings

_WHY_NOT = "Start given up: "


def prepare_database() -> None:
    """Takes the steps of `main` with this process's environment. Raises StartError."""
    ended = subprocess.run([sys.executable, "-m", __name__], stderr=subprocess.PIPE, text=True, check=False)
    if ended.returncode != EXIT_OK:
        # Libraries may have said something too, before it or after it.
        told = [line.removeprefix(_WHY_NOT) for line in ended.stderr.splitlines() if line.startswith(_WHY_NOT)]
        reason = told[-1] if told else f"The steps in the database ended with status {ended.returncode}."
        raise StartError(reason, max(ended.returncode, EXIT_FAILED))


def migrate(settings: SupervisorSettings) -> None:
    """Brings the tables up to date. Raises StartError; the whole reason is in `logs/migrate.log`."""
    try:
        from bot.store.migrate import upgrade

        upgrade(settings.database_url)
    except Exception as error:
        log = settings.home / "logs" / "migrate.log"
        log.write_text(traceback.format_exc(), encoding="utf-8")
        reason = (str(error).strip() or "no reason given").splitlines()[0]
        raise StartError(f"The database cannot be brought up to date: {reason} (see {log}).") from error
    say("Database is up to date.")


def first_account(settings: SupervisorSettings) -> None:
    """Makes the first account where there is none, and shows its password. Raises StartError."""
    try:
        password = make_first_account(settings.database_url)
    except Exception as error:
        reason = (str(error).strip() or "no reason given").splitlines()[0]
        raise StartError(f"The first account cannot be made: {type(error).__name__}: {reason}") from error
    if password is not None:
        say(f"Admin account: name {NAME}, password {password} (shown only this once)")


def main() -> int:
    """Both steps; a marked line on standard error says why not, and the exit status is that of the start."""
    try:
        settings = SupervisorSettings.from_env(os.environ)
        migrate(settings)
        first_account(settings)
    except StartError as error:
        sys.stderr.write(f"{_WHY_NOT}{error}\n")
        return error.exit_code
    return EXIT_OK


if __name__ == "__main__":
    sys.exit(main())
