"""What adapts the encoder; needs PyTorch (dependency group `adapt`), which the helpdesk itself does without."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the dependency group `adapt` is not installed")
pytest.importorskip("onnx", reason="the dependency group `build` is not installed")

import onnxruntime
import torch

from tools.build_encoder import packaged_weights
from tools.encoder.adaptation import adapted
from tools.encoder.adapting import AdaptationConfig, DataSet, adapt
from tools.encoder.network import embedding_rows, network
from tools.encoder.products import products_of
from tools.encoder.torch_network import TorchNetwork
from tools.encoder.weights import Weights, read_weights

pytestmark = pytest.mark.rasa

PIECES = list(range(200))


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(packaged_weights())


def _words(weights: Weights) -> np.ndarray:
    rows, scales = embedding_rows(weights, PIECES)
    return np.asarray(rows * scales, dtype=np.float32)


def test_learned_changes_do_in_onnx_what_they_do_in_pytorch(weights: Weights) -> None:
    learner = TorchNetwork(weights, _words(weights), rank=2, dropout=0.2).eval()
    with torch.no_grad():
        for parameter in learner.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.02)
        texts = torch.tensor([[0, 50, 60, 70, 2], [0, 80, 2, 1, 1]])
        expected = learner(texts, torch.tensor([5, 3])).numpy()
    given = adapted(weights, learner.changes(1.0))
    model = network(given, PIECES, products_of(given)).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found = [session.run(None, {"tokens": np.array([row])})[0][0] for row in ([0, 50, 60, 70, 2], [0, 80, 2])]
    assert np.abs(np.array(found) - expected).max() < 2e-3


def test_adapting_draws_the_texts_of_an_intent_together(weights: Weights) -> None:
    random = np.random.default_rng(3)
    texts = [[0, 10, 11, 20 + intent, *random.integers(40, 200, 6).tolist(), 2] for intent in (0, 1) for _ in range(32)]
    data = DataSet(texts, np.repeat([0, 1], 32))
    config = AdaptationConfig(rank=2, epochs=5, batch=16, rate=5e-3, dropout=0.0, classifier_dropout=0.0, strength=1.0)
    changes = adapt(weights, _words(weights), [data], config)

    def apart(given: Weights) -> float:
        """Distance of the two intents' middles, in deviations of their texts."""
        model = network(given, PIECES, products_of(given)).SerializeToString()
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        vectors = np.concatenate([session.run(None, {"tokens": np.array([text])})[0] for text in texts])
        one, other = vectors[:32], vectors[32:]
        spread = np.sqrt((one.var(axis=0) + other.var(axis=0)).sum())
        return float(np.linalg.norm(one.mean(axis=0) - other.mean(axis=0)) / spread)

    assert apart(adapted(weights, changes)) > 1.5 * apart(weights)
