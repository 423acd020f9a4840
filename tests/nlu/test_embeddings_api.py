"""What an embeddings endpoint may do wrong, seen through the encoder in front of it."""

from __future__ import annotations

import json
import logging
import math
import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import EncoderError
from bot.nlu.embedding_cache import encode_cached
from bot.nlu.encoder_mark import EncoderMark
from bot.nlu.endpoint_encoder import EndpointEncoder
from tests.embeddings_endpoint import KEY, EmbeddingsEndpoint, Reply, serving

_TEXT = "kapan hosting saya aktif?"


class TestFailures:
    @pytest.mark.parametrize(
        "reply",
        [*(Reply(status=status) for status in (408, 429, 500, 502, 503, 504)), Reply(manner="hangs up")],
        ids=lambda reply: reply.manner or str(reply.status),
    )
    def test_what_passes_is_tried_again(
        self, reply: Reply, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint
    ) -> None:
        endpoint.replies = [reply]
        assert encoder.encode([_TEXT]).shape == (1, 48)
        assert len(endpoint.inputs) == 2

    @pytest.mark.parametrize("pause", ["1", "-3", "bald", "1e400", "Wed, 21 Oct 2015 07:28:00 GMT"])
    def test_a_pause_that_the_server_names_is_no_fault(
        self, pause: str, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint
    ) -> None:
        endpoint.replies = [Reply(status=429, headers={"Retry-After": pause})]
        assert encoder.encode([_TEXT]).shape == (1, 48)

    def test_a_pause_that_nobody_can_wait_for_is_the_end(
        self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint
    ) -> None:
        endpoint.replies = [Reply(status=429, headers={"Retry-After": "3600"})]
        with pytest.raises(EncoderError, match="status 429"):
            encoder.encode([_TEXT])
        assert len(endpoint.inputs) == 1

    def test_a_few_tries_are_enough(self, endpoint: EmbeddingsEndpoint) -> None:
        endpoint.replies = [Reply(status=503)] * 50
        with pytest.raises(EncoderError, match=r"status 503: check HELPDESK_ENCODER_URL"):
            EndpointEncoder(endpoint.settings(timeout="1.5")).encode([_TEXT])
        assert 2 <= len(endpoint.inputs) <= 5

    def test_nobody_there_is_a_clear_error(self) -> None:
        with serving(EmbeddingsEndpoint()) as endpoint:
            settings = endpoint.settings(timeout="0.7")
        with pytest.raises(EncoderError, match=r"cannot be reached \(\w+\): check HELPDESK_ENCODER_URL"):
            EndpointEncoder(settings).encode([_TEXT])

    @pytest.mark.parametrize("manner", ["silent", "trickles"])
    def test_a_server_that_does_not_finish_is_given_up(self, manner: Any, endpoint: EmbeddingsEndpoint) -> None:
        endpoint.replies = [Reply(b" " * 10_000, manner=manner)] * 9
        with pytest.raises(EncoderError, match=r"cannot be reached \(ReadTimeoutError\)|does not finish"):
            EndpointEncoder(endpoint.settings(timeout="0.5")).encode([_TEXT])
        assert len(endpoint.inputs) == 1

    @pytest.mark.parametrize(
        ("status", "advice"),
        [
            (301, "name the address that it redirects to"),
            (400, "HELPDESK_ENCODER_MODEL"),
            (401, "HELPDESK_ENCODER_KEY"),
            (403, "HELPDESK_ENCODER_KEY"),
            (404, "HELPDESK_ENCODER_URL"),
            (501, "started for embeddings"),
        ],
    )
    def test_a_refusal_is_told_at_once_with_what_to_check(
        self, status: int, advice: str, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint
    ) -> None:
        endpoint.replies = [Reply(status=status, headers={"Location": "/elsewhere"})]
        with pytest.raises(EncoderError, match=f"status {status}: .*{advice}"):
            encoder.encode([_TEXT])
        assert len(endpoint.inputs) == 1

    def test_a_failure_is_not_remembered(self, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint) -> None:
        endpoint.replies = [Reply(status=401)]
        with pytest.raises(EncoderError):
            encoder.encode([_TEXT])
        assert encoder.encode([_TEXT]).shape == (1, 48)


def _with_first(change: Callable[[list[float]], object]) -> Callable[[list[dict[str, Any]]], object]:
    return lambda data: [{"index": data[0]["index"], "embedding": change(data[0]["embedding"])}, *data[1:]]


