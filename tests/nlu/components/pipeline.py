"""Our NLU pipeline without a Rasa server: components created, trained, stored and loaded as Rasa does it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import IndonesianIntentClassifier
from bot.nlu.details import IndonesianDetailsClassifier
from bot.nlu.entities import IndonesianEntityExtractor
from bot.nlu.fallback import IndonesianFallback
from bot.nlu.featurizer import SentenceEncoderFeaturizer
from bot.nlu.new_clauses import IndonesianNewClauseSearch
from bot.nlu.request_parts import PART, IndonesianRequestSplitter, IndonesianTwoRequests
from bot.nlu.tokenizer import IndonesianTokenizer

COMPONENTS: tuple[Any, ...] = (
    IndonesianRequestSplitter,
    IndonesianTokenizer,
    IndonesianEntityExtractor,
    SentenceEncoderFeaturizer,
    IndonesianIntentClassifier,
    IndonesianFallback,
    IndonesianNewClauseSearch,
    IndonesianDetailsClassifier,
    IndonesianTwoRequests,
)
_TOPICS = """
    cara_bayar dukungan_berbayar info_layanan kasus_layanan kasus_transaksi migrasi minta_manusia salam teknis_domain
    terima_kasih tidak_jelas tunda_bayar
"""
_EXAMPLES_AN_INTENT = 75
_DATA = Path(__file__).parents[3] / "data" / "nlu"


def execution_context(node: str = "node") -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), "model", node_name=node)


def training_data() -> TrainingData:
    """Examples of twelve intents, spread over each file."""
    examples: list[Message] = []
    for intent in _TOPICS.split():
        found = load_data(str(_DATA / f"{intent}.yml")).intent_examples
        examples += found[:: -(-len(found) // _EXAMPLES_AN_INTENT)]
    return TrainingData(examples)


def message(text: str) -> Message:
    return Message({TEXT: text})


def create(component: Any, folder: Path, **config: Any) -> Any:
    """A component as `create` makes it, with its own storage in `folder`."""
    return component.create(
        {**component.get_default_config(), **config},
        LocalModelStorage(folder),
        Resource(component.__name__),
        execution_context(component.__name__),
    )


def load(component: Any, folder: Path, **config: Any) -> Any:
    """A component as `load` makes it from what was stored in `folder`."""
    return component.load(
        {**component.get_default_config(), **config},
        LocalModelStorage(folder),
        Resource(component.__name__),
        execution_context(component.__name__),
    )


@dataclass(frozen=True)
class Pipeline:
    """Components in order; `folder` is where the trained ones are stored."""

    components: tuple[Any, ...]
    folder: Path

    def process(self, *texts: str) -> list[Message]:
        messages = [message(text) for text in texts]
        for component in self.components:
            messages = component.process(messages)
        return [m for m in messages if not m.get(PART)]

    def until(self, component: Any) -> Pipeline:
        """The pipeline up to and with `component`."""
        return replace(self, components=self.components[: COMPONENTS.index(component) + 1])

    def intent(self, text: str) -> str | None:
        name: str | None = self.process(text)[0].get(INTENT)["name"]
        return name


def train_pipeline(folder: Path) -> Pipeline:
    data = training_data()
    created = [create(c, folder) for c in COMPONENTS]
    splitter, tokenizer, entities, featurizer, classifier, fallback, search, details, two_requests = created
    tokenizer.process_training_data(data)
    featurizer.train(data)
    featurizer.process_training_data(data)
    classifier.train(data)
    fallback.train(data)
    search.train(data)
    trained = (SentenceEncoderFeaturizer, IndonesianIntentClassifier, IndonesianFallback, IndonesianNewClauseSearch)
    loaded = (load(component, folder) for component in trained)
    return Pipeline((splitter, tokenizer, entities, *loaded, details, two_requests), folder)
