"""`python -m bot.nlu.train`: a training in a process of its own (docs/adr/0014-training-time.md)."""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import os
import sys
from pathlib import Path

from bot.nlu.sparing_tensorflow import components_of_config, spare_tensorflow

_OBJECTS_BEFORE_COLLECTION = 100_000  # Python's own: 700


def main() -> int:
    """Takes the arguments of `rasa train` that we need; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.train", description="Trains the assistant.")
    parser.add_argument("--config", default="config.yml")
    parser.add_argument("--domain", default="domain.yml")
    parser.add_argument("--data", nargs="+", default=["data"])
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--fixed-model-name", required=True)
    arguments = parser.parse_args()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # What is loaded and read stays: looking through it for garbage again and again would take a tenth of the time.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    from bot.nlu.fit_ahead import fit_ahead
    from bot.nlu.head_start import head_start

    with fit_ahead(arguments.config, arguments.data), head_start(arguments.data):
        return _train(arguments)


def _train(arguments: argparse.Namespace) -> int:
    from rasa.shared.exceptions import RasaException
    from rasa.shared.utils.io import read_model_configuration

    with contextlib.suppress(RasaException, OSError, AttributeError):  # told by what follows
        spare_tensorflow(components_of_config(read_model_configuration(arguments.config)))
    from rasa.shared.utils.cli import print_error
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    from bot.nlu.training_graph import train

    gc.freeze()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-8s %(name)s  - %(message)s")
    configure_logging_and_warnings(logging.INFO, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(logging.INFO)
    archive = arguments.out / f"{arguments.fixed_model_name}.tar.gz"
    try:
        train(arguments.config, arguments.domain, arguments.data, archive)
    except RasaException as error:
        print_error(f"{type(error).__name__}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # The model is packed and nothing is left to do, but freeing all that was read takes half a second.
    os._exit(status)
