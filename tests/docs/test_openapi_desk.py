"""docs/openapi-desk.yml against the routes, the errors and the names of the desk's API."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot import errors
from bot.errors import HelpdeskError
from bot.helpdesk.canned_replies import VARIABLES
from bot.helpdesk.ownership import Event
from bot.helpdesk.staff import Permission
from bot.services.desk_handoffs import CLOSE_REASONS
from bot.web.desk.routes import DESK_ROUTES, PREFIX
from bot.web.guard import COOKIE, CSRF_HEADER
from tests.docs.desk_api import API
from tests.docs.test_desk_protocol import error_rows

OPERATIONS = [pytest.param(m, p, o, id=o["operationId"]) for m, p, o in API.operations()]


class TestAgainstTheCode:
    """What the code says of itself."""

    def test_routes_and_operations_are_the_same(self) -> None:
        documented = {
            (m.upper(), PREFIX + p, o["x-permission"], o.get("x-own-conversation", False))
            for m, p, o in API.operations()
        }
        assert documented == {(r.method, r.path, r.permission.value, r.own_conversation) for r in DESK_ROUTES}
        assert API.spec["servers"] == [{"url": PREFIX}]

    def test_error_codes_are_those_of_the_protocol(self) -> None:
        assert set(API.error_codes) == {*error_rows(), "method_not_allowed"}

    def test_error_examples_have_the_message_and_status_of_their_code(self) -> None:
        known = {e.code: e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, HelpdeskError)}
        for name, response in API.spec["components"]["responses"].items():
            example = response["content"]["application/json"]["example"]["error"]
            error = known[example["code"]]
            assert example["message"] == error.message
            used = {
                int(status)
                for _, _, operation in API.operations()
                for status, answer in operation["responses"].items()
                if answer.get("$ref", "").endswith(f"/{name}")
            }
            assert used == {error.status}, name

    @pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
    def test_who_may_and_what_it_takes(self, method: str, path: str, operation: dict[str, Any]) -> None:
        """Security and refusals follow from method and permission."""
        public = operation["x-permission"] == Permission.SIGN_IN.value
        reads = method == "get"
        expected: list[dict[str, list[str]]] = [{"session": []}] if reads else [{"session": [], "csrf": []}]
        assert operation.get("security", API.spec["security"]) == ([] if public else expected)
        assert {"401", "403"} <= set(operation["responses"])
        assert ("404" in operation["responses"]) == ("{" in path)
        changes_paid_support = "paid" in operation["tags"] and not reads and "{" in path
        can_conflict = operation.get("x-own-conversation", False) or changes_paid_support
        assert ("409" in operation["responses"]) == can_conflict
        if "requestBody" in operation:
            assert {"400", "413"} <= set(operation["responses"])

    def test_names_are_those_of_the_code(self) -> None:
        schemes = API.spec["components"]["securitySchemes"]
        assert (schemes["session"]["name"], schemes["csrf"]["name"]) == (COOKIE, CSRF_HEADER)
        assert set(API.schema("CloseReason")["enum"]) == set(CLOSE_REASONS)
        assert set(API.schema("Change")["properties"]["event"]["enum"]) == {event.value for event in Event}
        text = API.schema("GivenReply")["properties"]["text"]["description"]
        assert set(re.findall(r"{(\w+)}", text)) == VARIABLES
