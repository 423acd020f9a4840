"""`python -m bot.web`: one web process."""

import sys

from aiohttp import web

from bot.bootstrap import make_web_app
from bot.errors import SettingsError
from bot.logs import configure_logging
from bot.settings import Settings


def main() -> int:
    """Serve until SIGINT or SIGTERM."""
    try:
        settings = Settings.from_env()
        app = make_web_app(settings)
    except SettingsError as error:
        sys.stderr.write(f"helpdesk web: {error}\n")
        return 2
    configure_logging(settings.log_level)
    web.run_app(app, host=settings.host, port=settings.port, print=None, shutdown_timeout=5.0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
