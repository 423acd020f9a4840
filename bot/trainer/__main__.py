"""`python -m bot.trainer`: the trainer part."""

import asyncio
import contextlib
import signal
import sys

from aiohttp import web

from bot.bootstrap import SystemClock
from bot.bootstrap.trainer_part import TrainerPart
from bot.errors import SettingsError
from bot.logs import configure_logging
from bot.settings import Settings


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _serve(settings: Settings) -> None:
    app = web.Application()
    app.router.add_get("/health", _health)
    server = web.AppRunner(app, access_log=None)
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", settings.port).start()
    running = asyncio.ensure_future(TrainerPart(settings, SystemClock()).run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await server.cleanup()


def main() -> int:
    """Works until SIGINT or SIGTERM; `PORT` is where its health can be asked, on loopback."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        sys.stderr.write(f"helpdesk trainer: {error}\n")
        return 2
    configure_logging(settings.log_level)
    asyncio.run(_serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
