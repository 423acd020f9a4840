"""A model is served with the encoder that it was trained with, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import EncoderError
from bot.nlu.encoder_mark import EncoderMark
from bot.nlu.endpoint_encoder import EndpointEncoder
from bot.nlu.onnx_encoder import OnnxE5Encoder
from tests.embeddings_endpoint import EmbeddingsEndpoint, serving


def test_the_same_encoder_passes(encoder: EndpointEncoder, tmp_path: Path) -> None:
    EncoderMark.of(encoder, tmp_path / "cache.sqlite").save(tmp_path)
    mark = EncoderMark.load(tmp_path)
    mark.check_name(encoder)
    mark.check_vector(encoder)


@pytest.mark.parametrize("changes", [{"model": "other"}, {"prefix": "query:"}])
def test_another_name_is_refused_without_asking(
    changes: dict[str, str], encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint, tmp_path: Path
) -> None:
    mark = EncoderMark.of(encoder, tmp_path / "cache.sqlite")
    asked = len(endpoint.inputs)
    for other in (EndpointEncoder(endpoint.settings(**changes)), OnnxE5Encoder()):
        with pytest.raises(EncoderError, match=r"was trained with .*model='tiny' prefix='', but .*make train"):
            mark.check_name(other)
    assert len(endpoint.inputs) == asked


def test_another_model_under_the_same_name_is_refused(
    encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint, tmp_path: Path
) -> None:
    mark = EncoderMark.of(encoder, tmp_path / "cache.sqlite")
    endpoint.seed = "other"
    later = EndpointEncoder(endpoint.settings())
    mark.check_name(later)
    with pytest.raises(EncoderError, match="than when the model was trained"):
        mark.check_vector(later)
    with pytest.raises(EncoderError, match="Delete the folder"):
        EncoderMark.of(later, tmp_path / "cache.sqlite")
    (tmp_path / "cache.sqlite").unlink()
    EncoderMark.of(later, tmp_path / "cache.sqlite").check_vector(later)


def test_the_same_model_on_another_machine_passes(
    encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint, tmp_path: Path
) -> None:
    """Its arithmetic differs in the last digits."""
    mark = EncoderMark.of(encoder, tmp_path / "cache.sqlite")
    with serving(EmbeddingsEndpoint()) as moved:
        moved.change = lambda data: [
            {**item, "embedding": [x * (1 + n % 3 / 100) for n, x in enumerate(item["embedding"])]} for item in data
        ]
        later = EndpointEncoder(moved.settings())
        mark.check_name(later)
        mark.check_vector(later)


@pytest.mark.parametrize("stored", ["", "[]", "{}", '{"name": "x", "probe": ["y"]}', '{"name": "x", "probe": 1}'])
def test_a_damaged_file_is_known_as_such(stored: str, tmp_path: Path) -> None:
    (tmp_path / "encoder.json").write_text(stored)
    with pytest.raises(ValueError):  # of json, of float or of ours
        EncoderMark.load(tmp_path)
