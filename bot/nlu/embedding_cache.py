"""Cache of training embeddings by content, so that a retraining encodes only what is new."""

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from bot.nlu.encoder import SentenceEncoder, Vectors

logger = logging.getLogger(__name__)

_LOOKUP_BATCH = 500
# Many at once: the encoder runs texts of the same length together, and a seventh faster than by the thousand. A
# training that fails waits for a batch to end.
_ENCODING_BATCH = 4000
# Whoever comes second finds what the first has encoded.
_ONE_AT_A_TIME = threading.Lock()


def default_cache_path() -> Path:
    """`cache/embeddings.sqlite` under HELPDESK_HOME (default: var/)."""
    return Path(os.environ.get("HELPDESK_HOME", "var")) / "cache" / "embeddings.sqlite"


def encode_cached(encoder: SentenceEncoder, texts: Sequence[str], path: Path) -> Vectors:
    """Vectors of `texts`, shape (n, dimension); only texts never seen with this encoder are encoded.

    A damaged cache file is replaced by a new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _ONE_AT_A_TIME:
        try:
            return _encode_cached(encoder, texts, path)
        except sqlite3.OperationalError:  # locked, disk full: the file may be sound
            raise
        except sqlite3.DatabaseError:
            logger.warning("The embedding cache %s is damaged and is made anew.", path)
            path.unlink(missing_ok=True)
            return _encode_cached(encoder, texts, path)


def encode_ahead(encoder: SentenceEncoder, texts: Sequence[str], path: Path, stop: threading.Event) -> None:
    """Puts vectors of `texts` that the cache lacks into it, until `stop` is set. Raises sqlite3.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _ONE_AT_A_TIME, closing(_open(path)) as connection:
        stored = {key for (key,) in connection.execute("SELECT key FROM embedding")}
        missing = {key: text for key, text in ((_key(encoder, text), text) for text in texts) if key not in stored}
        for _ in _encode(connection, encoder, missing):
            if stop.is_set():
                return


def _encode_cached(encoder: SentenceEncoder, texts: Sequence[str], path: Path) -> Vectors:
    keys = [_key(encoder, text) for text in texts]
    with closing(_open(path)) as connection:
        size = encoder.dimension * np.dtype(np.float32).itemsize
        known = {key: vector for key, vector in _known(connection, keys).items() if len(vector) == size}
        missing = {key: text for key, text in zip(keys, texts) if key not in known}
        for rows in _encode(connection, encoder, missing):
            known.update(rows)
    stacked = b"".join(known[key] for key in keys)
    return np.frombuffer(stacked, dtype=np.float32).reshape(len(texts), encoder.dimension)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS embedding (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _key(encoder: SentenceEncoder, text: str) -> bytes:
    return hashlib.sha256(f"{encoder.name}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _encode(
    connection: sqlite3.Connection, encoder: SentenceEncoder, missing: Mapping[bytes, str]
) -> Iterator[list[tuple[bytes, bytes]]]:
    """Keys and vectors of the texts that are missing, batch by batch, each stored as soon as it is there."""
    for start in range(0, len(missing), _ENCODING_BATCH):
        batch = list(missing.items())[start : start + _ENCODING_BATCH]
        vectors = encoder.encode([text for _, text in batch])
        rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors)]
        with connection:
            connection.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?)", rows)
        logger.info("Encoded %d of %d sentences", min(start + _ENCODING_BATCH, len(missing)), len(missing))
        yield rows


def _known(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    known: dict[bytes, bytes] = {}
    for start in range(0, len(keys), _LOOKUP_BATCH):
        batch = keys[start : start + _LOOKUP_BATCH]
        marks = ",".join("?" * len(batch))
        query = f"SELECT key, vector FROM embedding WHERE key IN ({marks})"  # noqa: S608 - marks are question marks
        known.update(connection.execute(query, batch))
    return known
