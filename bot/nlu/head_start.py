"""A training's head start: sentences are encoded while Rasa is still being loaded and the data are checked.

Loading and checking keep one core busy, encoding all of them, and it takes longest when everything is new.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.nlu.embedding_cache import default_cache_path, encode_ahead
from bot.nlu.encoder import default_encoder
from bot.settings import Settings

logger = logging.getLogger(__name__)

_SENTENCES = re.compile(r"^nlu:", re.MULTILINE)
_LINE = re.compile(r"^[ ]*- (?!intent:)(.*)$", re.MULTILINE)


@contextmanager
def head_start(data: Sequence[str]) -> Iterator[None]:
    """Fills the cache of sentence vectors from the files or folders `data`, until the block ends.

    With an endpoint as the encoder it does nothing: that is asked only for what the checks have passed.
    """
    if Settings.from_env().encoder_url:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_encode, args=(data, stop), name="head start", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def likely_sentences(data: Sequence[str]) -> list[str]:
    """What looks like a training sentence in the files or folders `data`.

    Only a guess, without Rasa's readers: one too many costs milliseconds, one that is missed is encoded later.
    """
    found: dict[str, None] = {}
    for path in map(Path, data):
        for file in sorted(path.rglob("*.yml")) if path.is_dir() else [path]:
            text = file.read_text(encoding="utf-8", errors="replace")
            if _SENTENCES.search(text):
                found.update(dict.fromkeys(line.strip() for line in _LINE.findall(text)))
    return list(found)


def _encode(data: Sequence[str], stop: threading.Event) -> None:
    try:
        encode_ahead(default_encoder(), likely_sentences(data), default_cache_path(), stop)
    except Exception:
        # The training meets the same fault, and tells it.
        logger.debug("The head start has failed.", exc_info=True)
