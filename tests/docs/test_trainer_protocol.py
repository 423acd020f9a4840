"""docs/trainer-protocol.md against the routes and errors of the trainer console."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot import errors
from bot.errors import HelpdeskError
from bot.helpdesk.staff import Permission
from bot.web.trainer.prefix import PREFIX
from bot.web.trainer.routes import TRAINER_ROUTES
from tests.docs.markdown import ROOT, section, table_rows
from tests.docs.trainer_errors import trainer_error_statuses

_ROUTE = re.compile(r"`(GET|POST|PUT|DELETE) (/[^` ?]*)`")


def documented_routes() -> Iterator[tuple[str, str]]:
    """(method, path) of each row of the table of routes."""
    text = (ROOT / "docs/trainer-protocol.md").read_text(encoding="utf-8")
    for route, _ in table_rows(section(text, "Routes")):
        match = _ROUTE.match(route)
        assert match, f"no route: {route}"
        yield match[1], PREFIX + match[2]


def test_every_route_is_in_the_table_once() -> None:
    documented = list(documented_routes())
    assert len(set(documented)) == len(documented)
    assert {(route.method, route.path) for route in TRAINER_ROUTES} <= set(documented)


def test_every_route_asks_for_the_permission_to_train() -> None:
    assert {route.permission for route in TRAINER_ROUTES} == {Permission.TRAIN}


def test_errors_have_the_documented_status() -> None:
    known = {
        value.code: value.status
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, HelpdeskError)
    }
    documented = trainer_error_statuses()
    common = known.keys() & documented.keys()
    assert common
    assert {code: known[code] for code in common} == {code: documented[code] for code in common}
