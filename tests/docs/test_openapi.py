"""docs/openapi.yml against the routes, the errors and the real answers of the customer API."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

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
from tests.docs.openapi import OpenApi
from tests.docs.trainer_errors import trainer_errors_of_the_code

API = OpenApi("openapi.yml")
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")

# Codes that no HTTP client meets, each with its reason.
NOT_OVER_HTTP = {
    "not_joined": "over sockets only: docs/protocol.md",
    "brain_unavailable": "the message is stored already; the bot tries again or apologises in the log",
    "encoder_failed": "a fault within the Rasa server, which the web service sees as brain_unavailable",
    "lexicon_invalid": "at start or in training, for operators",
    "catalogue_invalid": "at start or in a command, for operators",
    "settings_invalid": "at start, for operators",
    "payment_unavailable": "tried again; to Midtrans as internal_error with status 503",
    **dict.fromkeys(
        (
            *("not_signed_in", "sign_in_failed", "totp_required", "forbidden", "cross_site", "account_invalid"),
            *("conversation_taken", "wrong_state", "chat_limit"),
            *("paid_support_invalid", "paid_state", "out_of_field"),
        ),
        "of the desk: docs/desk-protocol.md",
    ),
    **trainer_errors_of_the_code(),
}


def error_classes() -> list[type[HelpdeskError]]:
    """All errors of bot.errors."""
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, HelpdeskError)]
    assert len(found) > 5
    return found


class TestAgainstTheCode:
    """What the code says of itself."""

    def test_routes_and_paths_are_the_same(self) -> None:
        assert {(route.method.lower(), route.path) for route in ROUTES} == {(m, p) for m, p, _ in API.operations()}

    def test_error_codes_are_documented_and_no_other(self) -> None:
        codes = {error.code for error in error_classes()}
        assert set(NOT_OVER_HTTP) <= codes
        assert codes - set(NOT_OVER_HTTP) == set(API.error_codes)

    def test_socket_errors_are_in_the_protocol(self) -> None:
        for code in [*API.error_codes, "not_joined"]:
            if code not in {"not_found", "method_not_allowed", "notification_refused"}:
                assert f"`{code}`" in PROTOCOL

    @pytest.mark.parametrize("error", error_classes(), ids=lambda error: error.code)
    def test_error_examples_have_the_message_and_status_of_the_code(self, error: type[HelpdeskError]) -> None:
        used = {
            (operation["responses"][status]["$ref"].rpartition("/")[2], int(status))
            for _, _, operation in API.operations()
            for status in operation["responses"]
            if "$ref" in operation["responses"][status]
        }
        for name, response in API.spec["components"]["responses"].items():
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
        schema = API.schema("Page")
        API.validate(page, schema)
        assert set(schema["required"]) == set(page)
        if standing.queue is not None:
            assert set(API.schema("Queue")["required"]) == set(page["queue"])

    def test_limits_are_those_of_the_code(self) -> None:
        assert API.schema("Page")["properties"]["messages"]["maxItems"] == PAGE
        send = API.spec["paths"]["/api/v1/conversations/{id}/messages"]["post"]
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
            API.validate(body, API.schema("Error"))
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
    documented = API.resolved(API.spec["paths"][path.partition("?")[0]][method]["responses"][str(status)])
    for header in documented.get("headers", {}):
        assert header in response.headers
    ((content_type, media),) = documented["content"].items()
    assert response.content_type == content_type
    body = await (response.json() if content_type == "application/json" else response.text())
    API.validate(body, media["schema"])
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
