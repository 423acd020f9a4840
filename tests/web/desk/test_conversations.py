"""The desk's screens over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.helpdesk.staff import Role
from bot.store.unit_of_work import SqlStore
from tests.staffing import Browser, Client, signed_in
from tests.web.conftest import Customer, FakeRasa, open_conversation

HANDOFF = {"text": "Saya sambungkan, Kak.", "buttons": [], "outcome": "handoff", "clauses": []}


@pytest.fixture
async def customer(desk_client: Client) -> Customer:
    return await open_conversation(desk_client)


@pytest.fixture
async def waiting(customer: Customer, rasa: tuple[FakeRasa, str], agent: Browser) -> AsyncIterator[Customer]:
    """A customer who asked for a person."""
    rasa[0].body = {"intent": "minta_manusia", "confidence": 0.9, "entities": [], "replies": [HANDOFF]}
    assert (await agent.call("PUT", "/me/presence", {"presence": "online"})).status == 200
    await customer.send("invoice INV-2026001 tokobatik.id, mau bicara dengan staf")
    await customer.answers(1)
    yield customer


def path(customer: Customer, rest: str = "") -> str:
    return f"/conversations/{customer.conversation_id}{rest}"


async def test_a_conversation_from_the_queue_to_its_end(agent: Browser, waiting: Customer) -> None:
    listed = (await agent.call("GET", "/conversations?filter=queue")).body
    (row,) = listed["conversations"]
    assert row["id"] == waiting.conversation_id
    assert (row["state"], row["place"], row["reason"], row["mode"]) == ("queue", 1, "minta_manusia", "live")
    assert (row["agent"], row["unread"], row["last_sender"]) == (None, 1, "customer")
    assert row["waiting_since"].endswith("Z")
    assert listed["counts"] == {"mine": 0, "queue": 1, "bot": 0, "others": 0, "unread": 0}
    assert listed["next"] is None

    detail = (await agent.call("POST", path(waiting, "/accept"), {})).body
    assert agent.staff is not None
    assert detail["agent"] == {"id": agent.staff.id, "display_name": "Rina"}
    assert {(e["label"], e["seq"]) for e in detail["entities"]} == {("nomor_invoice", 1), ("nama_domain", 1)}
    assert [c["event"] for c in detail["changes"]] == ["request", "accept"]
    assert (detail["changes"][1]["staff"], detail["changes"][1]["new_agent"]) == ("Rina", "Rina")
    assert (detail["rating"], detail["viewers"], detail["close_reason"]) == (None, [], None)

    body = {"client_message_id": "k1", "text": "Halo, Kak"}
    sent = await agent.call("POST", path(waiting, "/messages"), body)
    again = await agent.call("POST", path(waiting, "/messages"), body)
    assert (sent.status, again.status, again.body) == (202, 200, sent.body)
    log = (await agent.call("GET", path(waiting, "/messages?after=0"))).body
    assert (log["owner"], log["state"]) == ("agent", "agent")
    by_sender = {m["sender"]: m for m in log["messages"]}
    assert (by_sender["bot"]["intent"], by_sender["bot"]["confidence"]) == ("minta_manusia", 0.9)
    assert (by_sender["agent"]["sender_name"], by_sender["agent"]["seq"]) == ("Rina", sent.body["seq"])
    assert "intent" not in (await waiting.read())["messages"][0]

    assert (await agent.call("PUT", path(waiting, "/read"), {"seq": sent.body["seq"]})).status == 204
    assert (await waiting.read())["agent_read_seq"] == sent.body["seq"]
    closed = (await agent.call("POST", path(waiting, "/close"), {"reason": "solved", "note": "beres"})).body
    assert (closed["state"], closed["close_reason"], closed["changes"][-1]["note"]) == ("closed", "solved", "beres")


async def test_handing_back_and_returning(agent: Browser, waiting: Customer) -> None:
    await agent.call("POST", path(waiting, "/accept"), {})
    assert (await agent.call("POST", path(waiting, "/return"), {"note": " "})).body["state"] == "queue"
    await agent.call("POST", path(waiting, "/take-over"), {})
    assert (await agent.call("POST", path(waiting, "/hand-back"), {})).body["state"] == "bot"
    wrong = await agent.call("POST", path(waiting, "/accept"), {})
    assert (wrong.status, wrong.code) == (409, "wrong_state")


async def test_transfer_goes_to_a_colleague_who_is_there(
    agent: Browser, waiting: Customer, desk_client: Client, store: SqlStore
) -> None:
    dewi = await signed_in(desk_client, store, "dewi")
    assert dewi.staff is not None
    await agent.call("POST", path(waiting, "/accept"), {})
    offline = await agent.call("POST", path(waiting, "/transfer"), {"to": dewi.staff.id})
    assert offline.body["error"]["data"] == {"field": "to"}
    await dewi.call("PUT", "/me/presence", {"presence": "online"})
    agents = (await agent.call("GET", "/agents")).body["agents"]
    assert [(a["display_name"], a["presence"]) for a in agents] == [("Dewi", "online"), ("Rina", "online")]
    moved = (await agent.call("POST", path(waiting, "/transfer"), {"to": dewi.staff.id, "note": "soal DNS"})).body
    assert moved["agent"]["display_name"] == "Dewi"
    refused = await agent.call("PUT", path(waiting, "/read"), {"seq": 1})
    assert (refused.status, refused.code) == (409, "conversation_taken")
    assert refused.body["error"]["data"]["agent_name"] == "Dewi"


async def test_contact_notes_and_search(agent: Browser, waiting: Customer) -> None:
    known = await agent.call("PUT", path(waiting, "/contact"), {"name": " Budi ", "email": "budi@toko.id"})
    assert (known.body["contact_name"], known.body["contact_email"]) == ("Budi", "budi@toko.id")
    kept = await agent.call("PUT", path(waiting, "/contact"), {"email": ""})
    assert (kept.body["contact_name"], kept.body["contact_email"]) == ("Budi", None)
    assert (await agent.call("PUT", path(waiting, "/contact"), {})).status == 400

    note = await agent.call("POST", path(waiting, "/notes"), {"text": "sudah saya telepon"})
    assert (note.status, note.body["author"]) == (201, "Rina")
    assert (await agent.call("GET", path(waiting, "/notes"))).body["notes"] == [note.body]
    assert "telepon" not in str(await waiting.read())

    (hit,) = (await agent.call("GET", "/search?q=TOKOBATIK bicara")).body["hits"]
    assert (hit["conversation_id"], hit["seq"], hit["contact_name"]) == (waiting.conversation_id, 1, "Budi")
    assert hit["state"] == "queue"
    assert (await agent.call("GET", "/search?q=!!")).body == {"hits": [], "next": None}


async def test_suggestions_begin_with_what_the_bot_answered(agent: Browser, customer: Customer) -> None:
    assert (await agent.call("GET", path(customer, "/suggestions"))).body == {"suggestions": []}
    await customer.send("bagaimana cara pembayaran invoice, bisa transfer?")
    await customer.answers(1)
    found = (await agent.call("GET", path(customer, "/suggestions"))).body["suggestions"]
    assert (found[0]["clause"], found[0]["label"], found[0]["score"]) == ("H13", "Hak 13", 0.9)
    similar = {suggestion["clause"]: suggestion["text"] for suggestion in found[1:]}
    assert "(Kewajiban 5)" in similar["K5"]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("method", "rest", "body", "field"),
    [
        ("GET", "/conversations?filter=semua", None, "filter"),
        ("GET", "/conversations?sort=x", None, "sort"),
        ("GET", "/conversations?limit=0", None, "limit"),
        ("GET", "/conversations?limit=101", None, "limit"),
        ("GET", "/conversations?before=x", None, "before"),
        ("GET", "/search", None, "q"),
        ("GET", "/search?q=a&before=x", None, "before"),
        ("GET", "/conversations/{id}/messages?after=-1", None, "after"),
        ("PUT", "/conversations/{id}/read", {"seq": -1}, "seq"),
        ("PUT", "/conversations/{id}/read", {"seq": True}, "seq"),
        ("PUT", "/conversations/{id}/contact", {"name": 5}, "name"),
        ("PUT", "/conversations/{id}/contact", {"email": "x"}, "email"),
        ("POST", "/conversations/{id}/notes", {"text": " "}, "text"),
        ("POST", "/conversations/{id}/close", {"reason": "bosan"}, "reason"),
        ("POST", "/conversations/{id}/transfer", {}, "to"),
        ("PUT", "/me/presence", {"presence": "tidur"}, "presence"),
    ],
)
async def test_bad_input_names_its_field(  # noqa: PLR0917 - one line of the table
    agent: Browser, customer: Customer, method: str, rest: str, body: Any, field: str
) -> None:
    answer = await agent.call(method, rest.replace("{id}", customer.conversation_id), body)
    assert (answer.status, answer.code, answer.body["error"]["data"]["field"]) == (400, "invalid_message", field)


@pytest.mark.parametrize("key", ["tidak-ada", "%00", "%ff", "x" * 300, "a b", "'--"])
async def test_unknown_conversations_are_not_found(agent: Browser, key: str) -> None:
    for rest in ("", "/messages", "/notes", "/suggestions"):
        answer = await agent.call("GET", f"/conversations/{key}{rest}")
        assert (answer.status, answer.code) == (404, "not_found"), rest


async def test_own_canned_replies_are_nobody_elses(agent: Browser, desk_client: Client, store: SqlStore) -> None:
    given = {"shortcut": "dns", "title": "Soal DNS", "text": "Halo {nama_pelanggan}", "shared": False}
    made = await agent.call("POST", "/canned-replies", given)
    assert (made.status, made.body["shared"], made.body["mine"]) == (201, False, True)
    taken = await agent.call("POST", "/canned-replies", given)
    assert taken.body["error"]["data"] == {"field": "shortcut", "taken": True}
    unknown = await agent.call("POST", "/canned-replies", {**given, "shortcut": "x", "text": "{nama}"})
    assert unknown.body["error"]["data"]["field"] == "text"
    changed = await agent.call("PUT", f"/canned-replies/{made.body['id']}", {**given, "title": "DNS"})
    assert (changed.status, changed.body["title"]) == (200, "DNS")
    other = await signed_in(desk_client, store, "dewi")
    assert (await other.call("POST", "/canned-replies", given)).status == 201  # the same shortcut, of her own
    assert made.body["id"] not in str((await other.call("GET", "/canned-replies")).body)
    for method in ("PUT", "DELETE"):
        assert (await other.call(method, f"/canned-replies/{made.body['id']}", given)).code == "not_found"
    assert (await agent.call("DELETE", f"/canned-replies/{made.body['id']}")).status == 204


async def test_shared_canned_replies_are_there_from_the_start_and_the_leads_to_change(
    agent: Browser, desk_client: Client, store: SqlStore
) -> None:
    shared = [r for r in (await agent.call("GET", "/canned-replies")).body["canned_replies"] if r["shared"]]
    assert {"halo", "sandi", "tutup"} <= {r["shortcut"] for r in shared}
    given = {"shortcut": "halo-2", "title": "Salam", "text": "{salam}", "shared": True}
    assert (await agent.call("POST", "/canned-replies", given)).code == "forbidden"
    assert (await agent.call("PUT", f"/canned-replies/{shared[0]['id']}", given)).code == "forbidden"
    assert (await agent.call("DELETE", f"/canned-replies/{shared[0]['id']}")).code == "forbidden"
    lead = await signed_in(desk_client, store, "admin", Role.ADMIN)
    assert (await lead.call("POST", "/canned-replies", given)).body["shared"] is True
    assert (await lead.call("DELETE", f"/canned-replies/{shared[0]['id']}")).status == 204


async def test_of_two_who_accept_one_is_told_who_has_it(
    agent: Browser, waiting: Customer, desk_client: Client, store: SqlStore
) -> None:
    dewi = await signed_in(desk_client, store, "dewi")
    answers = await asyncio.gather(*(b.call("POST", path(waiting, "/accept"), {}) for b in (agent, dewi)))
    assert sorted(a.status for a in answers) == [200, 409]
    (lost,) = [a for a in answers if a.status == 409]
    assert lost.code == "conversation_taken"
    assert lost.body["error"]["data"]["agent_name"] in {"Rina", "Dewi"}
