"""Handlers of signing in and out, and of one's own account."""

from __future__ import annotations

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.services.staff_sessions import OpenedSession
from bot.web import keys
from bot.web.addresses import client_address, is_https
from bot.web.bodies import json_object, text_field
from bot.web.desk.views import session_view
from bot.web.guard import COOKIE, staff_session


async def sign_in(request: web.Request) -> web.Response:
    """POST /api/desk/v1/session"""
    body = await json_object(request)
    code = body.get("code")
    if code is not None and not isinstance(code, str):
        raise InvalidMessageError("code is not a string", field="code")
    opened = await request.app[keys.SIGN_IN].sign_in(
        username=text_field(body, "username"),
        password=text_field(body, "password"),
        code=code,
        address=_address(request),
    )
    response = web.json_response(session_view(opened.session))
    _set_cookie(request, response, opened)
    return response


async def read_session(request: web.Request) -> web.Response:
    """GET /api/desk/v1/session"""
    return web.json_response(session_view(staff_session(request)))


async def sign_out(request: web.Request) -> web.Response:
    """DELETE /api/desk/v1/session?everywhere=1"""
    leaving = request.app[keys.SIGN_OUT]
    if request.query.get("everywhere") == "1":
        await leaving.everywhere(staff_session(request))
    else:
        await leaving.here(staff_session(request))
    response = web.Response(status=204)
    response.del_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=_is_https(request))
    return response


async def change_password(request: web.Request) -> web.Response:
    """PUT /api/desk/v1/me/password"""
    body = await json_object(request)
    await request.app[keys.OWN_ACCOUNT].change_password(
        staff_session(request), old=text_field(body, "old"), new=text_field(body, "new"), address=_address(request)
    )
    return web.Response(status=204)


async def enrol_totp(request: web.Request) -> web.Response:
    """POST /api/desk/v1/me/totp"""
    enrolment = await request.app[keys.OWN_ACCOUNT].enrol_totp(staff_session(request))
    return web.json_response({"secret": enrolment.secret, "uri": enrolment.uri})


async def confirm_totp(request: web.Request) -> web.Response:
    """PUT /api/desk/v1/me/totp"""
    body = await json_object(request)
    await request.app[keys.OWN_ACCOUNT].confirm_totp(staff_session(request), text_field(body, "code"))
    return web.Response(status=204)


async def remove_totp(request: web.Request) -> web.Response:
    """DELETE /api/desk/v1/me/totp"""
    body = await json_object(request)
    await request.app[keys.OWN_ACCOUNT].remove_totp(
        staff_session(request), password=text_field(body, "password"), address=_address(request)
    )
    return web.Response(status=204)


def _set_cookie(request: web.Request, response: web.Response, opened: OpenedSession) -> None:
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=request.app[keys.SESSION_LIFETIME],
        path="/",
        httponly=True,
        samesite="Lax",
        secure=_is_https(request),
    )


def _is_https(request: web.Request) -> bool:
    return is_https(request, request.app[keys.TRUSTED_PROXIES])


def _address(request: web.Request) -> str:
    return client_address(request, request.app[keys.TRUSTED_PROXIES])
