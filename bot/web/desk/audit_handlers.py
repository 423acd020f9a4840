"""Handler of the audit log."""

from __future__ import annotations

from aiohttp import web

from bot.web import keys
from bot.web.desk.queries import whole_number
from bot.web.desk.views import audit_view

_PAGE, _LONGEST_PAGE = 50, 200


async def read_audit(request: web.Request) -> web.Response:
    """GET /api/desk/v1/audit?before=&limit="""
    limit = whole_number(request, "limit", largest=_LONGEST_PAGE) or _PAGE
    page = await request.app[keys.AUDIT].page(before=whole_number(request, "before"), limit=limit)
    return web.json_response({"entries": [audit_view(entry) for entry in page.entries], "next": page.next})
