"""The training sentences nearest to a vector, read beside the serving of turns.

Vectors come from the embedding cache, where the training has left them, and are kept in half precision. What is not
there (sentences that nobody has trained with yet) is encoded little by little.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.nlu.embedding_cache import encode_cached
from bot.nlu.encoder import SentenceEncoder, Vectors
from bot.nlu.plain_examples import read_plain_examples

logger = logging.getLogger(__name__)

_Half = npt.NDArray[np.float16]
# Rasa's notation of entities, in its two forms.
_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\(\w+(?::[^()]+)?\)|\{[^{}]*\})")
# From the cache in milliseconds; where encoding is needed, serving gets its turn after so many.
_BATCH = 64
_PAUSE = 0.02
# Rows that are multiplied at once: more would need a float32 copy of all.
_ROWS = 2048


@dataclass(frozen=True)
class Near:
    """A training sentence with its cosine."""

    text: str
    intent: str
    similarity: float


@dataclass(frozen=True)
class _Index:
    sentences: Sequence[tuple[str, str]]
    vectors: _Half

    def nearest(self, vectors: Vectors, count: int) -> list[list[Near]]:
        rows = range(0, len(self.vectors), _ROWS)
        cosines = np.concatenate([self.vectors[r : r + _ROWS].astype(np.float32) @ vectors.T for r in rows])
        best = np.argsort(-cosines, axis=0, kind="stable")[:count]
        return [[self._near(row, cosines[row, column]) for row in best[:, column]] for column in range(len(vectors))]

    def _near(self, row: int, cosine: float) -> Near:
        text, intent = self.sentences[row]
        return Near(text, intent, float(cosine))


class NearestSentences:
    """The sentences of data/nlu below `root`, read anew in a thread when `about` is another one."""

    def __init__(self, root: Path, cache: Callable[[], Path]) -> None:
        self._root = root
        self._cache = cache
        self._lock = threading.Lock()
        self._index: _Index | None = None
        self._about: object = None
        self._reading: threading.Thread | None = None

    def nearest(self, encoder: SentenceEncoder, vectors: Vectors, about: object, count: int = 5) -> list[list[Near]]:
        """For each of `vectors` (unit length) the nearest sentences, nearest first; none as long as they are not read.

        `about` names the state of the data, such as the model that was trained with it.
        """
        with self._lock:
            if self._index is not None and self._about == about:
                index = self._index
            else:
                index = None
                if self._reading is None or not self._reading.is_alive():
                    self._reading = threading.Thread(
                        target=self._read, args=(encoder, about), name="nearest-sentences", daemon=True
                    )
                    self._reading.start()
        if index is None or not index.sentences:
            return [[] for _ in vectors]
        return index.nearest(vectors, count)

    def wait(self) -> None:
        """Until what is being read is there."""
        if self._reading is not None:
            self._reading.join()

    def _read(self, encoder: SentenceEncoder, about: object) -> None:
        try:
            sentences = list(dict.fromkeys(_sentences(self._root)))
            vectors = np.empty((len(sentences), encoder.dimension), dtype=np.float16)
            for start in range(0, len(sentences), _BATCH):
                batch = [text for text, _ in sentences[start : start + _BATCH]]
                vectors[start : start + _BATCH] = encode_cached(encoder, batch, self._cache())
                time.sleep(_PAUSE)
        except Exception:
            logger.exception("The training sentences were not read; they are tried again")
            return
        with self._lock:
            self._index, self._about = _Index(sentences, vectors), about


def _sentences(root: Path) -> Iterator[tuple[str, str]]:
    """Text, as the model sees it, and intent; files that cannot be read are left out."""
    for path in sorted(path for path in (root / "data/nlu").rglob("*") if path.suffix in {".yml", ".yaml"}):
        plain = read_plain_examples(str(path))
        if plain is not None:
            yield from ((example.get("text"), example.get("intent")) for example in plain)
        else:
            yield from _annotated(path)


def _annotated(path: Path) -> Iterator[tuple[str, str]]:
    try:
        entries = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]
    except (OSError, UnicodeDecodeError, YAMLError, KeyError, TypeError):
        logger.warning("%s cannot be read", path.name)
        return
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("examples"), str) or "intent" not in entry:
            continue
        for line in entry["examples"].splitlines():
            if line.strip().startswith("- "):
                yield _ENTITY.sub(r"\1", line.strip()[2:].strip()), str(entry["intent"])
