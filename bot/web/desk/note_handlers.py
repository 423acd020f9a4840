"""Handlers of internal notes and canned replies."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.services.canned_replies import GivenReply
from bot.web import keys
from bot.web.bodies import json_object
from bot.web.desk.conversation_views import canned_reply_view, note_view
from bot.web.desk.queries import path_id
from bot.web.guard import staff_session


async def read_notes(request: web.Request) -> web.Response:
    """GET /api/desk/v1/conversations/{id}/notes"""
    notes = await request.app[keys.NOTES].of(path_id(request))
    return web.json_response({"notes": [note_view(note) for note in notes]})


async def add_note(request: web.Request) -> web.Response:
    """POST /api/desk/v1/conversations/{id}/notes"""
    body = await json_object(request)
    note = await request.app[keys.NOTES].add(staff_session(request).staff, path_id(request), body.get("text"))
    return web.json_response(note_view(note), status=201)


async def read_canned_replies(request: web.Request) -> web.Response:
    """GET /api/desk/v1/canned-replies"""
    replies = await request.app[keys.CANNED_REPLIES].visible_to(staff_session(request).staff)
    return web.json_response({"canned_replies": [canned_reply_view(reply) for reply in replies]})


async def add_canned_reply(request: web.Request) -> web.Response:
    """POST /api/desk/v1/canned-replies"""
    body = await json_object(request)
    reply = await request.app[keys.CANNED_REPLIES].add(
        staff_session(request).staff, _given(body), shared=body.get("shared") is True
    )
    return web.json_response(canned_reply_view(reply), status=201)


async def change_canned_reply(request: web.Request) -> web.Response:
    """PUT /api/desk/v1/canned-replies/{id}"""
    body = await json_object(request)
    replies = request.app[keys.CANNED_REPLIES]
    reply = await replies.change(staff_session(request).staff, path_id(request), _given(body))
    return web.json_response(canned_reply_view(reply))


async def delete_canned_reply(request: web.Request) -> web.Response:
    """DELETE /api/desk/v1/canned-replies/{id}"""
    await request.app[keys.CANNED_REPLIES].delete(staff_session(request).staff, path_id(request))
    return web.Response(status=204)


def _given(body: dict[str, Any]) -> GivenReply:
    return GivenReply(body.get("shortcut"), body.get("title"), body.get("text"))