_WRONG: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "one too few": lambda data: data[1:],
    "one too many": lambda data: [*data, {"index": len(data), "embedding": data[0]["embedding"]}],
    "an index twice": lambda data: [{**data[0], "index": data[1]["index"]}, *data[1:]],
    "an index beyond": lambda data: [{**data[0], "index": 99}, *data[1:]],
    "no index": lambda data: [{"embedding": item["embedding"]} for item in data],
    "no data": lambda data: None,
    "data of another shape": lambda data: "vectors",
    "items of another shape": lambda data: [item["embedding"] for item in data],
    "one shorter than the others": _with_first(lambda vector: vector[1:]),
    "empty": lambda data: [{**item, "embedding": []} for item in data],
    "not a list": _with_first(lambda vector: "AACAPwAAAEA="),
    "deeper lists": lambda data: [{**item, "embedding": [item["embedding"]]} for item in data],
    "not a number": _with_first(lambda vector: [math.nan, *vector[1:]]),
    "nothing among the numbers": _with_first(lambda vector: [None, *vector[1:]]),
    "infinite": _with_first(lambda vector: [math.inf, *vector[1:]]),
    "of endless length": _with_first(lambda vector: [1e200 for _ in vector]),
    "of no length": _with_first(lambda vector: [0.0 for _ in vector]),
}
_WRONG_BODIES = {
    "no json": b"<html>502</html>",
    "empty": b"",
    "a number": b"7",
    "no utf-8": b"\xff\xfe\xfa",
    "nested without end": b"[" * 100_000,
    "too large": b" " * (600 * 1024),
    "a number too large": b'{"data": [{"index": 0, "embedding": [1%s]}]}' % (b"0" * 400),
}


class TestWrongAnswers:
    @pytest.mark.parametrize("change", _WRONG.values(), ids=_WRONG)
    def test_it_is_an_error_and_leaves_nothing_in_the_cache(
        self,
        change: Callable[[list[dict[str, Any]]], object],
        encoder: EndpointEncoder,
        endpoint: EmbeddingsEndpoint,
        tmp_path: Path,
    ) -> None:
        assert encoder.dimension == 48
        endpoint.change = change
        with pytest.raises(EncoderError, match=r"^The answer of the embeddings endpoint .*: check that "):
            encode_cached(encoder, ["satu", "dua"], tmp_path / "cache.sqlite")
        with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
            assert connection.execute("SELECT count(*) FROM embedding").fetchone() == (0,)
        connection.close()
        endpoint.change = None
        assert encode_cached(encoder, ["satu", "dua"], tmp_path / "cache.sqlite").shape == (2, 48)

    @pytest.mark.parametrize("body", _WRONG_BODIES.values(), ids=_WRONG_BODIES)
    def test_a_body_of_another_kind_is_an_error(
        self, body: bytes, encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint
    ) -> None:
        endpoint.replies = [Reply(body)]
        with pytest.raises(EncoderError, match=r"^The answer of the embeddings endpoint "):
            encoder.encode([_TEXT])

    @pytest.mark.parametrize("swap", [{"seed": "other"}, {"dimension": 64}], ids=["another model", "another dimension"])
    def test_another_model_behind_the_same_name_is_an_error(
        self, swap: dict[str, Any], encoder: EndpointEncoder, endpoint: EmbeddingsEndpoint, tmp_path: Path
    ) -> None:
        encode_cached(encoder, ["satu"], tmp_path / "cache.sqlite")
        vars(endpoint).update(swap)
        for texts in (["dua"], ["dua", "tiga"]):
            with pytest.raises(EncoderError, match="gives other vectors than when it was first asked"):
                encode_cached(encoder, texts, tmp_path / "cache.sqlite")
        assert encode_cached(encoder, ["satu"], tmp_path / "cache.sqlite").shape == (1, 48)


class TestSecrets:
    def test_neither_key_nor_text_is_in_errors_logs_or_files(
        self, endpoint: EmbeddingsEndpoint, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Though the server repeats both in its answers."""
        caplog.set_level(logging.DEBUG)
        text = "surel saya budi@contoh.example"
        echo = json.dumps({"error": f"Bearer {KEY}: {text}"}).encode()
        told: list[str] = []
        for reply in (Reply(echo), Reply(echo, 401), Reply(echo, 400), Reply(b"{" + echo), Reply(echo, 503)):
            endpoint.replies = [reply] * 9
            with pytest.raises(EncoderError) as caught:
                EndpointEncoder(endpoint.settings(timeout="0.3")).encode([text])
            told += [*traceback.format_exception(caught.value), repr(caught.value), repr(caught.value.data)]
        endpoint.replies = []
        encoder = EndpointEncoder(endpoint.settings())
        EncoderMark.of(encoder, tmp_path / "cache.sqlite").save(tmp_path)
        told += [caplog.text, encoder.name, repr(endpoint.settings()), repr(vars(encoder))]
        stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        for secret in (KEY, "budi@contoh"):
            assert not [line for line in told if secret in line]
            assert secret.encode() not in stored
        assert any(KEY in header["Authorization"] for header in endpoint.headers)
