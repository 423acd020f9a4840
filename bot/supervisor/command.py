"""`python -m bot.supervisor`: the steps of a start, one plain line each."""

import argparse
import asyncio
import os
import signal
import traceback
from collections.abc import Sequence
from pathlib import Path

from bot.served_model import ANSWERING, ServedModel, model_path, served_model, want_slots
from bot.supervisor.checks import check_home, check_port, check_python, free_ports
from bot.supervisor.console import say
from bot.supervisor.database_steps import prepare_database
from bot.supervisor.errors import EXIT_FAILED, EXIT_MODEL, EXIT_OK, StartError
from bot.supervisor.health import probe
from bot.supervisor.make_watch import follow_make
from bot.supervisor.parts import Ports, helpdesk_parts, rasa_slots
from bot.supervisor.run_file import lock_home
from bot.supervisor.secret_file import load_secrets
from bot.supervisor.settings import SupervisorSettings
from bot.supervisor.supervise import Supervisor
from bot.training import (
    TrainingError,
    check_model,
    data_digest,
    ensure_model,
    frame_fingerprint,
    newest_model,
    unusable_model_line,
)

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
        prepare_database()
        slot = _prepare_model(settings)
        ports = Ports.of(free_ports(Ports.count))
        parts, slots = helpdesk_parts(settings, secrets, ports), rasa_slots(settings, secrets, ports)
        say(f"Starting {', '.join((*(part.name for part in parts), slot))} ...")

        async def supervise() -> int:
            supervisor = Supervisor(parts, settings.home, Announcer(settings), slots=slots, verbose=verbose)
            return await supervisor.run()

        return asyncio.run(supervise())


def _prepare_model(settings: SupervisorSettings) -> str:
    """Chooses the model to begin with; returns the slot that it will answer in."""
    served = served_model(settings.home)
    if served is not None and (reason := _why_train(settings, served)) is not None:
        say(reason)
        served = None
    if served is not None and not check_model(model_path(settings.home, served.file)):
        say(f"Warning: the published model {served.file} cannot be loaded; a new one is made.")
        served = None
    file, slot = (served.file, served.slot) if served else (_trained_now(settings).name, ANSWERING[0])
    try:
        want_slots(settings.home, {slot: file})
    except OSError as error:
        raise StartError(f"{settings.home / 'models'} cannot be written: {error.strerror or error}") from error
    say(f"Model {file} is ready.")
    return slot


def _why_train(settings: SupervisorSettings, served: ServedModel) -> str | None:
    """Why the published model is not the one to begin with, as a line for the operator; None if it is."""
    if served.frame != frame_fingerprint(settings.project):
        return "The program has changed since the published model was trained; a new one is made."
    if served.data == data_digest(settings.project):
        return None
    from bot.bootstrap.trainer_workshop import edited_by_hand

    edited = asyncio.run(edited_by_hand(settings.database_url, settings.project))
    if edited:
        return f"The training data was edited by hand ({', '.join(edited[:3])}); a new model is made."
    say("Trainers have changed the training data and not published it yet: the published model goes on.")
    return None


def _trained_now(settings: SupervisorSettings) -> Path:
    try:
        model = ensure_model(settings.project, settings.home, say)
    except TrainingError as error:
        former = newest_model(settings.home)
        if former is None:
            raise StartError(str(error)) from error
        say(f"Warning: {error} The former model {former.name} is used instead.")
        model = former
    if not check_model(model):
        raise StartError(unusable_model_line(model), EXIT_MODEL)
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
