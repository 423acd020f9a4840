"""Our runner of Rasa's graph beside Rasa's own."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.sequential_runner import SequentialGraphRunner, run_sequentially
from bot.nlu.turn import run_turn
from tests.nlu.components.tiny_assistant import train_tiny_assistant

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module", name="model")
def _model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return train_tiny_assistant(tmp_path_factory.mktemp("project"))


@pytest.fixture(name="processor")
def _processor(model: str) -> MessageProcessor:
    processor = Agent.load(model).processor
    assert processor is not None
    return processor


def _both(processor: MessageProcessor, inputs: dict[str, Any], target: str) -> list[Any]:
    dask = processor.graph_runner
    return [runner.run(inputs, [target])[target] for runner in (dask, SequentialGraphRunner.of(dask))]


@pytest.mark.parametrize("text", ["bisa bayar pakai qris?", "halo kak", "xyzzy", "", "/salam"])
def test_messages_are_read_as_with_rasas_runner(text: str, processor: MessageProcessor) -> None:
    readings = []
    for runner in (processor.graph_runner, SequentialGraphRunner.of(processor.graph_runner)):
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: DialogueStateTracker("x", [])}
        (message,) = runner.run(inputs, [processor.model_metadata.nlu_target])[processor.model_metadata.nlu_target]
        readings.append(message.as_dict(only_output_properties=True))
    assert readings[0] == readings[1]


def test_actions_are_predicted_as_with_rasas_runner(processor: MessageProcessor) -> None:
    said = UserUttered("halo", {"name": "salam", "confidence": 1.0})
    tracker = DialogueStateTracker.from_events("x", [ActionExecuted("action_listen"), said])
    one, other = _both(processor, {PLACEHOLDER_TRACKER: tracker}, str(processor.model_metadata.core_target))
    assert one == other
    assert processor.domain.action_names_or_texts[other.max_confidence_index] == "utter_salam"


def test_an_input_that_is_missing_fails_as_with_rasas_runner(
    processor: MessageProcessor, caplog: pytest.LogCaptureFixture
) -> None:
    for runner in (processor.graph_runner, SequentialGraphRunner.of(processor.graph_runner)):
        with caplog.at_level(logging.CRITICAL), pytest.raises(GraphRunError, match="Missing input"):
            runner.run({}, [processor.model_metadata.nlu_target])


async def test_a_turn_takes_it_once(model: str) -> None:
    agent = Agent.load(model)
    assert agent.processor is not None
    assert isinstance(agent.processor.graph_runner, DaskGraphRunner)
    await run_turn(agent, conversation_id="x", message_id="1", text="halo", payload=None)
    taken = agent.processor.graph_runner
    assert isinstance(taken, SequentialGraphRunner)
    run_sequentially(agent.processor)
    assert agent.processor.graph_runner is taken
