"""Two requests in one message: its likely parts go through the pipeline beside it, and are judged at the end.

So each part meets the same tokenizer, classifier and guards as a message of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.two_requests import Limits, Reading, Split, best_split
from bot.text.splitting import Mark, plausible_cuts

# Of a message with two requests: [{"intent", "confidence", "text"}], in the order of the text.
REQUESTS = "requests"
# Of a part on its way through the pipeline: where it comes from.
PART = "request_part"


@dataclass(frozen=True)
class _Part:
    """A part of message number `message` in the batch: before or after its cut number `cut`."""

    message: int
    cut: int
    mark: Mark
    is_second: bool


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IndonesianRequestSplitter(IntentClassifier, GraphComponent):
    """Adds the likely parts of a message behind all messages, for the components after it to read."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # At how many places of a message to try; each costs about as much as the message itself.
            "most_cuts": 3,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._most_cuts: int = config["most_cuts"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianRequestSplitter:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, and behind them the parts of those that may hold two requests."""
        parts = []
        for number, message in enumerate(messages):
            text = message.get(TEXT) or ""
            if text.startswith(INTENT_MESSAGE_PREFIX):  # a button
                continue
            for cut_number, cut in enumerate(plausible_cuts(text, self._most_cuts)):
                for is_second, part in enumerate(cut.parts(text)):
                    origin = _Part(number, cut_number, cut.mark, bool(is_second))
                    parts.append(Message({TEXT: part.strip(), PART: origin}))
        return [*messages, *parts]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IndonesianTwoRequests(IntentClassifier, GraphComponent):
    """Takes the parts out again; where both are clear requests the message gets the intent for two."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # The intent of messages with two requests.
            "intent": "dua_permintaan",
            # Least probability of each part, and the same where words such as "satu lagi" announce the second.
            "threshold": 0.7,
            "adding_threshold": 0.6,
            # Both topics are among so many of the whole message, each with this share unless it is announced.
            "among": 5,
            "whole_share": 0.001,
            # Intents that are no request beside another one.
            "alone": [],
            # Groups of topics that one story raises: any two of a group count as one request.
            "neighbours": [],
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._intent: str = config["intent"]
        try:
            self._limits = Limits.of_config(config)
        except ValueError as error:
            raise InvalidConfigException(f"IndonesianTwoRequests: {error}.") from error

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianTwoRequests:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages without the parts; of a message with two requests, intent, ranking and `requests` are set."""
        parts: defaultdict[int, defaultdict[int, list[Message]]] = defaultdict(lambda: defaultdict(list))
        for message in messages:
            if origin := message.get(PART):
                parts[origin.message][origin.cut].append(message)
        whole = [message for message in messages if not message.get(PART)]
        for number, by_cut in parts.items():
            self._judge(whole[number], list(by_cut.values()))
        return whole

    def _judge(self, message: Message, pairs: list[list[Message]]) -> None:
        splits = {_split(first, second): (first, second) for first, second in pairs}
        ranking = message.get(INTENT_RANKING_KEY, [])
        topics = [_reading(entry) for entry in ranking if entry[INTENT_NAME_KEY] != DEFAULT_NLU_FALLBACK_INTENT_NAME]
        split = best_split(splits, topics, self._limits)
        if split is None:
            return
        both = {INTENT_NAME_KEY: self._intent, PREDICTED_CONFIDENCE_KEY: split.certainty}
        message.set(INTENT, both, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [both, *ranking], add_to_output=True)
        requests = [
            {"intent": reading.intent, "confidence": reading.probability, "text": part.get(TEXT)}
            for reading, part in zip((split.first, split.second), splits[split])
        ]
        message.set(REQUESTS, requests, add_to_output=True)


def _split(first: Message, second: Message) -> Split:
    return Split(first.get(PART).mark, _reading(first.get(INTENT)), _reading(second.get(INTENT)))


def _reading(intent: dict[str, Any] | None) -> Reading:
    intent = intent or {}
    return Reading(intent.get(INTENT_NAME_KEY) or "", intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)
