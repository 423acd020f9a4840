"""Kept tests, answers and the policy over HTTP (docs/trainer-protocol.md)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store.unit_of_work import SqlStore
from tests.policy_documents import document, known_wording
from tests.staffing import Answer, Browser, Client, signed_in

API = "/api/trainer/v1"
TURN = {"text": "Halo", "intent": "salam", "outcome": "smalltalk", "clauses": []}


async def post(browser: Browser, path: str, body: dict[str, Any]) -> Answer:
    return await browser.call("POST", API + path, body)


async def test_messages_and_conversations_are_kept_changed_and_taken_away(trainer: Browser) -> None:
    message = {"text": "Boleh nunda bayar?", "outcomes": ["answer"], "clauses": ["H13"], "key": "a"}
    kept = await post(trainer, "/tests/messages", message)
    assert kept.status == 201
    assert kept.body == {**{k: v for k, v in message.items() if k != "key"}, "id": kept.body["id"]}
    said = await post(trainer, "/tests/conversations", {"name": "Sapaan", "turns": [TURN], "key": "b"})
    assert (said.status, said.body["turns"]) == (201, [TURN])
    assert (await post(trainer, "/tests/conversations", {"name": "Lain", "turns": [TURN], "key": "b"})).status == 201
    listed = await trainer.call("GET", f"{API}/tests")
    assert listed.body == {"messages": [kept.body], "conversations": [said.body], "results": None}
    turn = {**TURN, "outcome": "clarify"}
    path = f"/tests/conversations/{said.body['id']}"
    put = await trainer.call("PUT", API + path, {"name": "Sapaan baru", "turns": [turn], "key": "c"})
    assert (put.status, put.body["name"], put.body["turns"]) == (200, "Sapaan baru", [turn])
    assert (await post(trainer, f"{path}/delete", {"key": "d"})).status == 204
    assert (await post(trainer, f"/tests/messages/{kept.body['id']}/delete", {"key": "e"})).status == 204
    assert (await trainer.call("GET", f"{API}/tests")).body == {"messages": [], "conversations": [], "results": None}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/tests/messages", {"text": "x", "outcomes": ["refuse"], "clauses": []}, "key"),
        ("/tests/messages", {"text": "x", "outcomes": ["refuse"], "clauses": [], "key": "ü"}, "key"),
        ("/tests/messages", {"text": "x", "outcomes": "refuse", "key": "a"}, "outcomes"),
        ("/tests/conversations", {"name": "", "turns": [TURN], "key": "a"}, "name"),
        ("/tests/conversations", {"name": "x", "turns": [TURN, {}], "key": "a"}, "outcome"),
        ("/tests/conversations/from-chat", {"conversation_id": "a", "until": "2", "name": "x", "key": "a"}, "until"),
    ],
)
async def test_what_cannot_be_kept_is_named(trainer: Browser, path: str, body: dict[str, Any], field: str) -> None:
    answer = await post(trainer, path, body)
    assert (answer.status, answer.code, answer.body["error"]["data"]["field"]) == (400, "invalid_message", field)


async def test_running_them_all_is_a_job_and_one_at_a_time(trainer: Browser) -> None:
    begun = await post(trainer, "/tests/run", {"key": "a"})
    assert (begun.status, begun.body["job"]["kind"], begun.body["job"]["state"]) == (202, "test", "waiting")
    assert (await post(trainer, "/tests/run", {"key": "a"})).body["job"]["id"] == begun.body["job"]["id"]
    other = await post(trainer, "/tests/run", {"key": "b"})
    assert (other.status, other.code) == (409, "job_running")
    assert (await post(trainer, "/tests/run", {"version": 9, "key": "c"})).status == 404


async def test_a_chat_that_is_not_there_is_not_found(trainer: Browser) -> None:
    body = {"conversation_id": "nirgends", "name": "x", "key": "a"}
    assert (await post(trainer, "/tests/conversations/from-chat", body)).status == 404


async def test_a_wording_is_changed_by_those_who_saw_it_last(trainer: Browser) -> None:
    answers = (await trainer.call("GET", f"{API}/answers")).body["answers"]
    known = next(answer for answer in answers if answer["name"] == "utter_tunda_bayar")
    assert (known["clause"], known["review"], known["wording"]) == ("H13", False, None)
    assert known["variants"][0]["buttons"][0] == {"title": "Tempo pembayaran", "payload": "/tempo_bayar"}
    path = f"{API}/answers/utter_tunda_bayar"
    body = {"variant": 0, "text": "Belum bisa, Kak (Hak 13).", "revision": known["revision"], "reason": "Ringkas"}
    changed = await trainer.call("PUT", path, {**body, "key": "a"})
    assert changed.status == 200
    assert changed.body["answer"]["variants"][0]["text"] == body["text"]
    assert (changed.body["change"]["reason"], changed.body["change"]["title"]) == ("Ringkas", known["title"])
    assert (await trainer.call("PUT", path, {**body, "key": "a"})).body == changed.body
    again = await trainer.call("PUT", path, {**body, "text": "Lain (Hak 13).", "key": "b"})
    revision = changed.body["answer"]["revision"]
    assert (again.status, again.code) == (409, "answer_changed")
    assert again.body["error"]["data"] == {"revision": revision}
    refused = await trainer.call("PUT", path, {**body, "text": "Bisa, Kak.", "revision": revision, "key": "c"})
    assert (refused.status, refused.code) == (400, "answer_text")
    assert refused.body["error"]["data"]["problems"] == ["Sebutkan ketentuannya: Hak 13."]
    changes = await trainer.call("GET", f"{path}/changes")
    assert [change["number"] for change in changes.body["changes"]] == [changed.body["change"]["number"]]
    assert (await trainer.call("GET", f"{API}/answers/utter_lain/changes")).status == 404


async def test_a_new_policy_says_what_to_look_at_until_somebody_has(trainer: Browser) -> None:
    empty = (await trainer.call("GET", f"{API}/policy")).body
    assert empty == {"imported_at": None, "before_at": None, "clauses": []}
    await post(trainer, "/policy", {"text": document(known_wording()), "key": "a"})
    changed = {**known_wording(), "H13": f"{known_wording()['H13']} Titik."}
    policy = (await post(trainer, "/policy", {"text": document(changed), "key": "b"})).body
    [row] = [clause for clause in policy["clauses"] if clause["change"] != "same"]
    assert (row["id"], row["change"], row["answers"]) == ("H13", "changed", ["utter_tunda_bayar"])
    assert row["diff"][-1] == {"op": "new", "text": "Titik."}
    answers = (await trainer.call("GET", f"{API}/answers")).body["answers"]
    assert [answer["name"] for answer in answers if answer["review"]] == ["utter_tunda_bayar"]
    assert (await post(trainer, "/answers/utter_tunda_bayar/reviewed", {"key": "c"})).status == 204
    answers = (await trainer.call("GET", f"{API}/answers")).body["answers"]
    assert not any(answer["review"] for answer in answers)
    refused = await post(trainer, "/policy", {"text": "HAK\n\n1. Satu.\n", "key": "d"})
    assert (refused.status, refused.code) == (400, "policy_document")
    assert "K1" in refused.body["error"]["data"]["problem"]
    assert (await trainer.call("GET", f"{API}/policy")).body == policy


async def test_agents_may_not(trainer_client: Client, store: SqlStore) -> None:
    agent = await signed_in(trainer_client, store, "rina")
    for path in ("/tests", "/answers", "/policy"):
        assert (await agent.call("GET", API + path)).status == 403
