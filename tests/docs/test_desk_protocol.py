"""docs/desk-protocol.md against the routes, errors and events of the desk."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
import socketio

from bot import errors
from bot.errors import HelpdeskError
from bot.web.desk.ending import NAMESPACE
from bot.web.desk.routes import DESK_ROUTES, PREFIX
from bot.web.desk.sockets import DeskSockets
from tests.docs.markdown import ROOT, section, table_rows
from tests.docs.trainer_errors import trainer_errors_of_the_code

_TEXT = (ROOT / "docs/desk-protocol.md").read_text(encoding="utf-8")
_ROUTE = re.compile(r"`(GET|POST|PUT|DELETE) (/[^` ?]*)`")
_CODE = re.compile(r"`([a-z_]+)`")
# Of the customer API alone, or of operators and of the inside: what no page of the desk meets.
_NOT_OF_THE_DESK = {
    "unauthorized": "a customer's token",
    "not_joined": "a customer's socket",
    "method_not_allowed": "as everywhere: docs/openapi.yml",
    "brain_unavailable": "between our own parts",
    "encoder_failed": "between our own parts",
    "lexicon_invalid": "at start or in training",
    "catalogue_invalid": "at start or in a command",
    "settings_invalid": "at start",
    "payment_unavailable": "between our own parts",
    "notification_refused": "to Midtrans: docs/openapi.yml",
    **trainer_errors_of_the_code(),
}


def documented_routes() -> Iterator[tuple[str, str, str, bool]]:
    """(method, path, permission, own) of each row of the table of routes."""
    for route, permission, own, _ in table_rows(section(_TEXT, "Routes")):
        match = _ROUTE.match(route)
        assert match, f"no route: {route}"
        assert own in {"", "own"}
        yield match[1], PREFIX + match[2], permission, own == "own"


def error_rows() -> dict[str, int]:
    """Status by code."""
    return {
        code: int(status) for codes, status, _ in table_rows(section(_TEXT, "Errors")) for code in _CODE.findall(codes)
    }


def documented_events(direction: str) -> list[str]:
    """The events of the table whose head begins with `direction`."""
    table = section(_TEXT, "Socket").partition(f"| {direction} |")[2].partition("\n\n")[0]
    return [row[0].strip("`") for row in table_rows(f"\n{table.partition(chr(10))[2]}")]


def emitted_events() -> set[str]:
    """The events that bot.web.desk sends into its namespace."""
    found = set()
    for file in (ROOT / "bot/web/desk").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr == "emit" and any(keyword.arg == "namespace" for keyword in node.keywords):
                    found.add(node.args[0])
                elif node.func.attr == "_to_watchers":
                    found.add(node.args[1])
    return {str(event.value) for event in found if isinstance(event, ast.Constant)}


def test_the_table_lists_the_routes_and_no_other() -> None:
    documented = list(documented_routes())
    routes = {(r.method, r.path, r.permission.value, r.own_conversation) for r in DESK_ROUTES}
    assert set(documented) == routes
    assert len(documented) == len(DESK_ROUTES)


def test_errors_are_documented_with_their_status_and_no_other() -> None:
    known = {
        value.code: value.status
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, HelpdeskError)
    }
    assert set(_NOT_OF_THE_DESK) <= set(known)
    assert error_rows() == {code: status for code, status in known.items() if code not in _NOT_OF_THE_DESK}


def test_events_of_clients_are_those_that_are_registered() -> None:
    sio = socketio.AsyncServer(async_mode="aiohttp")
    nothing: Any = None  # registering asks nothing of the parts behind the events
    DeskSockets(sio, nothing, nothing, news=nothing, viewers=nothing, heard=nothing).register()
    registered = set(sio.handlers[NAMESPACE]) - {"connect", "disconnect"}
    documented = documented_events("client → server")
    assert set(documented) == registered
    assert len(documented) == len(registered)


def test_events_to_clients_are_those_that_are_sent() -> None:
    documented = documented_events("server → client")
    assert set(documented) == emitted_events()
    assert len(documented) == len(set(documented))


@pytest.mark.parametrize(
    ("row", "cells"), [("| a | b |", ["a", "b"]), (r"| `x\|y` | | z |", ["`x|y`", "", "z"])], ids=["plain", "escaped"]
)
def test_cells_of_tables(row: str, cells: list[str]) -> None:
    """The reading of tables itself."""
    assert list(table_rows(f"| head |\n|---|\n{row}\n")) == [cells]
