"""Handlers of the desk's lists, of one conversation, and of search."""

from __future__ import annotations

from aiohttp import web

from bot.errors import InvalidMessageError
from bot.helpdesk.desk import Filter, ListQuery, Sort
from bot.services.desk_conversations import ConversationDetail
from bot.web import keys
from bot.web.bodies import json_object
from bot.web.desk.conversation_views import (
    counts_view,
    desk_message_view,
    detail_view,
    hit_view,
    row_view,
    suggestion_view,
)
from bot.web.desk.queries import choice, from_zero, path_id, sequence_number, whole_number
from bot.web.guard import staff_session

_PAGE, _LONGEST_PAGE = 50, 100
_HITS = 30
_MESSAGES, _MOST_MESSAGES = 500, 1000


async def list_conversations(request: web.Request) -> web.Response:
    """GET /api/desk/v1/conversations?filter=&sort=&unread=1&before=&limit="""
    kind = choice(request, "filter", Filter, Filter.ALL)
    query = ListQuery(
        agent_id=staff_session(request).staff.id,
        filter=kind,
        sort=choice(request, "sort", Sort, Sort.WAITING if kind is Filter.QUEUE else Sort.NEWEST),
        unread=request.query.get("unread") == "1",
        before=request.query.get("before") or None,
        limit=whole_number(request, "limit", largest=_LONGEST_PAGE) or _PAGE,
    )
    page, counts = await request.app[keys.DESK_CONVERSATIONS].page(query)
    rows = [row_view(row) for row in page.items]
    return web.json_response({"conversations": rows, "next": page.next, "counts": counts_view(counts)})


async def read_conversation(request: web.Request) -> web.Response:
    """GET /api/desk/v1/conversations/{id}"""
    return await detail_response(request, await request.app[keys.DESK_CONVERSATIONS].detail(path_id(request)))


async def read_messages(request: web.Request) -> web.Response:
    """GET /api/desk/v1/conversations/{id}/messages?after=&limit="""
    page = await request.app[keys.DESK_CONVERSATIONS].messages(
        path_id(request),
        after=from_zero(request, "after"),
        limit=whole_number(request, "limit", largest=_MOST_MESSAGES) or _MESSAGES,
    )
    messages = [desk_message_view(message) for message in page.messages]
    return web.json_response({"messages": messages, "owner": page.owner.value, "state": page.state.value})


async def mark_read(request: web.Request) -> web.Response:
    """PUT /api/desk/v1/conversations/{id}/read"""
    seq = sequence_number(await json_object(request), "seq")
    await request.app[keys.DESK_CONVERSATIONS].mark_read(staff_session(request).staff.id, path_id(request), seq)
    return web.Response(status=204)


async def set_contact(request: web.Request) -> web.Response:
    """PUT /api/desk/v1/conversations/{id}/contact"""
    body = await json_object(request)
    detail = await request.app[keys.DESK_CONVERSATIONS].set_contact(
        path_id(request), name=body.get("name"), email=body.get("email")
    )
    return await detail_response(request, detail)


async def read_suggestions(request: web.Request) -> web.Response:
    """GET /api/desk/v1/conversations/{id}/suggestions"""
    found = await request.app[keys.SUGGESTIONS].of(path_id(request))
    return web.json_response({"suggestions": [suggestion_view(suggestion) for suggestion in found]})


async def search(request: web.Request) -> web.Response:
    """GET /api/desk/v1/search?q=&before=&limit="""
    query = request.query.get("q")
    if query is None:
        raise InvalidMessageError("q is missing", field="q")
    page = await request.app[keys.DESK_CONVERSATIONS].search(
        query,
        before=request.query.get("before") or None,
        limit=whole_number(request, "limit", largest=_LONGEST_PAGE) or _HITS,
    )
    return web.json_response({"hits": [hit_view(hit) for hit in page.items], "next": page.next})


async def detail_response(request: web.Request, detail: ConversationDetail) -> web.Response:
    """`detail`, and who is looking at it."""
    return web.json_response(detail_view(detail, await request.app[keys.VIEWERS].names(detail.row.id)))
