"""A tiny assistant, really trained and loaded, answering turns."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActiveLoop, ConversationPaused, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sanic import Sanic

from bot.nlu.channel import HelpdeskChannel
from bot.nlu.pausing import pause
from bot.nlu.turn import NoReplyError, Turn, run_turn
from tests.nlu.components.tiny_assistant import TOKEN, serving_channel, train_tiny_assistant

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module", name="model")
def _model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return train_tiny_assistant(tmp_path_factory.mktemp("project"))


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


# While a support agent speaks.


async def _tracker(agent: Agent, conversation: str) -> DialogueStateTracker:
    tracker = await agent.tracker_store.retrieve(conversation)
    assert tracker is not None
    return tracker


async def test_while_a_person_speaks_rasa_says_nothing_by_itself(agent: Agent) -> None:
    await _say(agent, "halo kak", conversation="paused")
    await pause(agent, "paused")
    said = CollectingOutputChannel()
    await agent.handle_message(UserMessage("halo kak", said, "paused"))
    assert said.messages == []


async def test_the_next_turn_ends_the_pause(agent: Agent) -> None:
    before = await _say(agent, "halo kak", conversation="resumed")
    await pause(agent, "resumed")
    assert (await _tracker(agent, "resumed")).is_paused()
    assert (await _say(agent, "halo kak", conversation="resumed", id="m2")).replies == before.replies
    assert not (await _tracker(agent, "resumed")).is_paused()


async def test_an_answered_message_is_repeated_from_a_paused_tracker_as_well(agent: Agent) -> None:
    first = await _say(agent, "cara bayar gimana?", conversation="repeated in a pause")
    await pause(agent, "repeated in a pause")
    assert await _say(agent, "cara bayar gimana?", conversation="repeated in a pause") == first


async def test_a_conversation_may_begin_with_a_person(agent: Agent) -> None:
    await pause(agent, "began paused")
    assert (await _say(agent, "halo kak", conversation="began paused")).intent == "salam"


async def test_what_a_form_asked_is_over_once_a_person_speaks_and_a_second_pause_changes_nothing(agent: Agent) -> None:
    await _say(agent, "halo kak", conversation="form")
    tracker = await _tracker(agent, "form")
    tracker.update(ActiveLoop("formulir"))
    await agent.tracker_store.save(tracker)
    for _ in range(2):
        await pause(agent, "form")
    tracker = await _tracker(agent, "form")
    assert tracker.active_loop_name is None
    assert sum(isinstance(event, ConversationPaused) for event in tracker.events) == 1


# The channel, behind a real socket.


@pytest.fixture(name="app")
async def _app(unused_tcp_port: int) -> AsyncIterator[Sanic]:
    async with serving_channel(unused_tcp_port) as app:
        yield app


async def _post(app: Sanic, body: object, token: str | None = TOKEN, path: str = "turn") -> tuple[int, object]:
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    async with (
        ClientSession() as session,
        session.post(f"{app.ctx.address}/webhooks/helpdesk/{path}", json=body, headers=headers) as response,
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


async def test_the_channel_pauses(app: Sanic, agent: Agent) -> None:
    body = {"conversation_id": "http paused"}
    assert await _post(app, body, path="pause") == (503, {"error": "unavailable"})
    app.ctx.agent = agent
    assert await _post(app, body, token="wrong", path="pause") == (401, {"error": "unauthorized"})
    for other in (None, [], {}, {"conversation_id": ""}, {"conversation_id": 1}):
        assert await _post(app, other, path="pause") == (400, {"error": "invalid_pause"})
    assert await agent.tracker_store.retrieve("http paused") is None
    assert await _post(app, body, path="pause") == (200, {"status": "paused"})
    assert (await _tracker(agent, "http paused")).is_paused()


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}, {"token": "${HELPDESK_RASA_TOKEN}"}])
def test_the_channel_needs_a_token(credentials: dict[str, str] | None) -> None:
    with pytest.raises(RasaException):
        HelpdeskChannel.from_credentials(credentials)
