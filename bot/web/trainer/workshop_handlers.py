"""Handlers of the data workshop (docs/trainer-protocol.md)."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.helpdesk.workshop.changes import Change
from bot.services.trainer.data_warnings import KINDS
from bot.services.trainer.topics import titles
from bot.services.trainer.workshop import Workshop
from bot.web import keys
from bot.web.bodies import json_object, text_field
from bot.web.desk.queries import from_zero, path_id, whole_number
from bot.web.guard import staff_session
from bot.web.trainer.bodies import change_key, optional_text, page_limit, path_number
from bot.web.trainer.workshop_views import Titles, change_view, ranked_view, sentence_view, topic_view, warning_view


async def list_topics(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/topics"""
    return web.json_response({"topics": [topic_view(topic) for topic in await _workshop(request).topics()]})


async def list_colleagues(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/colleagues"""
    colleagues = await _workshop(request).colleagues(staff_session(request).staff)
    return web.json_response({"colleagues": [{"id": staff.id, "name": staff.display_name} for staff in colleagues]})


async def list_sentences(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/sentences"""
    warning = request.query.get("warning") or None
    if warning not in {None, "any", *KINDS}:
        raise InvalidMessageError("no such warning", field="warning")
    page = await _workshop(request).sentences(
        intent=request.query.get("intent") or None,
        words=request.query.get("q", ""),
        warning=warning,
        start=from_zero(request, "before"),
        limit=page_limit(request),
    )
    named = await _titles(request)
    sentences = [sentence_view(sentence, named) for sentence in page.sentences]
    return web.json_response({"sentences": sentences, "total": page.total, "next": page.next})


async def add_sentence(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/sentences"""
    body = await json_object(request)
    change = await _workshop(request).add(
        staff_session(request).staff,
        intent=text_field(body, "intent"),
        text=text_field(body, "text"),
        reason=optional_text(body, "reason"),
        key=change_key(body),
    )
    return await _changed(request, change, status=201)


async def edit_sentence(request: web.Request) -> web.Response:
    """PUT /api/trainer/v1/sentences/{id}"""
    body, staff = await json_object(request), staff_session(request).staff
    text, reason, key = text_field(body, "text"), optional_text(body, "reason"), change_key(body)
    return await _changed(
        request, await _workshop(request).edit(staff, path_id(request), text=text, reason=reason, key=key)
    )


async def move_sentence(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/sentences/{id}/move"""
    body, staff = await json_object(request), staff_session(request).staff
    intent, reason, key = text_field(body, "intent"), optional_text(body, "reason"), change_key(body)
    return await _changed(
        request, await _workshop(request).move(staff, path_id(request), intent=intent, reason=reason, key=key)
    )


async def delete_sentence(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/sentences/{id}/delete"""
    body, staff = await json_object(request), staff_session(request).staff
    reason, key = optional_text(body, "reason"), change_key(body)
    change = await _workshop(request).delete(staff, path_id(request), reason=reason, key=key)
    return web.json_response({"change": change_view(change, await _titles(request))})


async def preview_sentence(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/sentences/preview"""
    body = await json_object(request)
    intent = optional_text(body, "intent") or None
    warned, ranking = await _workshop(request).preview(text_field(body, "text"), intent)
    named = await _titles(request)
    return web.json_response(
        {
            "warnings": [warning_view(one, named) for one in warned],
            "ranking": [ranked_view(candidate, named) for candidate in ranking],
        }
    )


async def read_warnings(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/warnings"""
    state = await _workshop(request).state()
    files = [{"file": one.file, "line": one.line, "problem": one.problem} for one in state.broken]
    return web.json_response(
        {"counts": state.counts, "thin": list(state.thin), "checked_at": state.checked_at, "files": files}
    )


async def list_changes(request: web.Request) -> web.Response:
    """GET /api/trainer/v1/changes"""
    history = await _workshop(request).history(whole_number(request, "before"), page_limit(request))
    named = await _titles(request)
    changes = [change_view(change, named) for change in history.changes]
    return web.json_response({"changes": changes, "next": history.next, "unpublished": history.unpublished})


async def undo_change(request: web.Request) -> web.Response:
    """POST /api/trainer/v1/changes/{number}/undo"""
    body, staff = await json_object(request), staff_session(request).staff
    reason, key = optional_text(body, "reason"), change_key(body)
    change = await _workshop(request).undo(staff, path_number(request), reason=reason, key=key)
    return web.json_response({"change": change_view(change, await _titles(request))})


async def _changed(request: web.Request, change: Change, status: int = 200) -> web.Response:
    named = await _titles(request)
    found = await _workshop(request).found(change)
    body: dict[str, Any] = {"sentence": sentence_view(found, named) if found else None}
    return web.json_response({**body, "change": change_view(change, named)}, status=status)


async def _titles(request: web.Request) -> Titles:
    return titles([one.topic for one in await _workshop(request).topics()])


def _workshop(request: web.Request) -> Workshop:
    return request.app[keys.WORKSHOP]
