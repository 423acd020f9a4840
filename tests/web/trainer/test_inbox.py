"""The trainers' inbox over HTTP."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timezone

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import make_web_app
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.staff import Role
from bot.services.trainer.inbox_decisions import InboxDecisions
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from bot.web.trainer import inbox_keys
from tests.inbox import Chat, FakeAdder, vector_of
from tests.staffing import Answer, Browser, SystemClock, quick_hasher, signed_in

API = "/api/trainer/v1"


async def review(request: web.Request) -> web.Response:
    """As bot.nlu.channel answers."""
    texts = (await request.json())["texts"]
    ranking = [{"intent": "cara_bayar", "probability": 0.4}, {"intent": "tempo_bayar", "probability": 0.3}]
    nearest = [{"text": "bayarnya gimana kak", "intent": "cara_bayar", "similarity": 0.86}]
    reviews = [
        {"ranking": ranking, "vector": base64.b64encode(vector_of(text)).decode(), "nearest": nearest} for text in texts
    ]
    return web.json_response({"encoder": "uji", "reviews": reviews})


@dataclass
class Trainers:
    """Two trainers at work, and what got into the training data."""

    store: SqlStore
    tia: Browser
    beni: Browser
    adder: FakeAdder

    async def chat(self, *texts: str) -> Chat:
        """A conversation in which the bot asks back each time."""
        chat = await Chat.begin(self.store, SystemClock(), f"c-{datetime.now(timezone.utc).timestamp()}")
        for text in texts:
            await chat.say(text, Outcome.CLARIFY, intent="cara_bayar", confidence=0.9)
        return chat

    async def groups(self, count: int, *, messages: int | None = None) -> Answer:
        """The list, once there are as many; with `messages` in all of them together."""
        for _ in range(200):
            listed = await self.tia.call("GET", f"{API}/inbox")
            groups = listed.body["groups"]
            if len(groups) == count and messages in {None, sum(group["size"] for group in groups)}:
                return listed
            await asyncio.sleep(0.05)
        raise AssertionError(f"{count} groups never came")


@pytest.fixture
async def trainers(settings: Settings, store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trainers]:
    monkeypatch.setattr("bot.services.trainer.inbox_sweep._EVERY", 0.05)
    rasa, adder, clock = web.Application(), FakeAdder(), SystemClock()
    rasa.router.add_post("/webhooks/helpdesk/review", review)
    async with TestServer(rasa) as model:
        settings = replace(settings, rasa_url=str(model.make_url("")).rstrip("/"))
        app = make_web_app(settings, hasher=quick_hasher())
        # The real training data is not to be changed.
        topics = app[inbox_keys.TITLES]
        app[inbox_keys.INBOX_DECISIONS] = InboxDecisions(store, clock, adder, topics, settings.zone)
        async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
            tia = await signed_in(client, store, "tia", Role.TRAINER)
            beni = await signed_in(client, store, "beni", Role.TRAINER)
            yield Trainers(store, tia, beni, adder)


async def test_a_doubtful_answer_appears_is_decided_and_reopened(trainers: Trainers) -> None:
    chat = await trainers.chat("promo lebaran ke 0812-3456-7890", "promo natal dong kak")
    (group,) = (listed := await trainers.groups(1, messages=2)).body["groups"]
    assert listed.body["counts"] == {"open": 1, "mine": 0, "done": 0, "ignored": 0}
    assert listed.body["next"] is None
    assert (group["size"], group["reasons"], group["intent"]) == (2, ["asked_back"], "cara_bayar")
    assert (group["outcome"], group["state"], group["confidence"]) == ("clarify", "open", 0.9)
    assert [ranked["intent"] for ranked in group["ranking"]] == ["cara_bayar", "tempo_bayar"]

    detail = (await trainers.beni.call("GET", f"{API}/inbox/{group['id']}")).body
    assert {m["text"] for m in detail["messages"]} == {"promo lebaran ke [nomor]", "promo natal dong kak"}
    assert detail["nearest"][0]["text"] == "bayarnya gimana kak"
    assert detail["decided"] is None
    shown = detail["messages"][0]
    assert shown["conversation_id"] == chat.id
    around = await trainers.tia.call("GET", f"{API}/inbox/messages/{shown['id']}/conversation")
    said = around.body["messages"]
    assert next((m["sender"], m["text"]) for m in said) == ("customer", "promo lebaran ke [nomor]")
    assert [m["seq"] for m in said if m["is_it"]] == [shown["seq"]]

    body = {"action": "relabel", "intent": "tempo_bayar", "revision": group["revision"], "key": "k-1"}
    decided = await trainers.tia.call("POST", f"{API}/inbox/{group['id']}/decision", body)
    assert (decided.status, decided.body) == (200, {"changes": [1], "next": None})
    assert trainers.adder.added == {"tempo_bayar": ["promo natal dong kak"]}

    late = await trainers.beni.call("POST", f"{API}/inbox/{group['id']}/decision", body)
    assert (late.status, late.code) == (409, "decided_already")
    assert late.body["error"]["data"] == {"by": "Tia", "revision": group["revision"] + 1}

    reopened = await trainers.beni.call("POST", f"{API}/inbox/{group['id']}/reopen", {"key": "k-2"})
    assert (reopened.body["state"], reopened.body["decided"]) == ("open", None)


async def test_a_group_is_sent_to_a_colleague(trainers: Trainers) -> None:
    await trainers.chat("promo lebaran ada ga")
    (group,) = (await trainers.groups(1)).body["groups"]
    assert trainers.beni.staff is not None
    body = {"action": "send", "revision": group["revision"], "to": trainers.beni.staff.id, "note": "cek", "key": "k"}
    sent = await trainers.tia.call("POST", f"{API}/inbox/{group['id']}/decision", body)
    assert sent.status == 200
    mine = (await trainers.beni.call("GET", f"{API}/inbox?state=mine")).body
    assert [(g["sent_to"], g["sent_by"], g["note"]) for g in mine["groups"]] == [("Beni", "Tia", "cek")]


async def test_a_list_that_there_is_not_is_refused(trainers: Trainers) -> None:
    for query in ("state=x", "reason=x", "limit=0", "limit=101", "before=x"):
        refused = await trainers.tia.call("GET", f"{API}/inbox?{query}")
        assert (refused.status, refused.code) == (400, "invalid_message")
        assert refused.body["error"]["data"]["field"] == query.partition("=")[0]


async def test_a_decision_that_cannot_be_read_names_the_field(trainers: Trainers) -> None:
    await trainers.chat("promo lebaran ada ga")
    (group,) = (await trainers.groups(1)).body["groups"]
    changes: list[tuple[dict[str, object], str]] = [
        ({"action": "buang"}, "action"),
        ({"revision": True}, "revision"),
        ({"revision": "1"}, "revision"),
        ({"key": ""}, "key"),
        ({"sentences": "x"}, "sentences"),
        ({"sentences": [{"message": None}]}, "sentences"),
        ({"sentences": []}, "sentences"),
        ({"intent": 1}, "intent"),
        ({"note": "x" * 201}, "note"),
        ({"action": "send"}, "to"),
    ]
    for change, field in changes:
        body = {"action": "confirm", "revision": group["revision"], "key": "k", **change}
        refused = await trainers.tia.call("POST", f"{API}/inbox/{group['id']}/decision", body)
        assert (refused.status, refused.code) == (400, "invalid_message")
        assert refused.body["error"]["data"]["field"] == field
    assert trainers.adder.added == {}


async def test_what_is_not_there_is_not_found(trainers: Trainers) -> None:
    for path in ("/inbox/nothing", "/inbox/messages/nothing/conversation", "/inbox/%00"):
        assert (await trainers.tia.call("GET", f"{API}{path}")).status == 404


async def test_trends_are_those_of_the_log(trainers: Trainers) -> None:
    await trainers.chat("promo lebaran ada ga")
    trends = await trainers.tia.call("GET", f"{API}/trends?weeks=3")
    assert trends.status == 200
    assert [week["all"] for week in trends.body["weeks"]] == [0, 0, 1]
    assert trends.body["weeks"][-1]["asked_back"] == 1
    assert (trends.body["growing"], trends.body["unseen"]) == ([], [])
    assert len((await trainers.tia.call("GET", f"{API}/trends")).body["weeks"]) == 12
    for query in ("weeks=1", "weeks=53", "weeks=x"):
        refused = await trainers.tia.call("GET", f"{API}/trends?{query}")
        assert (refused.status, refused.body["error"]["data"]["field"]) == (400, "weeks")
