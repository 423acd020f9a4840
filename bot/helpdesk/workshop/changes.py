"""What trainers have changed: who, when, why, and how to take it back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from bot.errors import SentenceGoneError


class ChangeKind(str, Enum):
    """What was changed; `hand`: somebody edited a file outside of the console."""

    SENTENCE = "sentence"
    ANSWER = "answer"
    TEST = "test"
    HAND = "hand"


class ChangeAction(str, Enum):
    """How it was changed."""

    ADD = "add"
    EDIT = "edit"
    MOVE = "move"
    DELETE = "delete"
    UNDO = "undo"


class ChangeState(str, Enum):
    """How far the files are.

    `planned` until all are written; `refused` where one was edited by hand meanwhile: then none is ours.
    """

    PLANNED = "planned"
    DONE = "done"
    REFUSED = "refused"


def digest(text: str | None) -> str:
    """Names the content of a file; empty for one that is not there."""
    return "" if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Splice:
    """Lines of one file replaced: `removed` from line `start` (from 0) on gives way to `inserted`.

    `before` and `after` are digests of the whole file. `around` is up to three lines before and after, to find the
    place again when it is to be taken back.
    """

    path: str
    before: str
    after: str
    start: int
    removed: tuple[str, ...]
    inserted: tuple[str, ...]
    around: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @classmethod
    def between(cls, path: str, old: str | None, new: str | None) -> Splice:
        """The one splice that makes `new` of `old`."""
        left, right = _lines(old), _lines(new)
        start = 0
        while start < min(len(left), len(right)) and left[start] == right[start]:
            start += 1
        end = 0
        while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
            end += 1
        return cls(
            path,
            digest(old),
            digest(new),
            start,
            tuple(left[start : len(left) - end]),
            tuple(right[start : len(right) - end]),
            (tuple(left[max(0, start - 3) : start]), tuple(left[len(left) - end :][:3])),
        )

    def applied(self, text: str | None) -> str | None:
        """`text` with the splice, for a text whose digest is `before`; None stands for no file."""
        lines = _lines(text)
        lines[self.start : self.start + len(self.removed)] = self.inserted
        return "\n".join(lines) if lines else None

    def taken_back(self, text: str | None) -> str | None:
        """`text` with what was removed in the place of what was inserted; None where there was no file before.

        Raises SentenceGoneError where that place has changed since, or cannot be told from another one.
        """
        return self._taken_back(text, (3, 1, 0))

    def is_in(self, text: str | None) -> bool:
        """Whether `text`, perhaps edited by hand since, holds what was inserted among its neighbours."""
        if digest(text) == self.before:
            return False
        try:
            self._taken_back(text, (3, 1))
        except SentenceGoneError:
            return False
        return True

    @property
    def inverse(self) -> Splice:
        """The splice that takes this one back."""
        return Splice(self.path, self.after, self.before, self.start, self.inserted, self.removed, self.around)

    def _taken_back(self, text: str | None, margins: Sequence[int]) -> str | None:
        lines = _lines(text)
        if digest(text) == self.after:
            lines[self.start : self.start + len(self.inserted)] = self.removed
            return "\n".join(lines) if self.before else None
        for margin in margins:
            left = self.around[0][max(0, len(self.around[0]) - margin) :] if margin else ()
            right = self.around[1][:margin]
            pattern = (*left, *self.inserted, *right)
            if not pattern:
                break
            found = [i for i in range(len(lines) - len(pattern) + 1) if tuple(lines[i : i + len(pattern)]) == pattern]
            if len(found) == 1:
                start = found[0] + len(left)
                lines[start : start + len(self.inserted)] = self.removed
                return "\n".join(lines)
        raise SentenceGoneError("the place of the change has changed since")

    def as_json(self) -> dict[str, Any]:
        """For the journal."""
        return {**self.__dict__, "around": [list(side) for side in self.around]}

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> Splice:
        """What `as_json` made."""
        lists = {name: tuple(data[name]) for name in ("removed", "inserted")}
        return cls(**{**data, **lists, "around": (tuple(data["around"][0]), tuple(data["around"][1]))})


@dataclass(frozen=True)
class Change:
    """A row of the journal. `before` and `after` are the text that people see, not the lines of the files."""

    number: int
    at: datetime
    staff_id: str | None
    by: str
    kind: ChangeKind
    action: ChangeAction
    intent: str | None = None
    before: str | None = None
    after: str | None = None
    to_intent: str | None = None
    reason: str = ""
    undoes: int | None = None
    undone_by: int | None = None
    version: int | None = None
    state: ChangeState = ChangeState.DONE
    splices: tuple[Splice, ...] = ()
    key: str | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self.state is ChangeState.DONE and self.kind is not ChangeKind.HAND and self.undone_by is None


@dataclass(frozen=True)
class Planned:
    """What a use case wants to write: the new text of each file (None: no file), and what people see of it."""

    kind: ChangeKind
    action: ChangeAction
    files: Sequence[tuple[str, str | None]]
    intent: str | None = None
    before: str | None = None
    after: str | None = None
    to_intent: str | None = None
    undoes: int | None = None


def _lines(text: str | None) -> list[str]:
    return [] if text is None else text.split("\n")
