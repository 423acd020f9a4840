"""What holds for every request: counting, security headers, cross-origin access for pages that embed the widget."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.web import keys
from bot.web.errors import Handler

_CONTENT_SECURITY = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_CROSS_ORIGIN_PATHS = ("/api/v1/", "/widget.js", "/assets/")


@web.middleware
async def count_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts by route pattern, never by address: no label holds an id."""
    response = await handler(request)
    resource = request.match_info.route.resource
    route = resource.canonical if resource else "none"
    request.app[keys.METRICS].requests.labels(request.method, route, str(response.status)).inc()
    return response


@web.middleware
async def security_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Headers that every response carries."""
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Content-Security-Policy", _CONTENT_SECURITY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.path.startswith(("/api/desk/", "/api/trainer/")):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    return response


def cross_origin(origins: list[str] | str) -> Middleware:
    """Middleware that lets pages of `origins` ("*": any) use the customer API; it knows no cookies, only tokens.

    The desk knows cookies: no page of another origin may use it, so nothing here answers for it.
    """

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin", "")
        allowed = origins == "*" or origin in origins
        if not origin or not allowed or not request.path.startswith(_CROSS_ORIGIN_PATHS):
            return await handler(request)
        response = web.Response(status=204) if request.method == "OPTIONS" else await handler(request)
        if not response.prepared:
            response.headers["Access-Control-Allow-Origin"] = "*" if origins == "*" else origin
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Max-Age"] = "3600"
            response.headers["Vary"] = "Origin"
        return response

    return middleware
