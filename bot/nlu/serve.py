"""`python -m bot.nlu.serve run --model FILE ...`: Rasa's command line, in less memory: `bot.nlu.sparing_tensorflow`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.nlu.sparing_tensorflow import components_of_model, spare_tensorflow


def main() -> None:
    """Takes the arguments of `rasa`."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-m", "--model", type=Path)
    model: Path | None = parser.parse_known_args(sys.argv[1:])[0].model
    if model is not None and model.is_file():
        spare_tensorflow(components_of_model(model))
    from rasa.__main__ import main as rasa

    rasa()


if __name__ == "__main__":
    main()
