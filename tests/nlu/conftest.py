"""An embeddings endpoint on loopback, and the encoder in front of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.nlu.encoder import default_encoder
from bot.nlu.endpoint_encoder import EndpointEncoder
from tests.embeddings_endpoint import EmbeddingsEndpoint, serving


@pytest.fixture(name="endpoint")
def _endpoint() -> Iterator[EmbeddingsEndpoint]:
    with serving(EmbeddingsEndpoint()) as endpoint:
        yield endpoint


@pytest.fixture(name="encoder")
def _encoder(endpoint: EmbeddingsEndpoint) -> EndpointEncoder:
    return EndpointEncoder(endpoint.settings())


@pytest.fixture(name="chosen")
def _chosen(endpoint: EmbeddingsEndpoint, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddingsEndpoint]:
    """The endpoint is what the environment names."""
    for name, value in endpoint.environment.items():
        monkeypatch.setenv(name, value)
    default_encoder.cache_clear()
    yield endpoint
    default_encoder.cache_clear()
