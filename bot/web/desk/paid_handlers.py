"""Handlers of the board of paid support (docs/paid-support-protocol.md)."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.helpdesk.cursors import write_cursor
from bot.helpdesk.staff import Staff
from bot.services.csv_text import Separator
from bot.services.paid.board_steps import PaidDetail
from bot.services.paid.statements import MAX_STATEMENT
from bot.web import keys
from bot.web.bodies import json_object
from bot.web.desk.csv_files import csv_response
from bot.web.desk.paid_queries import order_id, paid_cursor, paid_filter, quote_number
from bot.web.desk.paid_views import paid_detail_view, paid_row_view, price_list_view, statement_view
from bot.web.desk.queries import choice, path_id, whole_number
from bot.web.guard import staff_session

_PAGE, _LONGEST_PAGE = 50, 100


async def list_requests(request: web.Request) -> web.Response:
    """GET /api/desk/v1/paid-requests?state=&conversation_id=&q=&before=&limit="""
    board, limit = request.app[keys.PAID_BOARD], whole_number(request, "limit", largest=_LONGEST_PAGE) or _PAGE
    found = await board.page(paid_filter(request), before=paid_cursor(request), limit=limit + 1)
    rows, last = found[:limit], found[limit - 1].request if len(found) > limit else None
    body = {
        "requests": [paid_row_view(row) for row in rows],
        "next": write_cursor(last.updated_at, last.id) if last else None,
        "counts": await board.counts(),
    }
    return web.json_response(body)


async def read_request(request: web.Request) -> web.Response:
    """GET /api/desk/v1/paid-requests/{id}"""
    return _response(await request.app[keys.PAID_BOARD].detail(path_id(request)))


async def quote(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/quotes"""
    staff, given = await _asked(request, "lines", "note", "valid_days", "key")
    return _response(await request.app[keys.PAID_BOARD].quote(path_id(request), staff, **given))


async def approve(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/quotes/{number}/approve"""
    body, staff = await json_object(request), staff_session(request).staff
    board, number = request.app[keys.PAID_BOARD], quote_number(request)
    return _response(await board.approve(path_id(request), number, staff, key=body.get("key")))


async def reject(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/reject"""
    staff, given = await _asked(request, "reason", "note", "key")
    return _response(await request.app[keys.PAID_BOARD].reject(path_id(request), staff, **given))


async def cancel(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/cancel"""
    staff, given = await _asked(request, "note", "key")
    return _response(await request.app[keys.PAID_BOARD].cancel(path_id(request), staff, **given))


async def receive_payment(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/payments"""
    staff, given = await _asked(request, "amount", "evidence", "key")
    return _response(await request.app[keys.PAID_CASH].receive(path_id(request), staff, **given))


async def start(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/start"""
    body, staff = await json_object(request), staff_session(request).staff
    return _response(await request.app[keys.PAID_BOARD].start(path_id(request), staff, key=body.get("key")))


async def log_work(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/work"""
    staff, given = await _asked(request, "text", "minutes", "tell", "key")
    return _response(await request.app[keys.PAID_BOARD].log_work(path_id(request), staff, **given))


async def finish(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/finish"""
    staff, given = await _asked(request, "note", "key")
    return _response(await request.app[keys.PAID_BOARD].finish(path_id(request), staff, **given))


async def refund(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-requests/{id}/refund"""
    staff, given = await _asked(request, "reason", "key")
    return _response(await request.app[keys.PAID_CASH].refund(path_id(request), staff, **given))


async def surplus_returned(request: web.Request) -> web.Response:
    """POST /api/desk/v1/paid-payments/{order_id}/returned"""
    staff, given = await _asked(request, "evidence", "key")
    return _response(await request.app[keys.PAID_CASH].give_back_surplus(order_id(request), staff, **given))


async def read_statement(request: web.Request) -> web.Response:
    """POST /api/desk/v1/bank-statements"""
    # A month of a busy account is longer than anything else that is sent; JSON may write each character as six.
    body = await json_object(request.clone(client_max_size=6 * MAX_STATEMENT))
    staff = staff_session(request).staff
    done = await request.app[keys.BANK_STATEMENTS].read(staff, csv=body.get("csv"), key=body.get("key"))
    return web.json_response(statement_view(done))


async def read_price_list(request: web.Request) -> web.Response:
    """GET /api/desk/v1/price-list"""
    return web.json_response(price_list_view(request.app[keys.PRICE_LIST], request.app[keys.PAID_TERMS]))


async def read_events(request: web.Request) -> web.Response:
    """GET /api/desk/v1/paid-events.csv?from=&to=&separator="""
    first, last = request.query.get("from"), request.query.get("to")
    separator = choice(request, "separator", Separator, Separator.COMMA)
    text = await request.app[keys.BOOKKEEPING].csv(first, last, separator)
    return csv_response(text, f"dukungan-berbayar-{first}-{last}.csv")


async def _asked(request: web.Request, *names: str) -> tuple[Staff, dict[str, Any]]:
    """Who asks, and these fields of the body, unread; what is missing is None."""
    body = await json_object(request)
    return staff_session(request).staff, {name: body.get(name) for name in names}


def _response(detail: PaidDetail) -> web.Response:
    return web.json_response(paid_detail_view(detail))
