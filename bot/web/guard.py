"""The one place that decides whether a request may reach its handler."""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.errors import CrossSiteError, ForbiddenError, UnauthorizedError
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.staff import Permission
from bot.web import keys
from bot.web.errors import Handler
from bot.web.origins import check_own_origin
from bot.web.routing import PERMISSIONS

COOKIE = "helpdesk_session"
CSRF_HEADER = "X-CSRF-Token"
_READING = frozenset({"GET", "HEAD"})


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets through what the route's declared permission allows; a route without one is refused to everybody.

    Handlers find the conversation that a customer's token opens in `request["conversation_id"]`, and who is signed in
    in `request["staff"]`.
    """
    if request.match_info.http_exception is not None:  # no such address or method: nothing to protect
        return await handler(request)
    permission = request.app[PERMISSIONS].get(request.match_info.route)
    if permission is None:
        raise ForbiddenError("the route declares no permission")
    if permission is Permission.CUSTOMER:
        request["conversation_id"] = _conversation_of(request)
    elif permission is Permission.SIGN_IN:
        check_origin(request)
    elif permission is not Permission.PUBLIC:
        request["staff"] = await signed_in(request, permission, changing=request.method not in _READING)
    return await handler(request)


def staff_session(request: web.Request) -> StaffSession:
    """Who makes the request, on a route that asks for an account."""
    session: StaffSession = request["staff"]
    return session


def check_origin(request: web.Request) -> None:
    """Raises CrossSiteError for requests of pages that are not ours."""
    more = request.app[keys.DESK_ORIGINS]
    check_own_origin(request, request.app[keys.TRUSTED_PROXIES], more)


async def signed_in(request: web.Request, permission: Permission, *, changing: bool) -> StaffSession:
    """Whose session cookie it is.

    Raises NotSignedInError, CrossSiteError for a change that none of our pages asked for, and ForbiddenError for an
    account without `permission`.
    """
    session = await request.app[keys.STAFF_SESSIONS].of_token(request.cookies.get(COOKIE))
    if changing:
        check_origin(request)
        given = request.headers.get(CSRF_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, session.csrf_token.encode("ascii")):
            raise CrossSiteError("no or another CSRF token")
    if not session.staff.may(permission):
        raise ForbiddenError(f"needs {permission.value}")
    return session


def _conversation_of(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthorizedError("no bearer token")
    conversation_id = request.app[keys.TOKENS].conversation_of(token.strip())
    if conversation_id != request.match_info["id"]:
        raise UnauthorizedError("token of another conversation")
    return conversation_id
