"""docs/openapi-trainer.yml against the routes, the errors and real answers of the trainer console's API."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import DummyCookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot import errors
from bot.bootstrap import make_web_app
from bot.errors import HelpdeskError
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.inbox.items import Action
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.releases.jobs import JobKind, JobState
from bot.helpdesk.releases.versions import VersionState
from bot.helpdesk.staff import Role
from bot.helpdesk.workshop.changes import ChangeAction, ChangeKind
from bot.services.knowledge import ROOT
from bot.services.trainer.data_warnings import KINDS
from bot.settings import Settings
from bot.store.unit_of_work import SqlStore
from bot.web.guard import COOKIE, CSRF_HEADER
from bot.web.trainer.prefix import PREFIX
from bot.web.trainer.routes import TRAINER_ROUTES
from tests.docs.openapi import OpenApi
from tests.docs.test_desk_protocol import error_rows
from tests.docs.trainer_errors import trainer_error_statuses
from tests.inbox import Chat
from tests.policy_documents import document, known_wording
from tests.project_edits import copy_project
from tests.staffing import Browser, SystemClock, quick_hasher, signed_in
from tests.web.trainer.test_inbox import review

API = OpenApi("openapi-trainer.yml")
OPERATIONS = [pytest.param(m, p, o, id=o["operationId"]) for m, p, o in API.operations()]
# What needs a trained version; held by the tests of publishing.
_OF_VERSIONS = {("get", "/versions/{number}"), ("get", "/versions/{number}/pictures/{name}"), ("put", "/shadow")} | {
    ("post", f"/versions/{{number}}/{what}") for what in ("publish", "discard")
}
_TURN = {"text": "Halo", "intent": "salam", "outcome": "smalltalk", "clauses": []}


class TestAgainstTheCode:
    """What the code says of itself."""

    def test_routes_and_operations_are_the_same(self) -> None:
        documented = {(m.upper(), PREFIX + p, o["x-permission"]) for m, p, o in API.operations()}
        assert documented == {(route.method, route.path, route.permission.value) for route in TRAINER_ROUTES}
        assert API.spec["servers"] == [{"url": PREFIX}]

    def test_error_codes_are_those_of_the_protocols(self) -> None:
        codes, own = set(API.error_codes), set(trainer_error_statuses())
        assert own <= codes <= {*own, *error_rows(), "method_not_allowed"}

    def test_error_examples_have_the_message_and_status_of_their_code(self) -> None:
        every = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, HelpdeskError)]
        # One that says more under the code of another error is no further code.
        known = {e.code: e for e in every if getattr(e.__base__, "code", None) != e.code}
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
        """Security and refusals follow from the method; a key goes with every change but that which needs none."""
        reads = method == "get"
        expected: list[dict[str, list[str]]] = [{"session": []}] if reads else [{"session": [], "csrf": []}]
        assert operation.get("security", API.spec["security"]) == expected
        assert {"401", "403"} <= set(operation["responses"])
        assert "{" not in path or "404" in operation["responses"]
        assert ("requestBody" in operation) == (method in {"post", "put"})
        if "requestBody" in operation:
            assert {"400", "413"} <= set(operation["responses"])
            schema = API.resolved(operation["requestBody"]["content"]["application/json"]["schema"])
            assert ("key" in schema["required"]) == (operation["operationId"] != "previewSentence")

    def test_names_are_those_of_the_code(self) -> None:
        schemes = API.spec["components"]["securitySchemes"]
        assert (schemes["session"]["name"], schemes["csrf"]["name"]) == (COOKIE, CSRF_HEADER)

        def values(schema: dict[str, Any]) -> set[str]:
            return set(schema["enum"])

        job, change = API.schema("Job")["properties"], API.schema("Change")["properties"]
        assert values(API.schema("Outcome")) == {one.value for one in Outcome}
        assert values(API.schema("Reason")) == {one.value for one in Reason}
        assert values(API.schema("Action")) == {one.value for one in Action}
        assert values(job["kind"]) == {one.value for one in JobKind}
        assert values(job["state"]) == {one.value for one in JobState}
        assert values(change["kind"]) == {one.value for one in ChangeKind}
        assert values(change["action"]) == {one.value for one in ChangeAction}
        assert values(API.schema("Version")["properties"]["state"]) == {one.value for one in VersionState}
        assert values(API.schema("Warning")["properties"]["kind"]) == set(KINDS)


class Journey:
    """A trainer whose every answer is held against the document."""

    def __init__(self, browser: Browser, store: SqlStore) -> None:
        self.browser = browser
        self.store = store
        self.met: set[tuple[str, str]] = set()
        self._keys = 0

    async def call(
        self, method: str, path: str, status: int, body: Any = None, *, query: str = "", **named: Any
    ) -> Any:
        """The body of an answer; `path` as it is documented, `named` for what stands in braces."""
        self._keys += 1
        if body is not None:
            body = {"key": f"k-{self._keys}", **body}
        answer = await self.browser.call(method, PREFIX + path.format(**named) + query, body)
        assert answer.status == status, answer
        documented = API.resolved(API.spec["paths"][path][method.lower()]["responses"][str(status)])
        if status < 300:
            self.met.add((method.lower(), path))
        else:
            assert "X-Request-Id" in answer.response.headers
        if "content" not in documented:
            assert answer.body is None
            return None
        API.validate(answer.body, documented["content"]["application/json"]["schema"])
        return answer.body


class TestAgainstRealAnswers:
    """Statuses and bodies of the real application over files that may be changed, and a model that knows two topics."""

    @pytest.fixture
    async def journey(
        self, database_url: str, store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> AsyncIterator[Journey]:
        """A trainer who is signed in; the trainer part is away, so jobs wait."""
        monkeypatch.setattr("bot.services.trainer.inbox_sweep._EVERY", 0.05)
        project = copy_project(ROOT, tmp_path / "project")
        for topic in ("salam", "cara_bayar", "tempo_bayar"):
            (project / "data/nlu").mkdir(exist_ok=True)
            shutil.copy(ROOT / f"data/nlu/{topic}.yml", project / f"data/nlu/{topic}.yml")
        rasa = web.Application()
        rasa.router.add_post("/webhooks/helpdesk/review", review)
        async with TestServer(rasa) as model:
            url = str(model.make_url("")).rstrip("/")
            settings = Settings(database_url=database_url, rasa_url=url, secret_key="k")
            own = replace(settings, project=project, home=tmp_path / "home")
            app = make_web_app(own, hasher=quick_hasher())
            async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
                await signed_in(client, store, "rina", Role.ADMIN)
                yield Journey(await signed_in(client, store, "tuti", Role.TRAINER), store)

    async def test_a_day_of_a_trainer(self, journey: Journey) -> None:
        """Meets each documented success that needs no trained version, each of the documented shape."""
        await self._sentences(journey)
        await self._inbox(journey)
        await self._tests(journey)
        await self._answers(journey)
        await self._models(journey)
        assert (await journey.call("GET", "/trends", 200, query="?weeks=4"))["weeks"]
        assert journey.met == {(m, p) for m, p, _ in API.operations()} - _OF_VERSIONS

    async def test_refusals(self, journey: Journey) -> None:
        async def refused(method: str, path: str, status: int, body: Any = None, **more: Any) -> str:
            code: str = (await journey.call(method, path, status, body, **more))["error"]["code"]
            return code

        assert await refused("GET", "/sentences", 400, query="?limit=101") == "invalid_message"
        assert await refused("GET", "/trends", 400, query="?weeks=1") == "invalid_message"
        assert await refused("GET", "/inbox/{id}", 404, id="none") == "not_found"
        assert await refused("GET", "/versions/{number}", 404, number=7) == "not_found"
        assert await refused("PUT", "/shadow", 404, {"version": 7}) == "not_found"
        assert await refused("POST", "/versions/{number}/publish", 404, {}, number=7) == "not_found"
        assert await refused("POST", "/sentences", 400, {"intent": "salam", "text": "-"}) == "sentence_invalid"
        first = (await journey.call("GET", "/sentences", 200, query="?intent=salam&limit=1"))["sentences"][0]
        same = {"intent": "salam", "text": first["text"]}
        assert await refused("POST", "/sentences", 409, same) == "sentence_exists"
        assert await refused("POST", "/sentences/{id}/delete", 409, {}, id="0" * 16) == "sentence_gone"
        answer = (await journey.call("GET", "/answers", 200))["answers"][0]
        stale = {"variant": 0, "text": "x", "revision": "old"}
        assert await refused("PUT", "/answers/{name}", 409, stale, name=answer["name"]) == "answer_changed"
        invented = {"variant": 0, "text": "Bayar 999 ribu.", "revision": answer["revision"]}
        assert await refused("PUT", "/answers/{name}", 400, invented, name=answer["name"]) == "answer_text"
        assert await refused("POST", "/policy", 400, {"text": "bukan kebijakan"}) == "policy_document"
        journey.browser.csrf_token = "nothing"
        assert await refused("DELETE", "/shadow", 403) == "cross_site"

    async def _sentences(self, journey: Journey) -> None:
        assert len((await journey.call("GET", "/topics", 200))["topics"]) >= 3
        assert (await journey.call("GET", "/colleagues", 200))["colleagues"]
        preview = {"text": "halo kak selamat pagi semuanya", "intent": "salam"}
        await journey.call("POST", "/sentences/preview", 200, preview)
        added = await journey.call("POST", "/sentences", 201, {"intent": "salam", "text": "halo dari pekanbaru kak"})
        key = added["sentence"]["id"]
        edited = await journey.call("PUT", "/sentences/{id}", 200, {"text": "halo dari siak kak"}, id=key)
        key = edited["sentence"]["id"]
        moved = await journey.call("POST", "/sentences/{id}/move", 200, {"intent": "cara_bayar"}, id=key)
        gone = await journey.call("POST", "/sentences/{id}/delete", 200, {}, id=moved["sentence"]["id"])
        await journey.call("POST", "/changes/{number}/undo", 200, {}, number=gone["change"]["number"])
        assert (await journey.call("GET", "/sentences", 200, query="?q=siak"))["total"] >= 1
        await journey.call("GET", "/warnings", 200)
        assert len((await journey.call("GET", "/changes", 200, query="?limit=3"))["changes"]) == 3

    async def _inbox(self, journey: Journey) -> None:
        chat = await Chat.begin(journey.store, SystemClock(), "c-uji")
        await chat.say("promo lebaran ke 0812-3456-7890", Outcome.CLARIFY, intent="cara_bayar", confidence=0.9)
        await chat.say("promo natal dong kak", Outcome.CLARIFY, intent="cara_bayar", confidence=0.9)
        for _ in range(400):
            groups = (await journey.call("GET", "/inbox", 200, query="?state=open&reason=asked_back"))["groups"]
            if groups and groups[0]["size"] == 2:
                break
        (group,) = groups
        detail = await journey.call("GET", "/inbox/{id}", 200, id=group["id"])
        message = detail["messages"][0]["id"]
        await journey.call("GET", "/inbox/messages/{id}/conversation", 200, id=message)
        decision = {"action": "relabel", "intent": "tempo_bayar", "revision": detail["revision"]}
        decided = await journey.call("POST", "/inbox/{id}/decision", 200, decision, id=group["id"])
        assert decided["changes"]
        late = await journey.call("POST", "/inbox/{id}/decision", 409, decision, id=group["id"])
        assert late["error"]["code"] == "decided_already"
        assert (await journey.call("GET", "/inbox/{id}", 200, id=group["id"]))["decided"]["action"] == "relabel"
        await journey.call("POST", "/inbox/{id}/reopen", 200, {}, id=group["id"])

    async def _tests(self, journey: Journey) -> None:
        message = {"text": "Boleh nunda bayar?", "outcomes": ["answer"], "clauses": ["H13"]}
        kept = await journey.call("POST", "/tests/messages", 201, message)
        said = await journey.call("POST", "/tests/conversations", 201, {"name": "Sapaan", "turns": [_TURN]})
        await journey.call(
            "PUT", "/tests/conversations/{id}", 200, {"name": "Sapaan baru", "turns": [_TURN]}, id=said["id"]
        )
        await journey.call("POST", "/tests/conversations/from-chat", 201, {"conversation_id": "c-uji", "name": "Promo"})
        assert len((await journey.call("GET", "/tests", 200))["conversations"]) == 2
        await journey.call("POST", "/tests/conversations/{id}/delete", 204, {}, id=said["id"])
        await journey.call("POST", "/tests/messages/{id}/delete", 204, {}, id=kept["id"])

    async def _answers(self, journey: Journey) -> None:
        await journey.call("POST", "/policy", 200, {"text": document(known_wording())})
        assert len((await journey.call("GET", "/policy", 200))["clauses"]) >= 27
        answers = (await journey.call("GET", "/answers", 200))["answers"]
        answer = next(one for one in answers if one["name"] == "utter_tunda_bayar")
        new = {
            "variant": 0,
            "text": answer["variants"][0]["text"] + " Terima kasih, Kak.",
            "revision": answer["revision"],
        }
        changed = await journey.call("PUT", "/answers/{name}", 200, new, name=answer["name"])
        assert changed["change"]["kind"] == "answer"
        assert (await journey.call("GET", "/answers/{name}/changes", 200, name=answer["name"]))["changes"]
        await journey.call("POST", "/answers/{name}/reviewed", 204, {}, name=answer["name"])

    async def _models(self, journey: Journey) -> None:
        job = (await journey.call("POST", "/training", 202, {"note": "uji"}))["job"]
        refused = await journey.call("POST", "/training", 409, {})
        assert refused["error"]["data"]["job"]["id"] == job["id"]
        assert (await journey.call("GET", "/training", 200))["job"]["id"] == job["id"]
        cancelled = await journey.call("POST", "/jobs/{id}/cancel", 200, {}, id=job["id"])
        assert cancelled["job"]["state"] == "cancelled"
        await journey.call("POST", "/tests/run", 202, {})
        assert (await journey.call("GET", "/versions", 200))["versions"] == []
        assert (await journey.call("GET", "/shadow", 200))["version"] is None
        await journey.call("DELETE", "/shadow", 204)
