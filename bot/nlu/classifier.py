"""Intent classifier: the model of `bot.nlu.intent_model` as a Rasa graph component."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import calibration, intent_model, ngram_head, ngrams, scope, vector_head
from bot.nlu.fingerprint import code_fingerprint, module_fingerprint, text_code_fingerprint
from bot.nlu.fit_ahead import fitted_ahead
from bot.nlu.intent_model import IntentModel, IntentModelConfig
from bot.nlu.sentence_vector import sentence_vector
from bot.nlu.tokenizer import normal_form

logger = logging.getLogger(__name__)

# The scope score of a message, None where nothing was classified.
SCOPE = "scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IndonesianIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks intents by calibrated probability, from normal forms (token lemmas) and the sentence vector;
    adds the message's scope score (`bot.nlu.scope`) under SCOPE."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [DenseFeaturizer]

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "safetensors"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # C of the linear support vector machine over n-grams.
            "regularisation": IntentModelConfig.regularisation,
            # How many times the calibrated weight of the n-grams counts.
            "ngram_trust": IntentModelConfig.ngram_trust,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        model = code_fingerprint(calibration, intent_model, ngram_head, ngrams, scope, vector_head)
        return model + module_fingerprint(__name__) + text_code_fingerprint()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on all examples with an intent and stores the model."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        labels = [m.get(INTENT) for m in examples]
        if len(set(labels)) < 2:
            logger.warning("Fewer than two intents with examples: the intent classifier stays untrained.")
            return self._resource
        self._model = IntentModel.train(
            [normal_form(m) for m in examples],
            np.vstack([sentence_vector(m) for m in examples]),
            labels,
            IntentModelConfig(regularisation=self._config["regularisation"], ngram_trust=self._config["ngram_trust"]),
            fitted_ahead,
        )
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IndonesianIntentClassifier:
        try:
            with model_storage.read_from(resource) as directory:
                model = IntentModel.load(directory)
        except (ValueError, FileNotFoundError):
            logger.warning("No stored intent model: every message will fall back.")
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, full ranking and scope score; without a model the intent stays empty with confidence 0."""
        for message in messages:
            ranking, scope_score = self._rank(message)
            top = ranking[0] if ranking else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}
            message.set(INTENT, top, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(SCOPE, scope_score)
        return messages

    def _rank(self, message: Message) -> tuple[list[dict[str, Any]], float | None]:
        if self._model is None or not (message.get(TEXT) or "").strip():
            return [], None
        (probabilities,), (score,) = self._model.predict([normal_form(message)], sentence_vector(message))
        order = np.argsort(-probabilities, kind="stable")
        ranking = [
            {INTENT_NAME_KEY: self._model.labels[i], PREDICTED_CONFIDENCE_KEY: float(probabilities[i])} for i in order
        ]
        return ranking, float(score)
