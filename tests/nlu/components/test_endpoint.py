"""A tiny assistant trained and served with an embeddings endpoint, and what becomes of it when that fails."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from rasa.core.agent import Agent, load_agent
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.rasa_client import RasaBrain
from bot.errors import BrainUnavailableError, EncoderError
from bot.nlu.encoder import default_encoder
from bot.nlu.featurizer import SentenceEncoderFeaturizer, UnusableEncoderError
from bot.nlu.turn import run_turn
from bot.services.ports import BrainTurn
from tests.embeddings_endpoint import KEY, EmbeddingsEndpoint, serving
from tests.nlu.components.pipeline import create, load, message
from tests.nlu.components.tiny_assistant import TOKEN, serving_channel, train_tiny_assistant

pytestmark = pytest.mark.rasa


def _choose(patch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        patch.setenv(name, value)
    # As a new process: nothing is known of the encoder.
    default_encoder.cache_clear()


@pytest.fixture(scope="module", name="home")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """Caches of our own, and the bundled encoder back at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPDESK_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path_factory.mktemp("rasa-cache")))
        yield patch
    default_encoder.cache_clear()


@pytest.fixture(scope="module", name="trained")
def _trained(home: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, int]:
    """A model, and the port of the endpoint that it was trained with, where nobody answers any more."""
    with serving(EmbeddingsEndpoint()) as endpoint:
        _choose(home, {**endpoint.environment, "HELPDESK_ENCODER_TIMEOUT": "1"})
        model = train_tiny_assistant(tmp_path_factory.mktemp("project"))
    assert "halo kak" in endpoint.inputs[-1]
    port = urlsplit(endpoint.url).port
    assert port is not None
    return model, port


@pytest.fixture(name="afresh")
def _afresh(trained: tuple[str, int], home: pytest.MonkeyPatch) -> tuple[str, int]:
    """The same as in a process that has just started."""
    _choose(home, {})
    return trained


async def _say(agent: Agent, text: str, *, conversation: str, payload: str | None = None) -> str | None:
    turn = await run_turn(agent, conversation_id=conversation, message_id="m", text=text, payload=payload)
    return turn.intent


async def test_it_answers(afresh: tuple[str, int]) -> None:
    model, port = afresh
    with serving(EmbeddingsEndpoint(), port) as endpoint:
        agent = Agent.load(model)
        assert endpoint.inputs == []
        assert await _say(agent, "halo kak", conversation="one") == "salam"
        assert await _say(agent, "bisa bayar pakai qris?", conversation="two") == "cara_bayar"
        # The message and, at the first, the proof that the model is that of the training.
        assert [len(texts) for texts in endpoint.inputs] == [2, 2, 2]


