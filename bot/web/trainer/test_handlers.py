"""Handlers of kept tests (docs/trainer-protocol.md)."""

from __future__ import annotations

from aiohttp import web

from bot.services.kept_tests.keeping import given_message
from bot.services.releases.jobs import job_view
from bot.web.bodies import json_object
from bot.web.desk.queries import known_id, path_id
from bot.web.guard import staff_session
from bot.web.trainer.bodies import change_key
from bot.web.trainer.test_keys import KEPT_TESTS, TEST_RUNS
from bot.web.trainer.test_queries import number_or_none
from bot.web.trainer.test_views import kept_conversation_view, kept_message_view, tests_view


async def read_tests(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/tests"""
    return web.json_response(tests_view(*await request.app[KEPT_TESTS].all()))


async def add_message(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/tests/messages"""
    body = await json_object(request)
    given = given_message(body.get("text"), body.get("outcomes"), body.get("clauses"))
    kept = await request.app[KEPT_TESTS].add_message(staff_session(request).staff, given, change_key(body))
    return web.json_response(kept_message_view(kept), status=201)


async def delete_message(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/tests/messages/{id}/delete"""
    key = change_key(await json_object(request))
    await request.app[KEPT_TESTS].delete_message(staff_session(request).staff, path_id(request), key)
    return web.Response(status=204)


async def add_conversation(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/tests/conversations"""
    body = await json_object(request)
    tests, staff = request.app[KEPT_TESTS], staff_session(request).staff
    kept = await tests.add_conversation(staff, body.get("name"), body.get("turns"), change_key(body))
    return web.json_response(kept_conversation_view(kept), status=201)


async def add_from_chat(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/tests/conversations/from-chat"""
    body = await json_object(request)
    kept = await request.app[KEPT_TESTS].add_from_chat(
        staff_session(request).staff,
        known_id(body.get("conversation_id")),
        number_or_none(body, "until"),
        body.get("name"),
        change_key(body),
    )
    return web.json_response(kept_conversation_view(kept), status=201)


async def change_conversation(request: web.Request) -> web.Response:
    """PUT /api/trainer/v1/tests/conversations/{id}"""
    body = await json_object(request)
    kept = await request.app[KEPT_TESTS].change_conversation(
        staff_session(request).staff,
        path_id(request),
        name=body.get("name"),
        turns=body.get("turns"),
        key=change_key(body),
    )
    return web.json_response(kept_conversation_view(kept))


async def delete_conversation(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/tests/conversations/{id}/delete"""
    key = change_key(await json_object(request))
    await request.app[KEPT_TESTS].delete_conversation(staff_session(request).staff, path_id(request), key)
    return web.Response(status=204)


async def run_tests(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/tests/run"""
    body = await json_object(request)
    runs = request.app[TEST_RUNS]
    job = await runs.begin(staff_session(request).staff, number_or_none(body, "version"), change_key(body))
    return web.json_response({"job": job_view(job)}, status=202)
