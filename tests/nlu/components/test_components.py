"""What holds for every component, and the life of each: create, train, store, load, process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import IndonesianIntentClassifier
from bot.nlu.encoder import default_encoder
from bot.nlu.entities import IndonesianEntityExtractor
from bot.nlu.fallback import IndonesianFallback
from bot.nlu.featurizer import SentenceEncoderFeaturizer
from bot.nlu.fingerprint import text_code_fingerprint
from bot.nlu.new_clauses import IndonesianNewClauseSearch
from bot.nlu.onnx_encoder import model_fingerprint
from bot.nlu.tokenizer import IndonesianTokenizer
from tests.nlu.components.component_checks import CHECKS
from tests.nlu.components.pipeline import COMPONENTS, Pipeline, create, load, message

pytestmark = pytest.mark.rasa

_each_component = pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.__name__)


@_each_component
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_component(check: Callable[[Pipeline], None], component: Any, pipeline: Pipeline) -> None:
    check(pipeline.until(component))


@_each_component
def test_a_component_is_for_indonesian_only_and_does_not_hide_one_of_rasa(component: Any) -> None:
    assert component.supported_languages() == ["id"]
    assert DefaultV1Recipe._registered_components[component.__name__].clazz is component
    assert component.__module__.startswith("bot.nlu.")


@_each_component
def test_the_default_config_is_valid(component: Any, tmp_path: Path) -> None:
    component.validate_config(component.get_default_config()) if hasattr(component, "validate_config") else None
    assert create(component, tmp_path)


@pytest.mark.parametrize(
    "component", [IndonesianTokenizer, IndonesianIntentClassifier, IndonesianFallback, IndonesianNewClauseSearch]
)
def test_a_change_of_the_lexicon_trains_the_component_anew(component: Any) -> None:
    # tests/nlu/test_fingerprint.py shows that this part changes with the lexicon.
    assert text_code_fingerprint() in component.fingerprint_addon(component.get_default_config())


def test_a_new_version_of_the_encoder_trains_the_classifier_anew() -> None:
    assert SentenceEncoderFeaturizer.required_packages() == ["onnxruntime", "sentencepiece"]
    # tests/nlu/test_onnx_encoder.py shows that this part changes with the encoder's files.
    assert model_fingerprint() in str(SentenceEncoderFeaturizer.fingerprint_addon({}))


def test_a_trained_component_stores_no_pickle(pipeline: Pipeline) -> None:
    stored = {path.name for path in pipeline.folder.rglob("*") if path.is_file()}
    assert stored == {
        *("encoder.json", "intents.json", "intents.safetensors", "vocabulary.json"),
        *("catalogue.json", "clause_search.json", "clause_search.safetensors"),
    }


@pytest.mark.parametrize("component", [IndonesianIntentClassifier, IndonesianFallback])
def test_without_a_stored_model_every_message_falls_back(
    component: Any, tmp_path: Path, pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    index = COMPONENTS.index(component)
    components = list(pipeline.components)
    components[index] = load(component, tmp_path)
    broken = Pipeline(tuple(components), tmp_path)
    assert "will fall back" in caplog.text
    assert broken.intent("bayar pakai qris bisa?") == "nlu_fallback"


def test_one_intent_is_not_enough_to_train(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    classifier = create(IndonesianIntentClassifier, tmp_path)
    classifier.train(TrainingData([Message({TEXT: "halo", INTENT: "salam"})]))
    assert "stays untrained" in caplog.text


@pytest.mark.parametrize("config", [{"threshold": 1.5}, {"threshold": -0.1}, {"known_share": 2}])
def test_a_share_outside_of_zero_and_one_is_refused(config: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(InvalidConfigException):
        create(IndonesianFallback, tmp_path, **config)


def test_entities_of_other_extractors_are_kept(tmp_path: Path) -> None:
    given = message("toko.id")
    given.set("entities", [{"entity": "layanan", "start": 0, "end": 1, "value": "t"}])
    processed = create(IndonesianEntityExtractor, tmp_path).process([given])[0]
    assert [entity["entity"] for entity in processed.get("entities")] == ["layanan", "nama_domain"]
    assert processed.get("entities")[1]["extractor"] == "IndonesianEntityExtractor"


def test_the_ranking_is_complete_sorted_and_sums_to_one(pipeline: Pipeline) -> None:
    ranking = pipeline.until(IndonesianIntentClassifier).process("bisa bayar pakai qris?")[0].get(INTENT_RANKING_KEY)
    confidences = [entry["confidence"] for entry in ranking]
    assert len(ranking) == 12
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0, abs=1e-4)
    assert all(type(confidence) is float for confidence in confidences)  # numbers that JSON can hold


def test_sequence_features_have_a_row_a_token(pipeline: Pipeline) -> None:
    featurizer = load(SentenceEncoderFeaturizer, pipeline.folder, sequence_features=True)
    processed = featurizer.process(pipeline.until(IndonesianTokenizer).process("halo kak, apa kabar"))[0]
    sequence, sentence = processed.get_dense_features(TEXT)
    assert sequence.features.shape == (5, default_encoder().dimension)
    assert sentence.features.shape == (1, default_encoder().dimension)


def test_training_and_live_vectors_agree(pipeline: Pipeline) -> None:
    featurizer = load(SentenceEncoderFeaturizer, pipeline.folder)
    texts = ["hosting saya mati", "halo"]
    live = pipeline.until(SentenceEncoderFeaturizer).process(*texts)
    for _ in ("encoded", "from the cache"):
        data = featurizer.process_training_data(TrainingData([message(text) for text in texts]))
        for trained, processed in zip(data.training_examples, live):
            left, right = trained.get_dense_features(TEXT)[1], processed.get_dense_features(TEXT)[1]
            assert (left.features == right.features).all()
