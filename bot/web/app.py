"""The aiohttp application: all routes on one screen."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.helpdesk.staff import Permission
from bot.web import handlers, payment_handlers
from bot.web.console_pages import console_pages
from bot.web.desk.routes import DESK_ROUTES
from bot.web.errors import Handler, error_middleware
from bot.web.guard import guard
from bot.web.middlewares import count_requests, cross_origin, security_headers
from bot.web.routing import PERMISSIONS, Route, add_routes, declare
from bot.web.trainer.routes import TRAINER_ROUTES

STATIC = Path(__file__).parent / "static"
# A message of 1,000 characters in escaped JSON stays far below this.
MAX_BODY = 64 * 1024

ROUTES = [
    Route("GET", "/healthz", handlers.healthz, Permission.PUBLIC),
    Route("GET", "/readyz", handlers.readyz, Permission.PUBLIC),
    Route("GET", "/metrics", handlers.metrics_page, Permission.PUBLIC),
    Route("POST", "/api/v1/conversations", handlers.open_conversation, Permission.PUBLIC),
    Route("POST", "/api/v1/conversations/{id}/messages", handlers.send_message, Permission.CUSTOMER),
    Route("GET", "/api/v1/conversations/{id}/messages", handlers.read_messages, Permission.CUSTOMER),
    Route("POST", "/api/v1/payments/midtrans/notifications", payment_handlers.midtrans_notification, Permission.PUBLIC),
]


def make_app(origins: list[str] | str, static: Path = STATIC) -> web.Application:
    """An application with routes and middlewares; `bot.bootstrap` puts the services in."""
    app = web.Application(
        middlewares=[count_requests, security_headers, error_middleware, cross_origin(origins), guard],
        client_max_size=MAX_BODY,
    )
    app[PERMISSIONS] = {}
    add_routes(app, ROUTES)
    add_routes(app, DESK_ROUTES)
    add_routes(app, TRAINER_ROUTES)
    if static.is_dir():
        add_routes(app, [Route("GET", path, page, Permission.PUBLIC) for path, page in _pages(static)])
        declare(app, app.router.add_static("/assets", static / "assets"), Permission.PUBLIC)
    return app


def declare_sockets(app: web.Application) -> None:
    """Socket.IO's own routes are open to all: each namespace decides for itself who may connect and do what."""
    for resource in app.router.resources():
        if resource.canonical == "/socket.io/":
            declare(app, resource, Permission.PUBLIC)


def _pages(static: Path) -> list[tuple[str, Handler]]:
    return [
        ("/", _page(static / "index.html")),
        ("/widget.js", _page(static / "widget.js")),
        *console_pages(static / "desk", "desk"),
        *console_pages(static / "trainer", "trainer"),
    ]


def _page(file: Path) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(file, headers={"Cache-Control": "no-cache"})

    return handler
