"""HTTP handlers of the customer API: call one use case, shape the answer. `bot.web.guard` has checked the token."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.web import keys, metrics
from bot.web.addresses import client_address
from bot.web.bodies import json_object
from bot.web.views import message_view

MAX_WAIT = 25.0
# A bound on one response; a client asks on from the last seq it got.
PAGE = 500


async def healthz(request: web.Request) -> web.Response:
    """The process is up."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """200 when everything needed to answer customers is there, else 503 and what is missing."""
    missing = await request.app[keys.HEALTH].missing()
    return web.json_response(
        {"status": "ready" if not missing else "not_ready", "missing": missing}, status=503 if missing else 200
    )


async def metrics_page(request: web.Request) -> web.Response:
    """Prometheus metrics."""
    return web.Response(body=request.app[keys.METRICS].render(), headers={"Content-Type": metrics.CONTENT_TYPE})


async def open_conversation(request: web.Request) -> web.Response:
    """POST /api/v1/conversations"""
    request.app[keys.OPEN_LIMIT].check(client_address(request, request.app[keys.TRUSTED_PROXIES]))
    conversation = await request.app[keys.CONVERSATIONS].open()
    token = request.app[keys.TOKENS].issue(conversation.id)
    return web.json_response({"conversation_id": conversation.id, "token": token}, status=201)


async def send_message(request: web.Request) -> web.Response:
    """POST /api/v1/conversations/{id}/messages"""
    conversation_id = access_conversation(request)
    request.app[keys.MESSAGE_LIMIT].check(conversation_id)
    body = await json_object(request)
    sent = await request.app[keys.CONVERSATIONS].send(
        conversation_id, client_message_id=body.get("client_message_id"), text=body.get("text")
    )
    return web.json_response({"seq": sent.message.seq}, status=200 if sent.duplicate else 202)


async def read_messages(request: web.Request) -> web.Response:
    """GET /api/v1/conversations/{id}/messages?after=SEQ&wait=SECONDS"""
    conversation_id = access_conversation(request)
    after = int(_number(request, "after", 2**31 - 1))
    wait = min(_number(request, "wait", 3600), MAX_WAIT)
    conversations = request.app[keys.CONVERSATIONS]
    loop = asyncio.get_running_loop()
    end = loop.time() + wait
    with request.app[keys.WAITERS].watch(conversation_id) as watch:
        page = await conversations.read(conversation_id, after=after, limit=PAGE)
        while not page.messages and (left := end - loop.time()) > 0:
            await watch.wait(left)
            page = await conversations.read(conversation_id, after=after, limit=PAGE)
    return web.json_response({"messages": [message_view(m) for m in page.messages], "owner": page.owner.value})


def access_conversation(request: web.Request) -> str:
    """The conversation in the path; `bot.web.guard` has checked that the request's token opens it."""
    conversation_id: str = request["conversation_id"]
    return conversation_id


def _number(request: web.Request, name: str, largest: float) -> float:
    raw = request.query.get(name, "0")
    try:
        value = float(raw)
    except ValueError as error:
        raise InvalidMessageError(f"{name} is not a number", field=name) from error
    if not 0 <= value <= largest:
        raise InvalidMessageError(f"{name} is out of range", field=name)
    return value
