"""A supervisor over fake parts: `python fake_helpdesk.py HOME NAME=MODE...`; says `Ready` when all are up."""

import asyncio
import sys
from pathlib import Path

from bot.supervisor.console import say
from bot.supervisor.make_watch import follow_make
from bot.supervisor.supervise import Supervisor
from tests.supervisor.parts import make_part


async def announce() -> None:
    """Says that all parts are up."""
    say("Ready")


if __name__ == "__main__":
    follow_make(every=0.1)
    parts = [make_part(*argument.split("=")) for argument in sys.argv[2:]]
    sys.exit(asyncio.run(Supervisor(parts, Path(sys.argv[1]), announce).run()))
