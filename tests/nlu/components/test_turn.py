"""A tiny assistant, really trained and loaded, answering turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import rasa.model_training
from aiohttp import ClientSession
from rasa.core.agent import Agent
from rasa.shared.core.events import UserUttered
from rasa.shared.exceptions import RasaException
from sanic import Sanic

from bot.nlu.channel import HelpdeskChannel
from bot.nlu.turn import NoReplyError, Turn, run_turn

pytestmark = pytest.mark.rasa

_CONFIG = """
recipe: default.v1
language: id
assistant_id: tiny
pipeline:
  - name: bot.nlu.tokenizer.IndonesianTokenizer
  - name: bot.nlu.entities.IndonesianEntityExtractor
  - name: bot.nlu.featurizer.SentenceEncoderFeaturizer
  - name: bot.nlu.classifier.IndonesianIntentClassifier
  - name: bot.nlu.fallback.IndonesianFallback
policies:
  - name: RulePolicy
"""
_DOMAIN = """
version: "3.1"
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
intents: [salam, terima_kasih, cara_bayar, kasus_layanan, migrasi, diam, nlu_fallback]
entities: [nama_domain, surel, telepon, rupiah, kapasitas, nomor_invoice, tanggal]
actions: [action_yang_gagal]
responses:
  utter_salam:
    - text: Halo Kak
      metadata: {outcome: smalltalk, clauses: []}
      buttons: [{title: Cara bayar, payload: /cara_bayar}]
  utter_terima_kasih: [{text: Sama-sama, metadata: {outcome: smalltalk, clauses: []}}]
  utter_cara_bayar:
    - {text: Lewat QRIS, metadata: {outcome: answer, clauses: [K5]}}
    - {text: Lewat virtual account, metadata: {outcome: answer, clauses: [K5]}}
    - {text: Lewat kartu, metadata: {outcome: answer, clauses: [K5]}}
  utter_kasus_layanan: [{text: Kami periksa, metadata: {outcome: handoff, clauses: [K4]}}]
  utter_migrasi: [{text: Bisa, metadata: {outcome: answer, clauses: [H14]}}]
  utter_nlu_fallback: [{text: "Maksudnya?", metadata: {outcome: clarify}}]
