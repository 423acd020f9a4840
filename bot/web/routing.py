"""A route with the permission that it asks for; what is not declared like this is refused by `bot.web.guard`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from bot.helpdesk.staff import Permission
from bot.web.errors import Handler


@dataclass(frozen=True)
class Route:
    """One line of a table of routes. `own_conversation`: refused to an agent while another one has `{id}`."""

    method: str
    path: str
    handler: Handler
    permission: Permission
    own_conversation: bool = False


# The permission of every route that is registered.
PERMISSIONS: web.AppKey[dict[web.AbstractRoute, Permission]] = web.AppKey("permissions", dict)


def add_routes(app: web.Application, routes: Iterable[Route]) -> None:
    """Register `routes`; where GET is allowed, HEAD is as well."""
    for route in routes:
        resource = app.router.add_resource(route.path)
        for method in ("GET", "HEAD") if route.method == "GET" else (route.method,):
            app[PERMISSIONS][resource.add_route(method, route.handler)] = route.permission


def declare(app: web.Application, routes: Iterable[web.AbstractRoute], permission: Permission) -> None:
    """Give `routes` that something else has registered their permission."""
    app[PERMISSIONS].update(dict.fromkeys(routes, permission))
