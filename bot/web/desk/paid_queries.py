"""What addresses of paid support ask for, checked."""

from __future__ import annotations

import re
from datetime import datetime

from aiohttp import web

from bot.errors import InvalidMessageError, NotFoundError
from bot.helpdesk.cursors import read_cursor
from bot.helpdesk.paid.board import PaidFilter
from bot.helpdesk.paid.states import PaidState
from bot.web.desk.queries import known_id

_ORDER_ID = re.compile(r"[A-Za-z0-9._~-]{1,50}")
_LONGEST_QUERY = 100
_OPEN = frozenset(state for state in PaidState if state.is_open)
_GROUPS = {"open": _OPEN, "closed": frozenset(PaidState) - _OPEN, "all": None, "": _OPEN}


def paid_filter(request: web.Request) -> PaidFilter:
    """The list that is asked for. Raises InvalidMessageError."""
    state, conversation = request.query.get("state", ""), request.query.get("conversation_id")
    if state not in _GROUPS and state not in {one.value for one in PaidState}:
        raise InvalidMessageError("there is no such state", field="state")
    states = _GROUPS[state] if state in _GROUPS else frozenset({PaidState(state)})
    query = request.query.get("q", "").strip()
    if len(query) > _LONGEST_QUERY or "\0" in query:
        raise InvalidMessageError("q is too long", field="q")
    return PaidFilter(states, known_id(conversation) if conversation else None, query or None)


def paid_cursor(request: web.Request) -> tuple[datetime, str] | None:
    """Where the page before ended. Raises InvalidMessageError."""
    raw = request.query.get("before")
    if not raw:
        return None
    at, request_id = read_cursor(raw, (datetime, str))
    if not isinstance(at, datetime) or not isinstance(request_id, str):
        raise InvalidMessageError("before is no cursor of this list", field="before")
    return at, request_id


def quote_number(request: web.Request) -> int:
    """The `{number}` of the path. Raises NotFoundError."""
    raw = request.match_info["number"]
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6):
        raise NotFoundError("no such quote")
    return int(raw)


def order_id(request: web.Request) -> str:
    """The `{order_id}` of the path. Raises NotFoundError."""
    raw = request.match_info["order_id"]
    if not _ORDER_ID.fullmatch(raw):
        raise NotFoundError("no such payment")
    return raw
