"""docs/openapi.yml against the routes, the errors and the real answers of bot.web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient
from ruamel.yaml import YAML

from bot import errors
from bot.bootstrap import make_web_app
from bot.errors import HelpdeskError
from bot.helpdesk.conversation import Owner
from bot.helpdesk.handoff import HandoffMode
from bot.helpdesk.queue import QueuePlace, Standing
from bot.settings import Settings
from bot.store.migrate import upgrade_async
from bot.web.app import MAX_BODY, ROUTES
from bot.web.handlers import PAGE
from bot.web.tokens import ConversationTokens
from bot.web.views import standing_view
from tests.docs.markdown import ROOT

SPEC: dict[str, Any] = YAML(typ="safe").load((ROOT / "docs/openapi.yml").read_text(encoding="utf-8"))
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")

# Codes that no HTTP client meets, each with its reason.
NOT_OVER_HTTP = {
    "not_joined": "over sockets only: docs/protocol.md",
    "brain_unavailable": "the message is stored already; the bot tries again or apologises in the log",
    "encoder_failed": "a fault within the Rasa server, which the web service sees as brain_unavailable",
    "lexicon_invalid": "at start or in training, for operators",
    "catalogue_invalid": "at start or in a command, for operators",
    "settings_invalid": "at start, for operators",
    **dict.fromkeys(
        (
            *("not_signed_in", "sign_in_failed", "totp_required", "forbidden", "cross_site", "account_invalid"),
            *("conversation_taken", "wrong_state", "chat_limit"),
        ),
        "of the desk: docs/desk-protocol.md",
    ),
}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of everything documented."""
    for path, item in SPEC["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def nodes(node: Any, at: str = "#") -> Iterator[tuple[str, Any]]:
    """Every value in the document with its place."""
    yield at, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from nodes(child, f"{at}/{key}")


def resolve(reference: str) -> Any:
    """The value that a `$ref` points to. Raises KeyError when there is none."""
    assert reference.startswith("#/"), f"{reference} leaves the document"
    found: Any = SPEC
    for key in reference[2:].split("/"):
        found = found[key]
    return found


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """`node`, or what it refers to."""
    return resolve(node["$ref"]) if "$ref" in node else node


def validate(value: object, schema: Mapping[str, Any]) -> None:
    """Check `value` against a schema of the document; OpenAPI 3.1 uses JSON Schema 2020-12."""
    whole = {**schema, "components": SPEC["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


def error_classes() -> list[type[HelpdeskError]]:
    """All errors of bot.errors."""
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, HelpdeskError)]
    assert len(found) > 5
    return found


def documented_codes() -> list[str]:
    """The error codes of the schema."""
    codes: list[str] = SPEC["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["enum"]
    return codes


class TestDocument:
    """The document by itself. (No OpenAPI validator is among our packages; jsonschema checks the schemas.)"""

    def test_is_openapi_3_1_with_what_it_must_have(self) -> None:
        assert SPEC["openapi"].startswith("3.1.")
        assert SPEC["info"]["title"]
        assert SPEC["info"]["version"]
        known = {"openapi", "info", "servers", "tags", "paths", "components", "security"}
        assert set(SPEC) <= known

    def test_references_resolve(self) -> None:
        references = [node["$ref"] for _, node in nodes(SPEC) if isinstance(node, dict) and "$ref" in node]
        assert references
        for reference in references:
            resolve(reference)

    def test_operations_have_ids_and_responses_with_descriptions(self) -> None:
        ids = [operation["operationId"] for _, _, operation in operations()]
        assert len(set(ids)) == len(ids)
        for method, path, operation in operations():
            assert operation["responses"], f"{method} {path}"
            for status, response in operation["responses"].items():
                assert re.fullmatch(r"[2-5]\d\d", status)
                assert resolved(response)["description"]
            assert set(operation["tags"]) <= {tag["name"] for tag in SPEC["tags"]}

    def test_path_parameters_are_declared(self) -> None:
        for _, path, operation in operations():
            declared = [*SPEC["paths"][path].get("parameters", []), *operation.get("parameters", [])]
            names = {p["name"] for p in map(resolved, declared) if p["in"] == "path"}
            assert names == set(re.findall(r"{(\w+)}", path))

    def test_security_schemes_exist(self) -> None:
        for requirement in [*SPEC["security"], *(r for *_, o in operations() for r in o.get("security", []))]:
            assert set(requirement) <= set(SPEC["components"]["securitySchemes"])

    def test_schemas_are_json_schemas(self) -> None:
        for schema in SPEC["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_examples_fit_their_schemas(self) -> None:
        media = [node for _, node in nodes(SPEC) if isinstance(node, dict) and {"schema", "example"} <= set(node)]
        assert len(media) > 10
        for one in media:
            validate(one["example"], one["schema"])


class TestAgainstTheCode:
    """What the code says of itself."""

    def test_routes_and_paths_are_the_same(self) -> None:
        assert {(route.method.lower(), route.path) for route in ROUTES} == {(m, p) for m, p, _ in operations()}

    def test_error_codes_are_documented_and_no_other(self) -> None:
        codes = {error.code for error in error_classes()}
        assert set(NOT_OVER_HTTP) <= codes
        assert codes - set(NOT_OVER_HTTP) == set(documented_codes())

    def test_socket_errors_are_in_the_protocol(self) -> None:
        for code in [*documented_codes(), "not_joined"]:
            if code not in {"not_found", "method_not_allowed"}:
                assert f"`{code}`" in PROTOCOL

    @pytest.mark.parametrize("error", error_classes(), ids=lambda error: error.code)
    def test_error_examples_have_the_message_and_status_of_the_code(self, error: type[HelpdeskError]) -> None:
        used = {
            (operation["responses"][status]["$ref"].rpartition("/")[2], int(status))
            for _, _, operation in operations()
            for status in operation["responses"]
            if "$ref" in operation["responses"][status]
        }
        for name, response in SPEC["components"]["responses"].items():
            example = response["content"]["application/json"]["example"]["error"]
            if example["code"] == error.code:
                assert example["message"] == error.message
                assert {status for used_name, status in used if used_name == name} <= {error.status}
                return
        assert error.code in NOT_OVER_HTTP, f"no response shows {error.code}"

    @pytest.mark.parametrize(
        "standing",
        [
            Standing(Owner.BOT, closed=True, agent_read_seq=7),
            Standing(Owner.AGENT, agent_name="Rina"),
            Standing(Owner.QUEUE, queue=QueuePlace(1, None, staff_online=False, open=False)),
            Standing(Owner.QUEUE, queue=QueuePlace(2, (3, 8), staff_online=True, open=True, mode=HandoffMode.MESSAGE)),
        ],
        ids=["closed", "agent", "queue", "message"],
    )
    def test_every_standing_fits_the_page(self, standing: Standing) -> None:
        page = {"messages": [], **standing_view(standing)}
        schema = SPEC["components"]["schemas"]["Page"]
        validate(page, schema)
        assert set(schema["required"]) == set(page)
        if standing.queue is not None:
            assert set(SPEC["components"]["schemas"]["Queue"]["required"]) == set(page["queue"])

    def test_limits_are_those_of_the_code(self) -> None:
        assert SPEC["components"]["schemas"]["Page"]["properties"]["messages"]["maxItems"] == PAGE
        send = SPEC["paths"]["/api/v1/conversations/{id}/messages"]["post"]
        assert f"{MAX_BODY // 1024} KiB" in send["requestBody"]["description"]


class TestAgainstRealAnswers:
    """Statuses and bodies of the real application, over SQLite and with nothing behind it."""

    @pytest.fixture
    async def client(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> TestClient[web.Request, web.Application]:
        """The web application; Rasa and the action server are not there."""
        url = f"sqlite+aiosqlite:///{tmp_path / 'helpdesk.db'}"
        await upgrade_async(url)
        nowhere = "http://127.0.0.1:9"
        settings = Settings(
            database_url=url,
            secret_key="a key for tests",
            rasa_url=nowhere,
            actions_url=nowhere,
            messages_per_minute=30,
            conversations_per_minute=6,
        )
        return await aiohttp_client(make_web_app(settings))

    async def test_the_way_of_a_message(self, client: TestClient[web.Request, web.Application]) -> None:
        chat = await _open(client)
        body = {"client_message_id": "m-1", "text": "halo"}
        assert await _checked(client, "post", _MESSAGES, 202, chat, json=body) == {"seq": 1}
        assert await _checked(client, "post", _MESSAGES, 200, chat, json=body) == {"seq": 1}
        page = await _checked(client, "get", _MESSAGES, 200, chat)
        assert [message["text"] for message in page["messages"]] == ["halo"]

    async def test_refusals(self, client: TestClient[web.Request, web.Application]) -> None:
        chat = await _open(client)
        good = {"client_message_id": "m-1", "text": "halo"}
        for body in ({}, {**good, "text": " "}, {**good, "client_message_id": "a b"}, ["no object"]):
            assert await _code(client, "post", _MESSAGES, 400, chat, json=body) == "invalid_message"
        assert await _code(client, "get", f"{_MESSAGES}?after=-1", 400, chat) == "invalid_message"
        assert (
            await _code(client, "post", _MESSAGES, 413, chat, json={**good, "text": "x" * 1001}) == "message_too_long"
        )
        assert await _code(client, "post", _MESSAGES, 413, chat, data="x" * (MAX_BODY + 1)) == "message_too_long"
        forged = {**chat, "token": chat["token"] + "x"}
        assert await _code(client, "get", _MESSAGES, 401, forged) == "unauthorized"
        assert await _code(client, "post", _MESSAGES, 401, {**chat, "token": ""}, json=good) == "unauthorized"

    async def test_a_conversation_that_is_gone(self, client: TestClient[web.Request, web.Application]) -> None:
        tokens = ConversationTokens("a key for tests", lifetime=60)
        gone = {"conversation_id": "gone", "token": tokens.issue("gone")}
        body = {"client_message_id": "m-1", "text": "halo"}
        assert await _code(client, "post", _MESSAGES, 401, gone, json=body) == "unauthorized"
        assert await _code(client, "get", _MESSAGES, 401, gone) == "unauthorized"

    async def test_limits(self, client: TestClient[web.Request, web.Application]) -> None:
        chat = await _open(client)
        for number in range(10):
            body = {"client_message_id": f"m-{number}", "text": "halo"}
            await _checked(client, "post", _MESSAGES, 202, chat, json=body)
        assert await _code(client, "post", _MESSAGES, 429, chat, json=body) == "rate_limited"
        await _open(client)
        assert await _code(client, "post", "/api/v1/conversations", 429) == "rate_limited"

    async def test_probes(self, client: TestClient[web.Request, web.Application]) -> None:
        await _checked(client, "get", "/healthz", 200)
        ready = await _checked(client, "get", "/readyz", 503)
        assert ready["missing"] == ["rasa", "actions"]
        assert "helpdesk_messages_total" in await _checked(client, "get", "/metrics", 200)

    async def test_unknown_addresses_and_methods(self, client: TestClient[web.Request, web.Application]) -> None:
        for method, path, status, code in (
            ("GET", "/api/v1/nothing", 404, "not_found"),
            ("PUT", "/api/v1/conversations", 405, "method_not_allowed"),
        ):
            response = await client.request(method, path)
            body = await response.json()
            validate(body, SPEC["components"]["schemas"]["Error"])
            assert (response.status, body["error"]["code"]) == (status, code)


_MESSAGES = "/api/v1/conversations/{id}/messages"


async def _open(client: TestClient[web.Request, web.Application]) -> dict[str, str]:
    opened: dict[str, str] = await _checked(client, "post", "/api/v1/conversations", 201)
    return opened


async def _checked(
    client: TestClient[web.Request, web.Application],
    method: str,
    path: str,
    status: int,
    chat: Mapping[str, str] | None = None,
    **request: Any,
) -> Any:
    """The body of a real answer, after it was held against the document."""
    headers = {"Authorization": f"Bearer {chat['token']}"} if chat else {}
    url = path.replace("{id}", chat["conversation_id"]) if chat else path
    response = await client.request(method, url, headers=headers, **request)
    assert response.status == status, await response.text()
    documented = resolved(SPEC["paths"][path.partition("?")[0]][method]["responses"][str(status)])
    for header in documented.get("headers", {}):
        assert header in response.headers
    ((content_type, media),) = documented["content"].items()
    assert response.content_type == content_type
    body = await (response.json() if content_type == "application/json" else response.text())
    validate(body, media["schema"])
    return body


async def _code(
    client: TestClient[web.Request, web.Application],
    method: str,
    path: str,
    status: int,
    chat: Mapping[str, str] | None = None,
    **request: Any,
) -> str:
    """The error code of a real answer, after it was held against the document."""
    code: str = (await _checked(client, method, path, status, chat, **request))["error"]["code"]
    return code
