"""The training data as it lies on the disk, read again only where a file has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.errors import TrainingDataBrokenError
from bot.helpdesk.training_sentences import TrainingSentence
from bot.helpdesk.workshop.changes import digest
from bot.helpdesk.workshop.edits import Place, places
from bot.helpdesk.workshop.nlu_file import NluFile
from bot.services.trainer.file_writing import read_text

# Size, time and number of a file: a file that is written by renaming has another number.
_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class BrokenFile:
    """A file that cannot be read as it is; `line` counts from 1."""

    file: str
    line: int | None
    problem: str


class ReadFile:
    """A file that could be read, with the places of its sentences: no other file changes them."""

    def __init__(self, file: NluFile) -> None:
        self.file = file

    @cached_property
    def places(self) -> list[Place]:
        """One for each sentence."""
        return places(self.file.sentences)

    @cached_property
    def ids(self) -> list[str]:
        """Of the places."""
        return [place.id for place in self.places]


@dataclass(frozen=True)
class TrainingSet:
    """All sentences by file and line, and the files that could not be read."""

    read: tuple[ReadFile, ...]
    broken: tuple[BrokenFile, ...]

    @cached_property
    def files(self) -> list[NluFile]:
        """Those that could be read."""
        return [read.file for read in self.read]

    @cached_property
    def sentences(self) -> list[TrainingSentence]:
        """In the order of the files."""
        return [sentence for file in self.files for sentence in file.sentences]

    @cached_property
    def places(self) -> list[Place]:
        """One for each sentence."""
        return [place for read in self.read for place in read.places]

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Number of the sentence by the id of its place."""
        return dict(zip((one for read in self.read for one in read.ids), range(len(self.sentences))))

    @cached_property
    def file_of(self) -> dict[str, str]:
        """The file of each intent; where it has several, the last one."""
        return {intent: file.name for file in self.files for intent in file.blocks}

    @cached_property
    def digest(self) -> str:
        """Names this content."""
        return digest("".join(f"{file.name}\0{digest(file.text)}\0" for file in self.files))


class TrainingFiles:
    """Reads data/nlu below `root`; to be used from threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[Path, tuple[_Stamp, ReadFile | BrokenFile]] = {}
        self._newest: tuple[tuple[tuple[Path, _Stamp], ...], TrainingSet] | None = None
        self._one_at_a_time = threading.Lock()

    def current(self) -> TrainingSet:
        """As the files are now; the same object as long as no file changes."""
        with self._one_at_a_time:
            folder = self._root / "data/nlu"
            paths = sorted(path for path in folder.rglob("*") if path.suffix in {".yml", ".yaml"})
            stamps = tuple((path, _stamp(path)) for path in paths)
            if self._newest is None or self._newest[0] != stamps:
                read = [self._file(path, stamp) for path, stamp in stamps]
                files = tuple(file for file in read if isinstance(file, ReadFile))
                self._newest = stamps, TrainingSet(files, tuple(f for f in read if isinstance(f, BrokenFile)))
            return self._newest[1]

    def _file(self, path: Path, stamp: _Stamp) -> ReadFile | BrokenFile:
        known = self._read.get(path)
        if known is None or known[0] != stamp:
            known = stamp, _parse(path, path.relative_to(self._root).as_posix())
            self._read[path] = known
        return known[1]


def _parse(path: Path, name: str) -> ReadFile | BrokenFile:
    try:
        return ReadFile(NluFile.parse(name, read_text(path) or ""))
    except TrainingDataBrokenError as error:
        return BrokenFile(name, error.data["line"], error.data["problem"])
    except (OSError, UnicodeDecodeError) as error:
        return BrokenFile(name, None, str(error))


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (found.st_size, found.st_mtime_ns, found.st_ino)