"""
_EXAMPLES = {
    "salam": ["halo", "halo kak", "selamat pagi", "permisi min", "assalamualaikum", "hai admin"],
    "terima_kasih": ["makasih", "terima kasih kak", "thanks ya", "oke makasih", "nuhun", "suwun mas"],
    "cara_bayar": ["bisa bayar pakai qris?", "cara bayar gimana", "bayar lewat va bca", "bisa pakai kartu kredit?"],
    "kasus_layanan": ["web saya mati", "situs error 500", "email tidak bisa kirim", "website gw down"],
    "migrasi": [
        "mau pindah hosting ke sini",
        "bantu migrasi website",
        "pindahan dari provider lama",
        "migrasi gratis?",
    ],
    "diam": ["diam saja", "jangan jawab apa-apa", "tolong diam", "bungkam"],
}
_RULES = {name: f"utter_{name}" for name in [*_EXAMPLES, "nlu_fallback"]} | {"diam": "action_yang_gagal"}


def _write_project(folder: Path) -> None:
    (folder / "config.yml").write_text(_CONFIG, encoding="utf-8")
    (folder / "domain.yml").write_text(_DOMAIN, encoding="utf-8")
    lines = ['version: "3.1"', "nlu:"]
    for intent, examples in _EXAMPLES.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {example}" for example in examples)]
    lines.append("rules:")
    for intent, action in _RULES.items():
        lines += [f"- rule: {intent}", f"  steps: [{{intent: {intent}}}, {{action: {action}}}]"]
    (folder / "data.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module", name="model")
def _model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("project")
    _write_project(folder)
    result = rasa.model_training.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "data.yml")],
        output=str(folder / "models"),
    )
    assert result.code == 0
    assert result.model is not None
    return str(result.model)


@pytest.fixture(scope="module", name="agent")
def _agent(model: str) -> Agent:
    return Agent.load(model)


async def _say(agent: Agent, text: str, *, conversation: str, id: str = "m1", payload: str | None = None) -> Turn:
    return await run_turn(agent, conversation_id=conversation, message_id=id, text=text, payload=payload)


async def _said_by_customer(agent: Agent, conversation: str) -> list[UserUttered]:
    tracker = await agent.tracker_store.retrieve(conversation)
    return [event for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


async def test_a_question_is_answered_with_outcome_and_clauses(agent: Agent) -> None:
    turn = await _say(agent, "kak bisa bayar pakai qris ga untuk toko.id", conversation="question")
    assert turn.intent == "cara_bayar"
    assert 0.3 < turn.confidence <= 1.0
    assert [(reply.outcome, reply.clauses) for reply in turn.replies] == [("answer", ["K5"])]
    assert [(found["entity"], found["value"]) for found in turn.entities] == [("nama_domain", "toko.id")]


async def test_a_greeting_offers_buttons(agent: Agent) -> None:
    turn = await _say(agent, "halo kak", conversation="greeting")
    assert turn.replies[0].buttons == [{"title": "Cara bayar", "payload": "/cara_bayar"}]


async def test_the_same_message_id_is_answered_from_the_tracker(agent: Agent) -> None:
    first = await _say(agent, "cara bayar gimana?", conversation="twice")
    for _ in range(6):  # three variations of the answer: chance would not repeat it six times
        assert await _say(agent, "cara bayar gimana?", conversation="twice") == first
    assert len(await _said_by_customer(agent, "twice")) == 1
    other = await _say(agent, "makasih", conversation="twice", id="m2")
    assert other.intent == "terima_kasih"
    assert await _say(agent, "cara bayar gimana?", conversation="twice") == first
    assert len(await _said_by_customer(agent, "twice")) == 2


async def test_the_same_message_id_in_another_conversation_is_another_message(agent: Agent) -> None:
    await _say(agent, "halo", conversation="one")
    assert (await _say(agent, "makasih", conversation="two")).intent == "terima_kasih"


@pytest.mark.parametrize("text", ["/restart", " /restart", "/session_start", "/back", "/restart{}"])
async def test_a_command_typed_by_a_customer_is_only_text(text: str, agent: Agent) -> None:
    conversation = f"command {text}"
    await _say(agent, "halo", conversation=conversation)
    turn = await _say(agent, text, conversation=conversation, id="m2")
    assert turn.intent not in {"restart", "session_start", "back"}
    said = await _said_by_customer(agent, conversation)
    assert [event.text for event in said] == [
        "halo",
        text.strip(),
    ]  # nothing forgotten, nothing added


@pytest.mark.parametrize("text", ["web toko.id mati", "  web toko.id mati", "/halo toko.id", " \n /web toko.id mati "])
async def test_entities_keep_their_place(text: str, agent: Agent) -> None:
    turn = await _say(agent, text, conversation=f"place {text}")
    assert [text.strip()[found["start"] : found["end"]] for found in turn.entities] == ["toko.id"]


async def test_a_button_is_its_intent(agent: Agent) -> None:
    turn = await _say(agent, "Pindah ke sini", conversation="button", payload="/migrasi")
    assert (turn.intent, turn.confidence) == ("migrasi", 1.0)
    assert [event.text for event in await _said_by_customer(agent, "button")] == ["Pindah ke sini"]


@pytest.mark.parametrize(
    "payload", ["/restart", "/tidak_ada", "migrasi", "", "/", '/migrasi{"surel": "x"}', "/migrasi@0.1"]
)
async def test_a_payload_that_is_no_button_is_ignored(payload: str, agent: Agent) -> None:
    turn = await _say(agent, "halo kak", conversation=f"payload {payload}", payload=payload)
    assert turn.intent == "salam"


_NOISE = ["", " ", "😀", "asdkjh qweiru", "....", "你好", "a\ud83d", "(" * 3_000]


@pytest.mark.parametrize("text", _NOISE, ids=lambda text: ascii(text[:8]))
async def test_noise_is_answered_by_asking_back(text: str, agent: Agent) -> None:
    turn = await _say(agent, text, conversation=f"noise {text[:5]!a}")
    assert turn.intent == "nlu_fallback"
    assert turn.replies[0].outcome == "clarify"
    assert turn.replies[0].clauses == []


async def test_a_bot_that_says_nothing_is_an_error_each_time(agent: Agent) -> None:
    for _ in range(2):
        with pytest.raises(NoReplyError):
            await _say(agent, "Diam", conversation="silent", payload="/diam")
    assert (await _say(agent, "halo", conversation="silent", id="m2")).intent == "salam"


async def test_without_a_model_there_is_no_turn() -> None:
    for agent in (None, Agent()):
        with pytest.raises(RasaException, match="no model"):
            await run_turn(agent, conversation_id="c", message_id="m", text="halo", payload=None)


# The channel, behind a real socket.

_TOKEN = "s3cret"


@pytest.fixture(name="app")
async def _app(unused_tcp_port: int) -> AsyncIterator[Sanic]:
    Sanic.test_mode = True
    app = Sanic(f"helpdesk-{unused_tcp_port}")
    app.blueprint(HelpdeskChannel(_TOKEN).blueprint(_not_called), url_prefix="/webhooks/helpdesk")
    app.ctx.address = f"http://127.0.0.1:{unused_tcp_port}/webhooks/helpdesk"
    server = await app.create_server("127.0.0.1", unused_tcp_port, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.start_serving()
    yield app
    await server.close()


async def _not_called(message: object) -> None:
    raise AssertionError("the channel runs its turns itself")


async def _post(app: Sanic, body: object, token: str | None = _TOKEN) -> tuple[int, object]:
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    async with (
        ClientSession() as session,
        session.post(f"{app.ctx.address}/turn", json=body, headers=headers) as response,
    ):
        return response.status, await response.json()


_BODY = {"conversation_id": "http", "message_id": "m1", "text": "halo kak"}


async def test_the_channel_answers_with_the_turn(app: Sanic, agent: Agent) -> None:
    app.ctx.agent = agent
    status, turn = await _post(app, _BODY)
    assert status == 200
    assert turn == (await _say(agent, "halo kak", conversation="http")).as_dict()


@pytest.mark.parametrize("token", [None, "", "wrong", "s3cre", "s3cret2", "sécret"])
async def test_the_channel_refuses_a_wrong_token(token: str | None, app: Sanic, agent: Agent) -> None:
    app.ctx.agent = agent
    assert await _post(app, _BODY, token) == (401, {"error": "unauthorized"})


async def test_the_channel_is_unavailable_without_a_model(app: Sanic) -> None:
    assert (await _post(app, _BODY))[0] == 503
    app.ctx.agent = Agent()
    assert await _post(app, _BODY) == (503, {"error": "unavailable"})


async def test_the_channel_is_unavailable_when_nothing_is_said(app: Sanic, agent: Agent) -> None:
    app.ctx.agent = agent
    assert (await _post(app, {**_BODY, "conversation_id": "http silent", "payload": "/diam"}))[0] == 503


_CHANGES = [{"text": None}, {"text": 1}, {"message_id": ""}, {"payload": 1}, {"conversation_id": ["x"]}]


@pytest.mark.parametrize("body", [None, [], "halo", {}, *({**_BODY, **change} for change in _CHANGES)])
async def test_the_channel_refuses_another_body(body: object, app: Sanic, agent: Agent) -> None:
    app.ctx.agent = agent
    assert await _post(app, body) == (400, {"error": "invalid_turn"})


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}, {"token": "${HELPDESK_RASA_TOKEN}"}])
def test_the_channel_needs_a_token(credentials: dict[str, str] | None) -> None:
    with pytest.raises(RasaException):
        HelpdeskChannel.from_credentials(credentials)
