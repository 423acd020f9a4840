"""Scores of predictions on labelled messages: outcome, and outcome with the clause of an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import CatalogueError
from bot.helpdesk.conversation import Outcome


@dataclass(frozen=True)
class Labelled:
    """A message with its acceptable outcomes and clauses, the best first; `register` where it is known."""

    text: str
    outcomes: tuple[str, ...]
    clauses: tuple[str, ...]
    register: str = ""

    @classmethod
    def parse(cls, row: object, line: int) -> Labelled:
        """Raises CatalogueError naming the line when a row is not of the expected shape."""
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row.get("outcome"):
            raise CatalogueError(f"line {line}: expected an object with text, outcome and clauses")
        unknown = set(row["outcome"]) - {outcome.value for outcome in Outcome}
        if unknown:
            raise CatalogueError(f"line {line}: unknown outcome {', '.join(sorted(unknown))}")
        return cls(row["text"], tuple(row["outcome"]), tuple(row.get("clauses") or ()), row.get("register", ""))

    @property
    def best(self) -> str:
        """The label for a confusion matrix: the clause of an answer, else the outcome."""
        return self.clauses[0] if self.outcomes[0] == Outcome.ANSWER.value and self.clauses else self.outcomes[0]


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
    by_register: dict[str, float]
    confused: list[tuple[str, str, int]]


def score(gold: Sequence[Labelled], predicted: Sequence[Predicted]) -> Score:
    """Score predictions given in the order of the labelled messages; both must be of the same length."""
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} labelled messages but {len(predicted)} predictions")
    pairs = list(zip(gold, predicted))
    full = [fully_right(g, p) for g, p in pairs]
    registers: defaultdict[str, list[bool]] = defaultdict(list)
    for (g, _), right in zip(pairs, full):
        if g.register:
            registers[g.register].append(right)
    confused = Counter((g.best, p.label) for (g, p), right in zip(pairs, full) if not right)
    return Score(
        n=len(pairs),
        outcome=_share([outcome_is_right(g, p) for g, p in pairs]),
        full=_share(full),
        by_register={name: _share(right) for name, right in sorted(registers.items())},
        confused=[(wanted, got, count) for (wanted, got), count in confused.most_common()],
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0
