"""The aiohttp application: all routes on one screen."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.web import handlers
from bot.web.errors import Handler, error_middleware
from bot.web.middlewares import count_requests, cross_origin, security_headers

STATIC = Path(__file__).parent / "static"
# A message of 1,000 characters in escaped JSON stays far below this.
MAX_BODY = 64 * 1024

ROUTES = [
    web.get("/healthz", handlers.healthz),
    web.get("/readyz", handlers.readyz),
    web.get("/metrics", handlers.metrics_page),
    web.post("/api/v1/conversations", handlers.open_conversation),
    web.post("/api/v1/conversations/{id}/messages", handlers.send_message),
    web.get("/api/v1/conversations/{id}/messages", handlers.read_messages),
]


def make_app(origins: list[str] | str, static: Path = STATIC) -> web.Application:
    """An application with routes and middlewares; `bot.bootstrap` puts the services in."""
    app = web.Application(
        middlewares=[count_requests, security_headers, error_middleware, cross_origin(origins)],
        client_max_size=MAX_BODY,
    )
    app.add_routes(ROUTES)
    if static.is_dir():
        app.router.add_get("/", _page(static / "index.html"))
        app.router.add_get("/widget.js", _page(static / "widget.js"))
        app.router.add_static("/assets", static / "assets")
    return app


def _page(file: Path) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(file, headers={"Cache-Control": "no-cache"})

    return handler
