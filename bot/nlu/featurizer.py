"""Dense featurizer: one sentence vector from the encoder."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import embedding_cache, encoder, onnx_encoder
from bot.nlu.encoder import Vectors, default_encoder
from bot.nlu.fingerprint import code_fingerprint


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence vector (1, dim) and, for components that want a sequence, its copy for every token."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def required_packages() -> list[str]:
        return ["onnxruntime", "sentencepiece"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **DenseFeaturizer.get_default_config(),
            # Vectors per token as well: only sequence models such as DIET need them.
            "sequence_features": False,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return code_fingerprint(encoder, onnx_encoder, embedding_cache) + onnx_encoder.model_fingerprint()

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._with_sequence: bool = config["sequence_features"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check: unknown keys are reported by Rasa."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds features to live messages."""
        live = [message for message in messages if message.get(TEXT)]
        self._add(live, default_encoder().encode([message.get(TEXT) for message in live]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds features to training examples, from the cache where they were encoded before."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        self._add(
            examples, embedding_cache.encode_cached(default_encoder(), texts, embedding_cache.default_cache_path())
        )
        return training_data

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors):
            sentence = vector.reshape(1, -1)
            tokens = message.get(TOKENS_NAMES[TEXT]) or []
            sequence = np.repeat(sentence, len(tokens), axis=0) if self._with_sequence and tokens else None
            self.add_features_to_message(sequence, sentence, TEXT, message)
