"""What the training data holds already: texts and words in their normal forms."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.helpdesk.workshop.sentence_text import plain
from bot.services.trainer.training_files import TrainingFiles
from bot.text.normalise import normalise


@dataclass(frozen=True)
class KnownTexts:
    """Normal forms of all sentences, and in how many of them each word stands."""

    texts: frozenset[str]
    words: Mapping[str, int]

    def holds(self, text: str) -> bool:
        """Whether a sentence says the same, but for case, punctuation and spelling."""
        return normalise(text) in self.texts


class TrainingTexts:
    """Reads the training data once for each of its states."""

    def __init__(self, files: TrainingFiles) -> None:
        self._files = files
        self._known: tuple[str, KnownTexts] | None = None
        self._one_at_a_time = threading.Lock()

    async def current(self) -> KnownTexts:
        """As the files are now, without those that cannot be read."""
        return await asyncio.to_thread(self._current)

    def _current(self) -> KnownTexts:
        with self._one_at_a_time:
            data = self._files.current()
            if self._known is None or self._known[0] != data.digest:
                forms = frozenset(normalise(plain(sentence.text)) for sentence in data.sentences)
                counts = Counter(word for form in forms for word in set(form.split()))
                self._known = data.digest, KnownTexts(forms, counts)
            return self._known[1]
