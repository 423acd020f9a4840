"""The sentence encoder behind an embeddings endpoint, against a real server on loopback."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest

from bot.nlu.encoder import MAX_CHARACTERS, PROBE, default_encoder
from bot.nlu.endpoint_encoder import EndpointEncoder, fetch_ahead
from bot.nlu.onnx_encoder import OnnxE5Encoder
from tests.embeddings_endpoint import KEY, EmbeddingsEndpoint, Reply

_TEXT = "kapan hosting saya aktif?"


def _unit(vector: list[float]) -> np.ndarray:
    return np.array(vector) / np.linalg.norm(vector)


class TestVectors:
    def test_they_are_unit_vectors_in_the_order_of_the_texts(
        self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint
    ) -> None:
        texts = [f"pesan nomor {n}" for n in range(70)]
        vectors = encoder.encode(texts)
        assert vectors.shape == (70, 48)
        assert vectors.dtype == np.float32
        assert np.allclose(vectors, [_unit(endpoint.vector(text)) for text in texts], atol=1e-6)
        assert [len(batch) for batch in endpoint.inputs] == [32, 32, 9]

    def test_a_single_text_gets_the_vector_that_it_gets_among_others(self, encoder: EndpointEncoder) -> None:
        together = encoder.encode([_TEXT, "halo"])
        assert np.allclose(encoder.encode(["halo"])[0], together[1])

    def test_the_request_is_of_the_agreed_shape(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        encoder.encode([_TEXT])
        assert endpoint.paths == ["/v1/embeddings"]
        assert endpoint.bodies == [{"model": "tiny", "input": [_TEXT, PROBE], "encoding_format": "float"}]
        assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"

    def test_without_a_key_none_is_sent(self, endpoint: EmbeddingsEndpoint) -> None:
        EndpointEncoder(endpoint.settings(key="")).encode([_TEXT])
        assert "Authorization" not in endpoint.headers[0]

    def test_the_prefix_stands_before_every_text(self, endpoint: EmbeddingsEndpoint) -> None:
        encoder = EndpointEncoder(endpoint.settings(prefix="query: "))
        encoder.encode(["a", "b"])
        assert endpoint.inputs == [["query: a", "query: b", f"query: {PROBE}"]]

    def test_unsafe_text_is_made_safe_and_bounded(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        encoder.encode(["", "a\x00b\ud83d", "x" * 10_000])
        assert endpoint.inputs[0][:-1] == ["?", "a b", "x" * MAX_CHARACTERS]

    def test_no_texts_give_no_vectors(self, encoder: EndpointEncoder) -> None:
        assert encoder.encode([]).shape == (0, 48)

    def test_the_dimension_is_learned_once(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        assert encoder.dimension == encoder.dimension == 48
        assert endpoint.inputs == [[PROBE]]
        encoder.encode([_TEXT])
        assert encoder.dimension == 48
        assert len(endpoint.inputs) == 2

    def test_a_message_is_fetched_once(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        first = encoder.encode([_TEXT])
        assert (encoder.encode([_TEXT]) == first).all()
        assert len(endpoint.inputs) == 1
        with pytest.raises(ValueError, match="read-only"):
            first[0, 0] = 7.0

    def test_a_connection_is_used_again(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        encoder.encode([f"pesan {n}" for n in range(100)])
        encoder.encode([_TEXT])
        assert len(endpoint.inputs) == 5
        assert endpoint.connections == 1

    def test_several_threads_get_each_their_own(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        wrong: list[str] = []

        def ask(name: str) -> None:
            for text in (f"{name} {n}" for n in range(20)):
                if not np.allclose(encoder.encode([text])[0], _unit(endpoint.vector(text)), atol=1e-6):
                    wrong.append(text)

        threads = [threading.Thread(target=ask, args=(f"benang {n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(endpoint.inputs) == 120
        assert wrong == []


class TestChoice:
    def test_the_bundled_encoder_is_the_default(self) -> None:
        assert isinstance(default_encoder(), OnnxE5Encoder)

    def test_an_address_chooses_the_endpoint(self, chosen: EmbeddingsEndpoint) -> None:
        assert default_encoder().name == "endpoint model='tiny' prefix=''"
        assert default_encoder().encode([_TEXT]).shape == (1, 48)
        assert chosen.inputs == [[_TEXT, PROBE]]

    def test_names_do_not_run_into_each_other(self, endpoint: EmbeddingsEndpoint) -> None:
        pairs = [("a", "b"), ("a' prefix='b", ""), ("ab", ""), ("a", "")]
        names = {EndpointEncoder(endpoint.settings(model=model, prefix=prefix)).name for model, prefix in pairs}
        assert len(names) == len(pairs)

    async def test_a_message_fetched_ahead_is_there_when_rasa_wants_it(self, chosen: EmbeddingsEndpoint) -> None:
        await fetch_ahead("")
        assert chosen.inputs == []
        await fetch_ahead(_TEXT)
        assert default_encoder().encode([_TEXT]).shape == (1, 48)
        assert len(chosen.inputs) == 1

    async def test_fetching_ahead_leaves_the_event_loop_free(self, chosen: EmbeddingsEndpoint) -> None:
        chosen.replies = [Reply(status=503)]
        fetching = asyncio.ensure_future(fetch_ahead(_TEXT))
        turns = 0
        while not fetching.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert turns > 5
        await fetching
