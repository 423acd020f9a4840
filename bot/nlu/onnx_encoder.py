"""multilingual-e5-small in 8 bits with the pieces that Indonesian and English need (docs/adr/0010)."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
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

# A vector has a block of this size for the state after the layers 4, 8 and 12 each, all of the same length.
BLOCK_SIZE = 384

# The model knows no positions beyond. 600 characters of a language have about 170 tokens; noise may have more.
MAX_TOKENS = 256
_BEGIN, _END = 0, 2

# From this many texts on they are shared among all cores.
_MANY = 64
# Tokens of all texts of a run. With more a run gets no faster a token, only larger.
_RUN_TOKENS = 384


@cache
def model_fingerprint(models: Path | None = None) -> str:
    """A hash of the files that decide every vector: of the bundled encoder, or of one in another folder."""
    models = models or MODELS
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update(hashlib.sha256((models / name).read_bytes()).digest())
    return digest.hexdigest()


def token_numbers(tokenizer: sentencepiece.SentencePieceProcessor, text: str) -> list[int]:
    """The numbers of the pieces of `text`, with the mark of a question that the model was trained with."""
    pieces: list[int] = tokenizer.encode(f"query: {safe_text(text)}")
    return [_BEGIN, *pieces[: MAX_TOKENS - 2], _END]


class OnnxE5Encoder:
    """Thread-safe: neither the tokenizer nor the session has a state that a run changes.

    `models` is the folder with its two files; another than ours is for benchmarks.
    """

    def __init__(self, models: Path | None = None) -> None:
        models = models or MODELS
        network, tokenizer = (str(models / name) for name in _FILES)
        self.name = f"onnx-e5-{model_fingerprint(models)[:16]}"
        options = onnxruntime.SessionOptions()
        # One thread a run: a message takes milliseconds, and several threads would wait for each other on a busy
        # machine. Training has several runs at once instead.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = sentencepiece.SentencePieceProcessor(model_file=tokenizer)
        self.dimension: int = self._session.get_outputs()[0].shape[1]

    def encode(self, texts: list[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens = [self.tokens(text) for text in texts]

        def fill(rows: list[int]) -> None:
            run = np.array([tokens[row] for row in rows], dtype=np.int64)
            vectors[rows] = self._session.run(None, {"tokens": run})[0]

        if len(texts) < _MANY:
            list(map(fill, _runs(tokens)))
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(fill, _runs(tokens)))
        return vectors

    def tokens(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`, as the network reads them."""
        return token_numbers(self._tokenizer, text)


def _runs(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Rows to encode in one run: of the same length, so that nothing has to be filled up and masked."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, numbers in enumerate(tokens):
        by_length[len(numbers)].append(row)
    # The longest first: at the end no core waits long for another.
    for length in sorted(by_length, reverse=True):
        rows, size = by_length[length], max(1, _RUN_TOKENS // length)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]
