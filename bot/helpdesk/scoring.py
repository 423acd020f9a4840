"""Labelled messages, what was made of them, and whether that is right: outcome, and the clause of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import CatalogueError
from bot.helpdesk.conversation import Outcome


@dataclass(frozen=True)
class Labelled:
    """A message with its acceptable outcomes and clauses, the best first; `register` and `line` where known."""

    text: str
    outcomes: tuple[str, ...]
    clauses: tuple[str, ...]
    register: str = ""
    line: int = 0

    @classmethod
    def parse(cls, row: object, line: int) -> Labelled:
        """Raises CatalogueError naming the line when a row is not of the expected shape."""
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise CatalogueError(f"line {line}: expected an object with text, outcome and clauses")
        outcomes = _names(row, "outcome", line)
        if not outcomes:
            raise CatalogueError(f"line {line}: no outcome")
        unknown = set(outcomes) - {outcome.value for outcome in Outcome}
        if unknown:
            raise CatalogueError(f"line {line}: unknown outcome {', '.join(sorted(unknown))}")
        register = row.get("register") or ""
        if not isinstance(register, str):
            raise CatalogueError(f"line {line}: register is not a string")
        return cls(row["text"], outcomes, _names(row, "clauses", line), register, line)

    @property
    def best(self) -> str:
        """The label for a confusion matrix: the clause of an answer, else the outcome."""
        return self.clauses[0] if self.outcomes[0] == Outcome.ANSWER.value and self.clauses else self.outcomes[0]


def _names(row: dict[str, Any], key: str, line: int) -> tuple[str, ...]:
    names = row.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CatalogueError(f"line {line}: {key} is not a list of strings")
    return tuple(names)


@dataclass(frozen=True)
class Predicted:
    """What the bot made of a message."""

    outcome: str
    clauses: tuple[str, ...]

    @property
    def label(self) -> str:
        """As `Labelled.best`."""
        return self.clauses[0] if self.outcome == Outcome.ANSWER.value and self.clauses else self.outcome


def outcome_is_right(gold: Labelled, predicted: Predicted) -> bool:
    """The predicted outcome is one of the acceptable ones."""
    return predicted.outcome in gold.outcomes


def fully_right(gold: Labelled, predicted: Predicted) -> bool:
    """The outcome is right and, for an answer, so is its first clause."""
    if not outcome_is_right(gold, predicted):
        return False
    return predicted.outcome != Outcome.ANSWER.value or (
        bool(predicted.clauses) and predicted.clauses[0] in gold.clauses
    )


@dataclass(frozen=True)
class Score:
    """Shares between 0 and 1 over `n` messages."""

    n: int
    outcome: float
    full: float


def score(gold: Sequence[Labelled], predicted: Sequence[Predicted]) -> Score:
    """Score predictions given in the order of the labelled messages; both must be of the same length."""
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} labelled messages but {len(predicted)} predictions")
    pairs = list(zip(gold, predicted))
    return Score(
        n=len(pairs),
        outcome=_share([outcome_is_right(g, p) for g, p in pairs]),
        full=_share([fully_right(g, p) for g, p in pairs]),
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0
