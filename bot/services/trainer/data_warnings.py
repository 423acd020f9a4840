"""What is doubtful about the training data, found beside the serving process and kept until the data changes."""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import CatalogueError, HelpdeskError
from bot.helpdesk.data_check import EvaluationMessage, copies_of, leaks, near_copies_across
from bot.helpdesk.training_sentences import TrainingSentence
from bot.services.trainer.file_writing import write_all
from bot.services.training_data import read_evaluation_messages

logger = logging.getLogger(__name__)
KINDS = ("duplicate", "near_duplicate", "suspect", "leak")
# Cross-validation that is so sure of another topic is worth a look.
_SURE = 0.5


@dataclass(frozen=True)
class Warned:
    """A sentence, by intent and text, with what is doubtful and the other sentence or message, if there is one."""

    intent: str
    text: str
    kind: str
    other_text: str | None = None
    other_intent: str | None = None


class DataWarnings:
    """Warnings by (intent, text). `files` gives the evaluation files that training must never see."""

    def __init__(self, home: Path, files: Sequence[Path]) -> None:
        self._kept = home / "trainer" / "warnings.json"
        self._guesses = home / "trainer" / "cross-validation.json"
        self._files = files
        self._state = ""
        self._found: dict[tuple[str, str], list[Warned]] = {}
        self._running: asyncio.Task[None] | None = None

    def of(self, sentence: TrainingSentence) -> list[Warned]:
        """The warnings of a sentence, as far as they were found."""
        return self._found.get((sentence.intent, sentence.text), [])

    def refresh(self, digest: str, sentences: Sequence[TrainingSentence]) -> None:
        """Looks anew for warnings if the data is not that of `digest`; takes seconds, in a process of its own."""
        state = f"{digest} {_time_of(self._guesses)}"
        if self._state != state and (self._running is None or self._running.done()):
            self._running = asyncio.create_task(self._look(digest, state, list(sentences)))

    @property
    def all(self) -> list[Warned]:
        """All warnings that were found."""
        return [warned for found in self._found.values() for warned in found]

    async def settled(self) -> None:
        """Waits for what `refresh` has begun."""
        if self._running is not None:
            await self._running

    async def checked_at(self) -> str | None:
        """When the newest cross-validation was."""
        return (await asyncio.to_thread(_read, self._guesses)).get("at")

    async def _look(self, digest: str, state: str, sentences: list[TrainingSentence]) -> None:
        try:
            kept = await asyncio.to_thread(_read, self._kept)
            if kept.get("digest") != digest:
                kept = {"digest": digest, "found": await self._in_a_process(sentences)}
                await asyncio.to_thread(self._keep, kept)
            found = [Warned(*row) for row in kept["found"]]
            found += await asyncio.to_thread(self._suspects, sentences)
        except (HelpdeskError, OSError, ValueError) as error:
            logger.warning("The training data could not be checked: %s", error)
            return
        by_sentence: defaultdict[tuple[str, str], list[Warned]] = defaultdict(list)
        for warned in found:
            by_sentence[warned.intent, warned.text].append(warned)
        self._found, self._state = dict(by_sentence), state

    async def _in_a_process(self, sentences: list[TrainingSentence]) -> list[list[Any]]:
        # Comparing all with all keeps a processor busy for seconds: neither customers nor a training must wait for it.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=os.nice, initargs=(19,)) as pool:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(pool, look, sentences, [str(file) for file in self._files])

    def _keep(self, kept: Mapping[str, Any]) -> None:
        with suppress(OSError, HelpdeskError):  # then it is looked for again
            write_all([(self._kept, json.dumps(kept, ensure_ascii=False))])

    def _suspects(self, sentences: Sequence[TrainingSentence]) -> list[Warned]:
        guesses = {
            (guess["intent"], guess["text"]): guess["guess"]
            for guess in _read(self._guesses).get("guesses", [])
            if guess["guess"] != guess["intent"] and guess["probability"] >= _SURE
        }
        return [
            Warned(sentence.intent, sentence.text, "suspect", None, guesses[sentence.intent, sentence.text])
            for sentence in sentences
            if (sentence.intent, sentence.text) in guesses
        ]


def look(sentences: Sequence[TrainingSentence], files: Sequence[str]) -> list[list[Any]]:
    """Copies, near-copies and leaks, each as the fields of `Warned`, once for each sentence that is part of it."""
    found: list[list[Any]] = []
    for copies in [*copies_of(sentences), *near_copies_across(sentences)]:
        kind = "near_duplicate" if copies.across else "duplicate"
        for one, other in ((copies.first, copies.second), (copies.second, copies.first)):
            found.append([one.intent, one.text, kind, other.text, other.intent])
    for leak in leaks(sentences, _messages(files)):
        found.append([leak.sentence.intent, leak.sentence.text, "leak", leak.message.text, None])
    return found


def count(warned: Iterable[Warned]) -> dict[str, int]:
    """How many warnings of each kind there are."""
    counts = Counter(one.kind for one in warned)
    return {kind: counts[kind] for kind in KINDS}


def _messages(files: Sequence[str]) -> list[EvaluationMessage]:
    messages: list[EvaluationMessage] = []
    for file in files:
        with suppress(CatalogueError):  # a file that cannot be read is no evaluation set
            messages += read_evaluation_messages(Path(file))
    return messages


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _time_of(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
