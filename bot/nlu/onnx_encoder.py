"""multilingual-e5-small in 8 bits with the pieces that Indonesian and English need (docs/adr/0010)."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import sentencepiece

from bot.nlu.encoder import Vectors, safe_text

# Made by tools/build_encoder.py.
MODELS = Path(__file__).with_name("models")
_FILES = ("encoder.onnx", "encoder.spm")

# The model knows no positions beyond. 600 characters of a language have about 170 tokens; noise may have more.
MAX_TOKENS = 256
_BEGIN, _END = 0, 2

# From this many texts on they are shared among all cores.
_MANY = 64


@cache
def model_fingerprint() -> str:
    """A hash of the files that decide every vector."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update(hashlib.sha256((MODELS / name).read_bytes()).digest())
    return digest.hexdigest()


class OnnxE5Encoder:
    """Thread-safe: neither the tokenizer nor the session has a state that a run changes."""

    def __init__(self) -> None:
        network, tokenizer = (str(MODELS / name) for name in _FILES)
        self.name = f"onnx-e5-{model_fingerprint()[:16]}"
        options = onnxruntime.SessionOptions()
        # One thread a text: a message takes milliseconds, and several threads would wait for each other on a busy
        # machine. Training runs several texts at once instead.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = sentencepiece.SentencePieceProcessor(model_file=tokenizer)
        self.dimension: int = self._session.get_outputs()[0].shape[1]

    def encode(self, texts: list[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)

        def fill(row: int) -> None:
            vectors[row] = self._encode(texts[row])

        if len(texts) < _MANY:
            list(map(fill, range(len(texts))))
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(fill, range(len(texts))))
        return vectors

    def tokens(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`, with the mark of a question that the model was trained with."""
        pieces: list[int] = self._tokenizer.encode(f"query: {safe_text(text)}")
        return [_BEGIN, *pieces[: MAX_TOKENS - 2], _END]

    def _encode(self, text: str) -> Vectors:
        # One by one: 8-bit numbers share one scale a run, so that a text's vector would depend on its neighbours.
        tokens = np.array([self.tokens(text)], dtype=np.int64)
        vector: Vectors = self._session.run(None, {"tokens": tokens})[0][0]
        return vector
