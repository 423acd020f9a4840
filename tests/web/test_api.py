"""The customer API over real HTTP."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp.test_utils import TestClient

from bot.errors import HelpdeskError
from tests.web.conftest import Customer, FakeRasa, open_conversation


async def test_a_question_is_acknowledged_and_answered(customer: Customer) -> None:
    assert await customer.send("boleh cicil?") == (202, {"seq": 1})
    (answer,) = await customer.answers(1)
    assert answer["reply_to"] == 1
    assert (answer["outcome"], answer["clauses"]) == ("answer", ["H13"])
    assert answer["text"] == "gema: boleh cicil?"
    assert (await customer.read())["owner"] == "bot"


async def test_a_resend_gets_the_same_number_and_no_second_answer(customer: Customer) -> None:
    assert await customer.send("halo", "id-1") == (202, {"seq": 1})
    await customer.answers(1)
    assert await customer.send("halo", "id-1") == (200, {"seq": 1})
    await asyncio.sleep(0.2)
    assert len((await customer.read())["messages"]) == 2


async def test_a_waiting_read_returns_as_soon_as_there_is_news(customer: Customer) -> None:
    reading = asyncio.create_task(customer.read(after=0, wait=20))
    await asyncio.sleep(0.1)
    await customer.send("halo")
    page = await asyncio.wait_for(reading, 5)
    assert page["messages"][0]["text"] == "halo"


async def test_a_waiting_read_without_news_comes_back_empty(customer: Customer) -> None:
    assert (await customer.read(after=0, wait=0.3))["messages"] == []


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "wait=-3", "after=99999999999999999999", "after=nan", "wait=inf"]
)
async def test_a_senseless_query_is_a_clear_400(customer: Customer, query: str) -> None:
    async with customer.client.get(f"{customer.path}?{query}", headers=customer.headers) as response:
        assert response.status == 400
        assert (await response.json())["error"]["code"] == "invalid_message"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "invalid_message"),
        (b"[]", "invalid_message"),
        (b'"halo"', "invalid_message"),
        (b"[" * 20_000, "invalid_message"),
        (b'{"client_message_id":"1"}', "invalid_message"),
        (b'{"client_message_id":"x","text":1}', "invalid_message"),
        (b'{"client_message_id":"x","text":"  "}', "invalid_message"),
        (b'{"client_message_id":"x","text":"\\ud800"}', "invalid_message"),
        (b'{"client_message_id":"x","text":"a\\u0000b"}', "invalid_message"),
        (b'{"client_message_id":"x y","text":"halo"}', "invalid_message"),
        (b"\xff\xfe", "invalid_message"),
        (b'{"client_message_id":"x","text":"' + b"a" * 1001 + b'"}', "message_too_long"),
        (b'{"client_message_id":"x","text":"' + b"a" * 100_000 + b'"}', "message_too_long"),
    ],
)
async def test_bad_input_is_refused_in_the_one_shape_and_stores_nothing(
    customer: Customer, raw: bytes, code: str
) -> None:
    headers = {**customer.headers, "Content-Type": "application/json"}
    async with customer.client.post(customer.path, data=raw, headers=headers) as response:
        body = await response.json()
        assert 400 <= response.status < 500
    assert body["error"]["code"] == code
    assert body["error"]["message"]
    assert (await customer.read())["messages"] == []


async def test_only_the_conversations_own_live_token_opens_it(client: TestClient, customer: Customer) -> None:
    other = await open_conversation(client)
    for token in ("", "x", customer.token[:-4] + "AAAA", other.token, customer.token + "x"):
        headers = {"Authorization": f"Bearer {token}"}
        async with client.get(customer.path, headers=headers) as response:
            assert response.status == 401
            assert (await response.json())["error"]["code"] == "unauthorized"
    async with client.get(customer.path) as response:
        assert response.status == 401


async def test_unknown_addresses_and_methods_have_the_one_error_shape(client: TestClient) -> None:
    for method, path, status, code in (
        ("GET", "/tidak-ada", 404, "not_found"),
        ("DELETE", "/api/v1/conversations", 405, "method_not_allowed"),
    ):
        async with client.request(method, path) as response:
            assert response.status == status
            assert (await response.json())["error"]["code"] == code


async def test_too_many_messages_are_held_back_with_a_time(customer: Customer) -> None:
    statuses = [(await customer.send(f"pesan {n}"))[0] for n in range(25)]
    status, body = await customer.send("satu lagi")
    assert statuses[0] == 202
    assert status == 429
    assert body["error"]["data"]["retry_after"] >= 1


async def test_readiness_names_what_is_missing(client: TestClient, rasa: tuple[FakeRasa, str]) -> None:
    async with client.get("/readyz") as response:
        assert response.status == 200
    rasa[0].status = 503
    async with client.get("/readyz") as response:
        assert response.status == 503
        assert (await response.json())["missing"] == ["rasa", "actions"]
    async with client.get("/healthz") as response:
        assert response.status == 200


async def test_metrics_count_messages_and_outcomes(client: TestClient, customer: Customer) -> None:
    await customer.send("halo")
    await customer.answers(1)
    async with client.get("/metrics") as response:
        text = await response.text()
    assert 'helpdesk_messages_total{sender="customer"} 1.0' in text
    assert 'helpdesk_bot_replies_total{outcome="answer"} 1.0' in text


@pytest.mark.parametrize(
    "body",
    [
        {"replies": []},
        {"intent": "x"},
        [],
        {
            "intent": "x",
            "confidence": 1.0,
            "replies": [{"text": "a", "outcome": "entah", "clauses": [], "buttons": []}],
        },
        {
            "intent": "x",
            "confidence": 1.0,
            "replies": [{"text": "a", "outcome": "answer", "clauses": [], "buttons": [], "requests": [{}]}],
        },
    ],
)
async def test_a_senseless_turn_of_rasa_is_retried_not_shown(
    customer: Customer, rasa: tuple[FakeRasa, str], body: object
) -> None:
    rasa[0].body = body
    await customer.send("halo")
    while len(rasa[0].turns) < 2:
        await asyncio.sleep(0.05)
    rasa[0].body = None
    answers = await customer.answers(1)
    assert [a["text"] for a in answers] == ["gema: halo"]
    assert len({turn["message_id"] for turn in rasa[0].turns}) == 1


async def test_a_rasa_that_is_down_costs_time_but_no_message(customer: Customer, rasa: tuple[FakeRasa, str]) -> None:
    rasa[0].status = 503
    for n in range(3):
        await customer.send(f"pesan {n}")
    await asyncio.sleep(0.7)
    rasa[0].status = 200
    answers = await customer.answers(3)
    assert [a["reply_to"] for a in answers] == sorted(a["reply_to"] for a in answers)
    assert len(answers) == 3


async def test_an_unknown_failure_says_only_its_number(
    client: TestClient, customer: Customer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # The one place where our own code is replaced: nothing else makes it fail in an unforeseen way.
    monkeypatch.setattr("bot.web.handlers.message_view", lambda message: 1 / 0)
    await customer.send("halo")
    with caplog.at_level(logging.ERROR):
        async with client.get(customer.path, headers=customer.headers) as response:
            body = await response.json()
    assert response.status == 500
    assert body["error"]["code"] == HelpdeskError.code
    assert set(body["error"]["data"]) == {"request_id"}
    assert body["error"]["data"]["request_id"] in caplog.text


async def test_nothing_personal_is_logged(
    client: TestClient, customer: Customer, rasa: tuple[FakeRasa, str], caplog: pytest.LogCaptureFixture
) -> None:
    rasa[0].status = 500
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await customer.send("email saya budi@contoh.co.id, hp 0812-3456-7890")
        async with client.get(customer.path, headers={"Authorization": f"Bearer {customer.token}x"}) as response:
            assert response.status == 401
        await asyncio.sleep(0.3)
    for secret in ("budi@contoh", "0812", customer.token):
        assert secret not in caplog.text


async def test_pages_of_other_origins_may_use_the_customer_api(client: TestClient) -> None:
    origin = {"Origin": "https://toko.example"}
    preflight = {**origin, "Access-Control-Request-Method": "POST"}
    async with client.options("/api/v1/conversations", headers=preflight) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    async with client.post("/api/v1/conversations", headers=origin) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