async def test_a_model_of_another_encoder_is_not_loaded(
    afresh: tuple[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    model, _ = afresh
    for changes in ({"HELPDESK_ENCODER_MODEL": "other"}, {"HELPDESK_ENCODER_URL": ""}):
        with pytest.MonkeyPatch.context() as patch:
            _choose(patch, changes)
            with pytest.raises(UnusableEncoderError, match=r"was trained with .*'tiny'.* but the settings name"):
                Agent.load(model)
            # The server then runs without a model, which the supervisor sees.
            assert not (await load_agent(model)).is_ready()
        default_encoder.cache_clear()
    assert "was trained with the sentence encoder" in caplog.text


async def test_another_model_behind_the_same_name_answers_nothing(afresh: tuple[str, int]) -> None:
    model, port = afresh
    with serving(EmbeddingsEndpoint(seed="other"), port):
        agent = Agent.load(model)
        for number in range(2):
            with pytest.raises(RasaException, match="than when the model was trained"):
                await _say(agent, "halo kak", conversation=f"swapped {number}")


class TestChannel:
    @pytest.fixture(name="brain")
    async def _brain(self, afresh: tuple[str, int], unused_tcp_port: int) -> AsyncIterator[RasaBrain]:
        """The web process's own client of the channel."""
        async with serving_channel(unused_tcp_port) as app, ClientSession() as session:
            app.ctx.agent = Agent.load(afresh[0])
            yield RasaBrain(lambda: session, app.ctx.address, TOKEN, timeout=15)

    @staticmethod
    async def _answer(brain: RasaBrain, text: str, payload: str | None = None) -> BrainTurn:
        return await brain.answer(conversation_id=f"c {text}", message_id=f"m {text}", text=text, payload=payload)

    async def test_while_the_endpoint_is_down_there_is_no_answer_and_afterwards_the_right_one(
        self, brain: RasaBrain, afresh: tuple[str, int], caplog: pytest.LogCaptureFixture
    ) -> None:
        text = "bisa bayar pakai qris? surel budi@contoh.example"
        caplog.set_level(logging.INFO)
        for _ in range(2):
            with pytest.raises(BrainUnavailableError, match="503"):
                await self._answer(brain, text)
        assert "No answer to turn: The embeddings endpoint cannot be reached" in caplog.text
        assert KEY not in caplog.text
        assert "budi@contoh" not in caplog.text
        with serving(EmbeddingsEndpoint(), afresh[1]):
            turn = await self._answer(brain, text)
        assert turn.intent == "cara_bayar"
        assert len(turn.replies) == 1

    async def test_a_wrong_answer_of_the_endpoint_is_no_answer(self, brain: RasaBrain, afresh: tuple[str, int]) -> None:
        endpoint = EmbeddingsEndpoint(change=lambda data: data[1:])
        with serving(endpoint, afresh[1]):
            with pytest.raises(BrainUnavailableError):
                await self._answer(brain, "halo kak")
            endpoint.change = None
            assert (await self._answer(brain, "halo kak")).intent == "salam"
            endpoint.seed = "exchanged while we run"
            with pytest.raises(BrainUnavailableError):
                await self._answer(brain, "makasih kak")

    async def test_buttons_work_without_the_endpoint(self, brain: RasaBrain) -> None:
        assert (await self._answer(brain, "Pindah ke sini", "/migrasi")).intent == "migrasi"


class TestFeaturizer:
    def test_the_fingerprint_follows_encoder_model_and_prefix(self) -> None:
        """And asks nobody."""
        seen = [SentenceEncoderFeaturizer.fingerprint_addon({})]
        for changes in ({"URL": "http://127.0.0.1:1/v1", "MODEL": "a"}, {"MODEL": "b"}, {"PREFIX": "query:"}):
            with pytest.MonkeyPatch.context() as patch:
                base = {"HELPDESK_ENCODER_URL": "http://127.0.0.1:1/v1", "HELPDESK_ENCODER_MODEL": "m"}
                _choose(patch, {**base, **{f"HELPDESK_ENCODER_{name}": value for name, value in changes.items()}})
                seen.append(SentenceEncoderFeaturizer.fingerprint_addon({}))
            default_encoder.cache_clear()
        assert len(set(seen)) == 4

    def test_a_model_that_names_no_encoder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableEncoderError, match="make train"):
            load(SentenceEncoderFeaturizer, tmp_path)
        with pytest.raises(UnusableEncoderError, match="make train"):
            create(SentenceEncoderFeaturizer, tmp_path).process([message("halo")])

    def test_training_without_the_endpoint_says_why(self, afresh: tuple[str, int], tmp_path: Path) -> None:
        """To Rasa and to our own commands alike."""
        featurizer = create(SentenceEncoderFeaturizer, tmp_path)
        with pytest.MonkeyPatch.context() as patch:
            _choose(patch, {"HELPDESK_ENCODER_PREFIX": "new:"})
            with pytest.raises(RasaException, match="cannot be reached") as caught:
                featurizer.train(TrainingData())
            assert isinstance(caught.value, EncoderError)
        default_encoder.cache_clear()
