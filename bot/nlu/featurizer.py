"""Dense featurizer: one sentence vector from the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.errors import EncoderError
from bot.nlu import embedding_cache, embeddings_api, encoder, encoder_mark, endpoint_encoder, onnx_encoder
from bot.nlu.encoder import SentenceEncoder, Vectors, default_encoder
from bot.nlu.encoder_mark import EncoderMark
from bot.nlu.fingerprint import code_fingerprint
from bot.nlu.sentence_vector import DenseFeatures

_NO_MARK = "The model does not say with which sentence encoder it was trained: run `make train`."


class UnusableEncoderError(RasaException, EncoderError):
    """An EncoderError whose text Rasa shows: it hides that of other errors behind the name of a graph node."""


@contextmanager
def _shown_by_rasa() -> Iterator[None]:
    try:
        yield
    except EncoderError as error:
        raise UnusableEncoderError(str(error)) from error


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence vector (1, dim) and, for components that want a sequence, its copy for every token.

    What it learns is which encoder the model is trained with: with another it neither loads nor processes.
    """

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
        code = (embedding_cache, encoder, encoder_mark, embeddings_api, endpoint_encoder, onnx_encoder)
        return f"{code_fingerprint(*code)} {onnx_encoder.model_fingerprint()} {default_encoder().name}"

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        mark: EncoderMark | None = None,
    ) -> None:
        super().__init__(name, config)
        self._with_sequence: bool = config["sequence_features"]
        self._model_storage = model_storage
        self._resource = resource
        self._mark = mark
        self._checked: SentenceEncoder | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        return cls(config, execution_context.node_name, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Stores the mark of the encoder at work."""
        with _shown_by_rasa():
            self._mark = EncoderMark.of(default_encoder(), embedding_cache.default_cache_path())
        with self._model_storage.write_to(self._resource) as directory:
            self._mark.save(directory)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoderFeaturizer:
        """Raises UnusableEncoderError for a model of another encoder than the settings name, or of none."""
        with _shown_by_rasa():
            try:
                with model_storage.read_from(resource) as directory:
                    mark = EncoderMark.load(directory)
            except (ValueError, FileNotFoundError) as error:
                raise EncoderError(_NO_MARK) from error
            mark.check_name(default_encoder())
        return cls(config, execution_context.node_name, model_storage, resource, mark)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check: unknown keys are reported by Rasa."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds features to live messages. Raises UnusableEncoderError without vectors of the right encoder."""
        live = [message for message in messages if message.get(TEXT)]
        if live:
            with _shown_by_rasa():
                self._add(live, self._encoder().encode([message.get(TEXT) for message in live]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds features to training examples, from the cache where they were encoded before."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        with _shown_by_rasa():
            vectors = embedding_cache.encode_cached(self._encoder(), texts, embedding_cache.default_cache_path())
        self._add(examples, vectors)
        return training_data

    def _encoder(self) -> SentenceEncoder:
        """The encoder of the settings; at its first use it must give the vector that the mark holds."""
        if self._checked is None:
            if self._mark is None:
                raise EncoderError(_NO_MARK)
            self._mark.check_vector(default_encoder())
            self._checked = default_encoder()
        return self._checked

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors):
            sentence = vector.reshape(1, -1)
            tokens = message.get(TOKENS_NAMES[TEXT]) or []
            if self._with_sequence and tokens:
                sequence = np.repeat(sentence, len(tokens), axis=0)
                message.add_features(DenseFeatures(sequence, FEATURE_TYPE_SEQUENCE, TEXT, self._identifier))
            message.add_features(DenseFeatures(sentence, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
