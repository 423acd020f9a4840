"""Who may connect to the socket of the desk."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.errors import NotSignedInError
from bot.helpdesk.sessions import StaffSession
from bot.helpdesk.staff import Permission
from bot.web.guard import check_origin, signed_in


async def authenticate(environ: dict[str, Any], permission: Permission = Permission.SERVE) -> StaffSession:
    """Who opened the connection that Socket.IO describes by `environ`.

    Raises CrossSiteError where the page is not ours, NotSignedInError without a session, and ForbiddenError for an
    account without `permission`. Sessions end while sockets stay open: ask `StaffSessions.of_id` now and then.
    """
    request = environ.get("aiohttp.request")
    if not isinstance(request, web.Request):
        raise NotSignedInError("no HTTP request behind the socket")
    check_origin(request)
    return await signed_in(request, permission, changing=False)
