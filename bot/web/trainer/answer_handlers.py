"""Handlers of answers and the policy (docs/trainer-protocol.md)."""

from __future__ import annotations

from aiohttp import web

from bot.services.wording.answers import NewWording
from bot.web.bodies import json_object, text_field
from bot.web.guard import staff_session
from bot.web.trainer.bodies import change_key
from bot.web.trainer.test_keys import ANSWERS, POLICY
from bot.web.trainer.test_queries import change_reason
from bot.web.trainer.test_views import answer_view, policy_view
from bot.web.trainer.workshop_views import change_view


async def read_answers(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/answers"""
    return web.json_response({"answers": [answer_view(listed) for listed in await request.app[ANSWERS].all()]})


async def change_answer(request: web.Request) -> web.Response:
    """PUT /api/trainer/v1/answers/{name}"""
    body = await json_object(request)
    new = NewWording(body.get("variant"), body.get("text"), body.get("revision"), change_reason(body))
    staff, name = staff_session(request).staff, request.match_info["name"]
    listed, change = await request.app[ANSWERS].change(staff, name, new, change_key(body))
    made = None if change is None else change_view(change, {listed.answer.intent: listed.title})
    return web.json_response({"answer": answer_view(listed), "change": made})


async def read_changes(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/answers/{name}/changes"""
    titles, changes = await request.app[ANSWERS].changes(request.match_info["name"])
    return web.json_response({"changes": [change_view(change, titles) for change in changes]})


async def confirm_answer(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/answers/{name}/reviewed"""
    change_key(await json_object(request))
    await request.app[ANSWERS].confirm(request.match_info["name"])
    return web.Response(status=204)


async def read_policy(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/policy"""
    return web.json_response(policy_view(await request.app[POLICY].overview()))


async def import_policy(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/policy"""
    body = await json_object(request)
    change_key(body)
    return web.json_response(policy_view(await request.app[POLICY].take(text_field(body, "text"))))
