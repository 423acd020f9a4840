"""The intent model, without Rasa and without the encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.intent_model import IntentModel, IntentModelConfig
from bot.nlu.ngrams import Floats, NgramConfig, NgramVectoriser

_TEXTS = [
    *("bisa bayar pakai qris", "bayar lewat transfer bank", "cara bayar tagihan hosting", "bayar pakai kartu kredit"),
    *("situs saya mati", "situs tidak bisa dibuka", "hosting down sejak pagi", "error 500 di situs saya"),
    *("halo kakak", "selamat pagi", "halo admin", "permisi kakak"),
]
_LABELS = ["bayar"] * 4 + ["mati"] * 4 + ["salam"] * 4
_VECTORS: Floats = np.random.default_rng(1).normal(size=(12, 8)).astype(np.float32)
_VECTORS /= np.linalg.norm(_VECTORS, axis=1, keepdims=True)
_FITTED = NgramVectoriser(NgramConfig()).fit(_TEXTS)


@pytest.fixture(scope="module", name="model")
def _model() -> IntentModel:
    return IntentModel.train(_TEXTS, _VECTORS, _LABELS)


def test_it_learns_its_examples(model: IntentModel) -> None:
    probabilities = model.probabilities(_TEXTS, _VECTORS)
    assert [model.labels[i] for i in probabilities.argmax(axis=1)] == _LABELS
    assert probabilities.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_stored_model_predicts_the_same(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"intents.json", "intents.safetensors"}
    loaded = IntentModel.load(tmp_path)
    assert loaded.config == model.config
    assert loaded.labels == model.labels
    texts = [*_TEXTS, "", "kata yang belum pernah ada"]
    vectors = np.vstack([_VECTORS, _VECTORS[:2]])
    assert np.allclose(loaded.probabilities(texts, vectors), model.probabilities(texts, vectors), atol=1e-6)


def test_trust_in_ngrams_is_added_to_what_was_calibrated(model: IntentModel) -> None:
    trusting = IntentModel.train(_TEXTS, _VECTORS, _LABELS, IntentModelConfig(ngram_trust=2.0))
    assert trusting.calibration == model.calibration.trusting_ngrams(2.0)


def test_two_intents_are_enough() -> None:
    model = IntentModel.train(_TEXTS[:8], _VECTORS[:8], _LABELS[:8])
    probabilities = model.probabilities(_TEXTS[:8], _VECTORS[:8])
    assert [model.labels[i] for i in probabilities.argmax(axis=1)] == _LABELS[:8]


def test_an_intent_with_one_example_does_not_stop_training() -> None:
    model = IntentModel.train(_TEXTS[:9], _VECTORS[:9], _LABELS[:9])
    assert model.labels == ["bayar", "mati", "salam"]


def test_training_twice_gives_the_same_model() -> None:
    first, second = (IntentModel.train(_TEXTS, _VECTORS, _LABELS) for _ in range(2))
    assert (first.probabilities(_TEXTS, _VECTORS) == second.probabilities(_TEXTS, _VECTORS)).all()


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(" ".join(_TEXTS).split())).map(" ".join)))
def test_features_of_one_text_agree_with_scikit_learn(text: str) -> None:
    vectoriser = _FITTED
    columns, values = vectoriser.features(text)
    expected = vectoriser.transform([text])
    lean = np.zeros(expected.shape[1], dtype=np.float32)
    lean[columns] = values
    assert np.allclose(lean, expected.toarray()[0], atol=1e-6)


def test_a_message_unlike_all_training_sentences_has_a_lower_scope_score_than_most(model: IntentModel) -> None:
    texts = [*_TEXTS, "resep rendang untuk lebaran"]
    _, scope = model.predict(texts, np.vstack([_VECTORS, -_VECTORS[:1]]))
    assert scope[-1] < np.median(scope[:-1])


def test_prediction_and_probabilities_agree(model: IntentModel) -> None:
    probabilities, scope = model.predict(_TEXTS, _VECTORS)
    assert (probabilities == model.probabilities(_TEXTS, _VECTORS)).all()
    assert scope.shape == (len(_TEXTS),)
