"""Handlers of what support agents do: be there, accept, write, pass on, close."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.helpdesk.staff import Presence
from bot.services.desk_handoffs import CLOSE_REASONS
from bot.web import keys
from bot.web.bodies import json_object
from bot.web.desk.conversation_handlers import detail_response
from bot.web.desk.conversation_views import agent_view
from bot.web.desk.queries import path_id
from bot.web.guard import staff_session

_LONGEST_NOTE = 2000


async def set_presence(request: web.Request) -> web.Response:
    """PUT /api/desk/v1/me/presence"""
    wanted = (await json_object(request)).get("presence")
    if wanted not in [presence.value for presence in Presence]:
        raise InvalidMessageError("no such presence", field="presence")
    await request.app[keys.PRESENCE].set(staff_session(request).staff, Presence(wanted))
    return web.json_response({"presence": wanted})


async def list_agents(request: web.Request) -> web.Response:
    """GET /api/desk/v1/agents"""
    agents = await request.app[keys.PRESENCE].agents()
    return web.json_response({"agents": [agent_view(agent) for agent in agents]})


async def send(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/messages"""
    body, staff = await json_object(request), staff_session(request).staff
    sent = await request.app[keys.DESK_MESSAGES].send(
        path_id(request), staff, client_message_id=body.get("client_message_id"), text=body.get("text")
    )
    return web.json_response({"seq": sent.message.seq}, status=200 if sent.duplicate else 202)


async def accept(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/accept"""
    await request.app[keys.DESK_HANDOFFS].accept(path_id(request), staff_session(request).staff)
    return await _detail(request)


async def take_over(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/take-over"""
    await request.app[keys.DESK_HANDOFFS].take_over(path_id(request), staff_session(request).staff)
    return await _detail(request)


async def transfer(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/transfer"""
    body = await json_object(request)
    to = body.get("to")
    if not isinstance(to, str) or not to:
        raise InvalidMessageError("to names no agent", field="to")
    staff = staff_session(request).staff
    await request.app[keys.DESK_HANDOFFS].transfer(path_id(request), staff, to=to, note=_note(body))
    return await _detail(request)


async def give_back(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/return"""
    note = _note(await json_object(request))
    await request.app[keys.DESK_HANDOFFS].give_back(path_id(request), staff_session(request).staff, note=note)
    return await _detail(request)


async def hand_back(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/hand-back"""
    note = _note(await json_object(request))
    await request.app[keys.DESK_HANDOFFS].hand_back(path_id(request), staff_session(request).staff, note=note)
    return await _detail(request)


async def close(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/close"""
    body = await json_object(request)
    reason = body.get("reason")
    if reason not in CLOSE_REASONS:
        raise InvalidMessageError("no such reason", field="reason")
    staff = staff_session(request).staff
    await request.app[keys.DESK_HANDOFFS].close(path_id(request), staff, reason=reason, note=_note(body))
    return await _detail(request)


def _note(body: dict[str, Any]) -> str | None:
    """An optional note for colleagues. Raises InvalidMessageError (field `note`)."""
    note = body.get("note")
    if note is None:
        return None
    if not isinstance(note, str) or len(note) > _LONGEST_NOTE or "\0" in note:
        raise InvalidMessageError("note is not a text of bounded length", field="note")
    return note.strip() or None


async def _detail(request: web.Request) -> web.Response:
    return await detail_response(request, await request.app[keys.DESK_CONVERSATIONS].detail(path_id(request)))
