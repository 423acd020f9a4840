"""Client of an OpenAI-compatible embeddings endpoint: one list of texts a request, with repeats."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader

from bot.errors import EncoderError

# Seconds before each repeat, unless the answer names a longer pause; the first mends a kept connection that was closed.
_PAUSES = (0.2, 1.0, 2.0, 4.0)
_CONNECT_LIMIT = 5.0
# More numbers than any model of today gives for a text, written at full length.
_BYTES_PER_TEXT = 256 * 1024
_READ = 64 * 1024
_PASSING_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_ADVICE = {
    401: "check HELPDESK_ENCODER_KEY",
    403: "check HELPDESK_ENCODER_KEY",
    404: "check HELPDESK_ENCODER_URL (most servers want it to end in /v1) and HELPDESK_ENCODER_MODEL",
    501: "check that the server was started for embeddings",
}


class _PassingError(Exception):
    """What another try may mend."""

    def __init__(self, fault: str, pause: float = 0.0) -> None:
        super().__init__(fault)
        self.pause = pause


class EmbeddingsApi:
    """`POST {url}/embeddings`; thread-safe, connections are kept.

    Errors hold nothing of an answer: servers repeat the text or the key in theirs.
    """

    def __init__(self, url: str, model: str, key: str) -> None:
        self._url = f"{url.rstrip('/')}/embeddings"
        self._model = model
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._pool = urllib3.PoolManager(maxsize=16, retries=False)

    def embed(self, texts: Sequence[str], patience: float) -> npt.NDArray[np.float64]:
        """Vectors in the order of `texts`, shape (n, dimension), finite, of any length but zero.

        Raises EncoderError when there is no usable answer within `patience` seconds, pauses and repeats included.
        """
        request = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        body = json.dumps(request).encode()
        deadline = time.monotonic() + patience
        pauses = iter(_PAUSES)
        while True:
            try:
                return _vectors(self._post(body, len(texts) * _BYTES_PER_TEXT, deadline), len(texts))
            except _PassingError as error:
                pause = max(next(pauses, math.inf), error.pause)
                if time.monotonic() + pause >= deadline:
                    raise EncoderError(
                        f"The embeddings endpoint {error}: check HELPDESK_ENCODER_URL and the server behind it."
                    ) from None
                time.sleep(pause)

    def _post(self, body: bytes, limit: int, deadline: float) -> bytes:
        left = max(deadline - time.monotonic(), 0.01)
        try:
            response = self._pool.request(
                "POST",
                self._url,
                body=body,
                headers=self._headers,
                timeout=urllib3.Timeout(connect=min(left, _CONNECT_LIMIT), read=left),
                redirect=False,
                preload_content=False,
            )
            try:
                _check_status(response)
                return _content(response, limit, deadline)
            finally:
                # Gives a connection back that was read to its end, and ends any other.
                response.close()
        except HTTPError as error:
            raise _PassingError(f"cannot be reached ({type(error).__name__})") from None


def _check_status(response: urllib3.BaseHTTPResponse) -> None:
    status = response.status
    if status in _PASSING_STATUSES:
        raise _PassingError(f"answers with status {status}", _pause(response.headers.get("Retry-After", "0")))
    if status != 200:
        advice = "name the address that it redirects to" if 300 <= status < 400 else "check HELPDESK_ENCODER_MODEL"
        raise EncoderError(f"The embeddings endpoint answers with status {status}: {_ADVICE.get(status, advice)}.")


def _pause(retry_after: str) -> float:
    try:
        return urllib3.Retry().parse_retry_after(retry_after)
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


def _content(response: urllib3.BaseHTTPResponse, limit: int, deadline: float) -> bytes:
    content = bytearray()
    # As it arrives: a limit on each read alone would let a trickle take for ever.
    while chunk := response.read1(_READ, decode_content=False):
        content += chunk
        if len(content) > limit:
            raise _unusable(f"is larger than {limit} bytes")
        if time.monotonic() > deadline:
            raise _PassingError("does not finish its answer in time")
    return bytes(content)


def _vectors(content: bytes, count: int) -> npt.NDArray[np.float64]:
    try:
        answer: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise _unusable("is not JSON") from None
    try:
        found = {item["index"]: item["embedding"] for item in answer["data"]}
        if len(answer["data"]) != count or set(found) != set(range(count)):
            raise _unusable(f"does not hold one vector for each of {count} texts")
        vectors = np.array([found[index] for index in range(count)], dtype=np.float64)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _unusable("is not of the agreed shape: data[].index, data[].embedding as equally long lists") from None
    if vectors.ndim != 2 or not vectors.size:
        raise _unusable("holds no lists of numbers")
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise _unusable("holds a vector that is not finite or has no length")
    return vectors


def _unusable(fault: str) -> EncoderError:
    return EncoderError(
        f"The answer of the embeddings endpoint {fault}: check that HELPDESK_ENCODER_URL is that of an "
        "OpenAI-compatible server and HELPDESK_ENCODER_MODEL a model for embeddings."
    )
