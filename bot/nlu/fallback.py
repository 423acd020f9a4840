"""Fallback, last in the pipeline: no confident guess for a message that nothing is known about."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import SCOPE
from bot.nlu.fingerprint import module_fingerprint, text_code_fingerprint
from bot.text.lexicon import slang

logger = logging.getLogger(__name__)

_LATIN_WORD = re.compile(r"[a-z]{2,}")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IndonesianFallback(IntentClassifier, GraphComponent):
    """Replaces the intent by `nlu_fallback` when its probability or scope score is low or too few words are known.

    The ranking keeps the classifier's order behind the fallback, so that the bot can offer the likeliest topics.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        # A classifier must run before in predictions, but in training the two do not depend on each other.
        return [Tokenizer]

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Least probability of the best intent.
            "threshold": 0.3,
            # Least scope score (bot.nlu.scope); None asks for none.
            "scope": None,
            # Least share of the message's words that occur in the training data or the lexicon.
            "known_share": 0.25,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return module_fingerprint(__name__) + text_code_fingerprint()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        vocabulary: frozenset[str] = frozenset(),
    ) -> None:
        for key in ("threshold", "known_share"):
            if not 0.0 <= config[key] <= 1.0:
                raise InvalidConfigException(f"IndonesianFallback: {key} must lie between 0 and 1, not {config[key]}.")
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._vocabulary = vocabulary

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianFallback:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Remembers the words of the training data."""
        seen = {word for m in training_data.intent_examples if m.get(TEXT) for word in _known_words(m)}
        self._vocabulary = frozenset(seen | {word for standard in slang().values() for word in standard.split()})
        with self._model_storage.write_to(self._resource) as directory:
            listed = json.dumps(sorted(self._vocabulary), ensure_ascii=False)
            (directory / "vocabulary.json").write_text(listed, encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IndonesianFallback:
        try:
            with model_storage.read_from(resource) as directory:
                vocabulary = json.loads((directory / "vocabulary.json").read_text(encoding="utf-8"))
        except (ValueError, FileNotFoundError):
            logger.warning("No stored vocabulary: every message will fall back.")
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, frozenset(vocabulary))

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the fallback before the ranking where the message is not understood."""
        for message in messages:
            top = message.get(INTENT) or {}
            confidence = top.get(PREDICTED_CONFIDENCE_KEY) or 0.0
            sure = confidence >= self._config["threshold"] and self._in_scope(message)
            if top.get(INTENT_NAME_KEY) and sure and self._is_known(message):
                continue
            fallback = {
                INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                PREDICTED_CONFIDENCE_KEY: max(0.0, 1.0 - confidence),
            }
            message.set(INTENT, fallback, add_to_output=True)
            ranking = message.get(INTENT_RANKING_KEY, [])
            message.set(INTENT_RANKING_KEY, [fallback, *ranking], add_to_output=True)
        return messages

    def _in_scope(self, message: Message) -> bool:
        least, score = self._config["scope"], message.get(SCOPE)
        return least is None or score is None or bool(score >= least)

    def _is_known(self, message: Message) -> bool:
        spoken = _known_words(message)
        if not spoken:
            return False
        known = sum(word in self._vocabulary for word in spoken)
        return known > 0 and known / len(spoken) >= self._config["known_share"]


def _known_words(message: Message) -> list[str]:
    """The Latin words of the normal forms; digits, signs, emoji and other scripts say nothing to us."""
    lemmas = (token.lemma for token in message.get(TOKENS_NAMES[TEXT]) or [])
    return [word for lemma in lemmas for word in _LATIN_WORD.findall(lemma)]
