"""`python -m bot.supervisor`: the steps of a start, one plain line each."""

import argparse
import asyncio
import os
import signal
import traceback
from collections.abc import Sequence
from pathlib import Path

from bot.supervisor.checks import check_home, check_port, check_python, free_ports
from bot.supervisor.console import say
from bot.supervisor.errors import EXIT_FAILED, EXIT_MODEL, EXIT_OK, StartError
from bot.supervisor.first_account import NAME, make_first_account
from bot.supervisor.health import probe
from bot.supervisor.make_watch import follow_make
from bot.supervisor.parts import helpdesk_parts
from bot.supervisor.run_file import lock_home
from bot.supervisor.secret_file import load_secrets
from bot.supervisor.settings import SupervisorSettings
from bot.supervisor.supervise import Supervisor
from bot.training import TrainingError, check_model, ensure_model, newest_model, unusable_model_line

_READY_LIMIT = 20.0


def run(argv: Sequence[str] | None = None) -> int:
    """Starts the helpdesk and keeps it up; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.supervisor", description="Run the helpdesk.")
    parser.add_argument("--verbose", action="store_true", help="show tracebacks and more lines of failed parts")
    arguments = parser.parse_args(argv)
    try:
        # Until the parts run, being told to stop is an exception; `Supervisor` takes the signals over.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        return _start(arguments.verbose)
    except StartError as error:
        say(f"Error: {error}")
        if arguments.verbose:
            say(traceback.format_exc())
        return error.exit_code
    except KeyboardInterrupt:
        # Told to stop, and stopped: no failure, and make has nothing to complain about.
        say("Stopped.")
        return EXIT_OK
    except Exception as error:
        # Nothing that an operator should have to read a traceback for.
        say(f"Error: {type(error).__name__}: {error} (`make run VERBOSE=1` shows where)")
        if arguments.verbose:
            say(traceback.format_exc())
        return EXIT_FAILED


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _start(verbose: bool) -> int:
    check_python()
    follow_make()
    settings = SupervisorSettings.from_env(os.environ)
    check_home(settings.home)
    with lock_home(settings.home):
        check_port(settings.host, settings.port)
        say(f"Masternet Helpdesk: home {settings.home}, logs {settings.home / 'logs'}")
        secrets = load_secrets(settings.home, os.environ)
        _migrate(settings)
        _first_account(settings)
        _prepare_model(settings)
        rasa_port, actions_port = free_ports(2)
        parts = helpdesk_parts(settings, secrets, rasa_port, actions_port)
        say(f"Starting {', '.join(part.name for part in parts)} ...")

        async def supervise() -> int:
            return await Supervisor(parts, settings.home, Announcer(settings), verbose=verbose).run()

        return asyncio.run(supervise())


def _migrate(settings: SupervisorSettings) -> None:
    try:
        from bot.store.migrate import upgrade

        upgrade(settings.database_url)
    except Exception as error:
        log = settings.home / "logs" / "migrate.log"
        log.write_text(traceback.format_exc(), encoding="utf-8")
        reason = (str(error).strip() or "no reason given").splitlines()[0]
        raise StartError(f"The database cannot be brought up to date: {reason} (see {log}).") from error
    say("Database is up to date.")


def _first_account(settings: SupervisorSettings) -> None:
    try:
        password = make_first_account(settings.database_url)
    except Exception as error:
        reason = (str(error).strip() or "no reason given").splitlines()[0]
        raise StartError(f"The first account cannot be made: {type(error).__name__}: {reason}") from error
    if password is not None:
        say(f"Admin account: name {NAME}, password {password} (shown only this once)")


def _prepare_model(settings: SupervisorSettings) -> Path:
    try:
        model = ensure_model(settings.root, settings.home, say)
    except TrainingError as error:
        former = newest_model(settings.home)
        if former is None:
            raise StartError(str(error)) from error
        say(f"Warning: {error} The former model {former.name} is used instead.")
        model = former
    if not check_model(model):
        raise StartError(unusable_model_line(model), EXIT_MODEL)
    say(f"Model {model.name} is ready.")
    return model


class Announcer:
    """Prints the addresses once everything works together."""

    def __init__(self, settings: SupervisorSettings) -> None:
        self._settings = settings

    async def __call__(self) -> None:
        url = self._settings.url
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _READY_LIMIT
        while await probe(f"{url}/readyz", 5.0) != 200:
            if loop.time() > deadline:
                say(f"Warning: all parts are up, but {url}/readyz says that something is missing.")
                break
            await asyncio.sleep(0.2)
        say(f"Ready: {url}")
        say(f"  Customers (widget demo): {url}/")
        static = self._settings.root / "bot" / "web" / "static"
        for folder, people in (("desk", "Support agents"), ("trainer", "Trainers")):
            if (static / folder / "index.html").exists():
                say(f"  {people}: {url}/{folder}/")
        say("Ctrl-C stops everything.")
