"""Handlers of the trainers' inbox."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.helpdesk.inbox.items import Action
from bot.helpdesk.inbox.reasons import Reason
from bot.services.trainer.inbox_decisions import Wanted
from bot.web.bodies import json_object
from bot.web.desk.queries import path_id
from bot.web.guard import staff_session
from bot.web.trainer.bodies import change_key, optional_text, page_limit
from bot.web.trainer.inbox_keys import INBOX, INBOX_DECISIONS, TITLES
from bot.web.trainer.inbox_views import context_view, group_view, whole_group_view

_STATES = ("open", "mine", "done", "ignored")


async def list_groups(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/inbox"""
    state, reason = request.query.get("state") or "open", request.query.get("reason")
    if state not in _STATES:
        raise InvalidMessageError("state is none of the choices", field="state")
    page = await request.app[INBOX].page(
        staff_session(request).staff,
        state=state,
        reason=_reason(reason) if reason else None,
        before=request.query.get("before"),
        limit=page_limit(request),
    )
    titles = request.app[TITLES]()
    groups = [group_view(group, page.names, titles) for group in page.groups]
    return web.json_response({"groups": groups, "next": page.next, "counts": page.counts})


async def read_group(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/inbox/{id}"""
    whole = await request.app[INBOX].group(path_id(request))
    return web.json_response(whole_group_view(whole, request.app[TITLES]()))


async def read_conversation(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/inbox/messages/{id}/conversation"""
    return web.json_response(context_view(await request.app[INBOX].context(path_id(request))))


async def decide(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/inbox/{id}/decision"""
    wanted = _wanted(await json_object(request))
    decided = await request.app[INBOX_DECISIONS].decide(staff_session(request).staff, path_id(request), wanted)
    return web.json_response({"changes": list(decided.changes), "next": decided.next})


async def reopen(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/inbox/{id}/reopen"""
    key = change_key(await json_object(request))
    await request.app[INBOX_DECISIONS].reopen(staff_session(request).staff, path_id(request), key)
    return await read_group(request)


def _wanted(body: dict[str, Any]) -> Wanted:
    try:
        action = Action(body.get("action"))
    except ValueError as error:
        raise InvalidMessageError("action is none of the choices", field="action") from error
    revision = body.get("revision")
    if not isinstance(revision, int) or isinstance(revision, bool):
        raise InvalidMessageError("revision is not a number", field="revision")
    return Wanted(
        action=action,
        revision=revision,
        key=change_key(body),
        intent=optional_text(body, "intent") or None,
        sentences=_sentences(body.get("sentences")),
        to=optional_text(body, "to") or None,
        note=optional_text(body, "note"),
    )


def _sentences(given: object) -> list[tuple[str | None, str]] | None:
    if given is None:
        return None
    if not isinstance(given, list):
        raise InvalidMessageError("sentences is not a list", field="sentences")
    sentences: list[tuple[str | None, str]] = []
    for one in given:
        text = one.get("text") if isinstance(one, dict) else None
        message = one.get("message") if isinstance(one, dict) else None
        if not isinstance(text, str) or not isinstance(message, str | None):
            raise InvalidMessageError("a sentence has no text", field="sentences")
        sentences.append((message, text))
    return sentences


def _reason(name: str) -> Reason:
    try:
        return Reason(name)
    except ValueError as error:
        raise InvalidMessageError("reason is none of the choices", field="reason") from error
