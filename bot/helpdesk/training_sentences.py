"""Training sentences and where they stand, and the parser of the files that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import CatalogueError


@dataclass(frozen=True)
class TrainingSentence:
    """One sentence with its intent; `file` and `line` (from 1) say where it stands."""

    text: str
    intent: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """Such as data/nlu/salam.yml:12."""
        return f"{self.file}:{self.line}"


def parse_sentences(data: Any, first_lines: Sequence[int], file: str) -> Iterator[TrainingSentence]:
    """The sentences of one NLU file as loaded from YAML; `first_lines[n]` is the line below `examples:` of entry n.

    Entries without an intent (synonyms, lookup tables) hold no sentences. Raises CatalogueError naming the line.
    """
    for entry, first in zip(data["nlu"], first_lines):
        if not isinstance(entry, Mapping) or "intent" not in entry:
            continue
        examples = entry.get("examples")
        if not isinstance(examples, str):
            raise CatalogueError(f"{file}:{first}: examples of {entry['intent']} are not a block of `- ` lines")
        for line, raw in enumerate(examples.split("\n"), start=first):
            stripped = raw.strip()
            if not stripped:
                continue
            if not stripped.startswith("- "):
                raise CatalogueError(f"{file}:{line}: a sentence does not begin with `- `")
            yield TrainingSentence(stripped[2:].strip(), str(entry["intent"]), file, line)
