"""Classifier for messages that only give details, which no topic surely fits; it has the last word."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.text.details import gives_only_details, is_bare


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IndonesianDetailsClassifier(IntentClassifier, GraphComponent):
    """Sets the configured intent for a bare domain, invoice number, size, date, amount or address."""

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # The intent of messages that only give details.
            "intent": "beri_rincian",
            # A guess with at least this confidence stands ("tokobudi.com mati"), unless the intent is one of `unclear`.
            "sure": 0.7,
            "unclear": [],
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._intent: str = config["intent"]
        self._sure: float = config["sure"]
        self._unclear = frozenset(config["unclear"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianDetailsClassifier:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the details intent before the ranking where a message gives nothing else, as far as one can see."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not gives_only_details(text) or (not is_bare(text) and self._is_sure(message)):
                continue
            details = {INTENT_NAME_KEY: self._intent, PREDICTED_CONFIDENCE_KEY: 1.0}
            others = [r for r in message.get(INTENT_RANKING_KEY, []) if r[INTENT_NAME_KEY] != self._intent]
            message.set(INTENT, details, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [details, *others], add_to_output=True)
        return messages

    def _is_sure(self, message: Message) -> bool:
        guess = message.get(INTENT) or {}
        confidence = guess.get(PREDICTED_CONFIDENCE_KEY) or 0.0
        return guess.get(INTENT_NAME_KEY) not in self._unclear and confidence >= self._sure
