"""Classifier for clauses that are new in the imported policy: search instead of training, below all trained topics."""

from __future__ import annotations

import json
import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from bot.errors import EncoderError
from bot.helpdesk import policy_changes
from bot.helpdesk.clauses import ClauseCatalogue
from bot.helpdesk.policy_changes import compare_policy
from bot.nlu import clause_search
from bot.nlu.clause_search import ClauseIndex, Match, SearchSpace, Weights
from bot.nlu.encoder import default_encoder
from bot.nlu.fingerprint import code_fingerprint, module_fingerprint, text_code_fingerprint
from bot.nlu.policy_watch import PolicyWatch, imported_policy_path
from bot.nlu.sentence_vector import sentence_vector
from bot.nlu.tokenizer import normal_form
from bot.project import project_folder
from bot.text import stems

logger = logging.getLogger(__name__)

_CATALOGUE = "data/policy/clauses.yml"
_STORED_CATALOGUE = "catalogue.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IndonesianNewClauseSearch(IntentClassifier, GraphComponent):
    """Sets the configured intent, with `clause` and `wording` beside its name, for a question about a new clause.

    New is what the imported policy has and the catalogue of the training had not. The surer a trained topic is of a
    message, the nearer a clause must be to take it. An import counts from the next message on, or from the first one
    at which the sentence encoder reads its clauses.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [DenseFeaturizer]

    @staticmethod
    def supported_languages() -> list[str] | None:
        return ["id"]

    @staticmethod
    def required_packages() -> list[str]:
        return ["safetensors"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # The intent of messages that a new clause answers.
            "intent": "pasal_baru",
            # Least score of the search (docs/adr/0012); higher finds less and steals less.
            "threshold": 0.5,
            # Intents that settle nothing: behind these a new clause may be what the customer means.
            "unsettling": ["di_luar_teknis", "di_luar_topik", "tidak_jelas", "nlu_fallback"],
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        code = code_fingerprint(clause_search, policy_changes, stems) + module_fingerprint(__name__)
        return code + text_code_fingerprint() + (project_folder() / _CATALOGUE).read_text(encoding="utf-8")

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        space: SearchSpace | None = None,
        catalogue: dict[str, str] | None = None,
    ) -> None:
        if not 0.0 <= config["threshold"] <= 1.0:
            raise InvalidConfigException(
                f"IndonesianNewClauseSearch: threshold must lie between 0 and 1, not {config['threshold']}."
            )
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._space = space
        self._catalogue = catalogue or {}
        self._watch = PolicyWatch(imported_policy_path())
        self._index: ClauseIndex | None = None
        self._is_indexed = True

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianNewClauseSearch:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Remembers how customers write, and the clauses that the catalogue has today."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        if not examples:
            logger.warning("No examples with an intent: new clauses will not be searched.")
            return self._resource
        self._space = SearchSpace.learn(
            [normal_form(m) for m in examples],
            np.vstack([sentence_vector(m) for m in examples]),
            [m.get(INTENT) for m in examples],
        )
        self._catalogue = ClauseCatalogue.parse(YAML(typ="safe").load(project_folder() / _CATALOGUE)).texts()
        with self._model_storage.write_to(self._resource) as directory:
            self._space.save(directory)
            listed = json.dumps(self._catalogue, ensure_ascii=False)
            (directory / _STORED_CATALOGUE).write_text(listed, encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IndonesianNewClauseSearch:
        try:
            with model_storage.read_from(resource) as directory:
                space = SearchSpace.load(directory)
                catalogue = json.loads((directory / _STORED_CATALOGUE).read_text(encoding="utf-8"))
        except (ValueError, FileNotFoundError):
            logger.warning("No stored search space: new clauses will not be searched.")
            return cls(config, model_storage, resource)
        return cls(config, model_storage, resource, space, catalogue)

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts a new clause before the ranking where one answers better than any trained topic."""
        index = self._current_index()
        if index is None:
            return messages
        for message in messages:
            match = self._search(index, message)
            if match is None:
                continue
            found = {
                INTENT_NAME_KEY: self._config["intent"],
                PREDICTED_CONFIDENCE_KEY: match.score,
                "clause": match.clause,
                "wording": self._watch.wording[match.clause],
            }
            message.set(INTENT, found, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [found, *message.get(INTENT_RANKING_KEY, [])], add_to_output=True)
        return messages

    def _current_index(self) -> ClauseIndex | None:
        if self._space is None:
            return None
        if self._watch.refresh():
            self._index, self._is_indexed = None, False
        if not self._is_indexed:
            try:
                self._index = self._indexed(self._space)
                self._is_indexed = True
            except EncoderError as error:
                # An endpoint; the message itself is understood by now, and with the next one it is asked again.
                logger.warning("New clauses are not searched yet: %s", error)
        return self._index

    def _indexed(self, space: SearchSpace) -> ClauseIndex | None:
        wording = self._watch.wording
        new = {clause: wording[clause] for clause in compare_policy(wording, self._catalogue).new}
        if not new:
            return None
        known = [text for clause, text in wording.items() if clause not in new]
        index = space.index(new, [*known, *self._catalogue.values()], default_encoder().encode)
        logger.info("Clauses answered by search until they are trained: %s", ", ".join(new))
        return index

    def _search(self, index: ClauseIndex, message: Message) -> Match | None:
        if not (message.get(TEXT) or "").strip():
            return None
        settled = max(
            (
                entry[PREDICTED_CONFIDENCE_KEY]
                for entry in message.get(INTENT_RANKING_KEY, [])
                if entry[INTENT_NAME_KEY] not in self._config["unsettling"]
            ),
            default=0.0,
        )
        match = index.best(normal_form(message), sentence_vector(message), settled, Weights())
        return match if match is not None and match.score >= self._config["threshold"] else None
