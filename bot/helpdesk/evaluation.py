"""All figures of an evaluation: what the contract counts, and how far the confidence can be trusted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.helpdesk.calibration import Bin, Point, Trial, calibration_error, coverage_curve, reliability
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.proportion import Proportion
from bot.helpdesk.scoring import Labelled, Predicted, fully_right, outcome_is_right


@dataclass(frozen=True)
class Judged:
    """A labelled message and what was made of it, with how much confidence."""

    gold: Labelled
    predicted: Predicted
    confidence: float
    intent: str

    @property
    def outcome_right(self) -> bool:
        """Whether the outcome is one of the acceptable ones."""
        return outcome_is_right(self.gold, self.predicted)

    @property
    def right(self) -> bool:
        """Whether outcome and clause are acceptable."""
        return fully_right(self.gold, self.predicted)

    @property
    def wanted(self) -> str:
        """The best acceptable outcome with its clause: `refuse:H4`, or `clarify:` without one."""
        return _name_of(self.gold.outcomes[0], self.gold.clauses)

    @property
    def got(self) -> str:
        """What was predicted, written as `wanted`."""
        return _name_of(self.predicted.outcome, self.predicted.clauses)

    @property
    def trial(self) -> Trial:
        """(confidence, right)"""
        return self.confidence, self.right


@dataclass(frozen=True)
class ClauseRecall:
    """How many questions about a clause are answered rightly, and what the others are mostly taken for."""

    clause: str
    right: Proportion
    taken_for: str

    @property
    def is_weak(self) -> bool:
        """Whether any question is answered wrongly."""
        return self.right.part < self.right.whole


@dataclass(frozen=True)
class Confusion:
    """Messages that should have been `wanted` and became `got`, both as outcome:clause (`refuse:H4`, `clarify:`)."""

    wanted: str
    got: str
    count: int


@dataclass(frozen=True)
class Evaluation:
    """Figures over the messages of `judged`.

    `technical_refused`: of the technical requests that are to be refused;
    `in_scope_refused`: of the messages that must not be refused;
    `answers_right`: of the answers given; `asked_back`: of all messages, those needlessly asked back;
    `curve`: over what was settled without asking back.
    """

    judged: Sequence[Judged]
    outcome: Proportion
    full: Proportion
    by_outcome: dict[str, Proportion]
    by_register: dict[str, Proportion]
    technical_refused: Proportion
    in_scope_refused: Proportion
    answers_right: Proportion
    asked_back: Proportion
    by_clause: list[ClauseRecall]
    confused: list[Confusion]
    bins: list[Bin]
    calibration_error: float
    curve: list[Point]


def evaluate(judged: Sequence[Judged]) -> Evaluation:
    """The figures; clauses from the weakest, confusions from the most frequent on."""
    bins = reliability([one.trial for one in judged])
    settled = [one for one in judged if one.predicted.outcome != Outcome.CLARIFY.value]
    return Evaluation(
        judged=judged,
        outcome=Proportion.of(one.outcome_right for one in judged),
        full=Proportion.of(one.right for one in judged),
        by_outcome=_by(judged, lambda one: one.gold.outcomes[0], lambda one: one.outcome_right),
        by_register=_by(
            [one for one in judged if one.gold.register], lambda one: one.gold.register, lambda one: one.right
        ),
        technical_refused=_refused(one for one in judged if _is_technical(one.gold)),
        in_scope_refused=_refused(one for one in judged if Outcome.REFUSE.value not in one.gold.outcomes),
        answers_right=Proportion.of(one.right for one in judged if one.predicted.outcome == Outcome.ANSWER.value),
        asked_back=Proportion.of(
            one.predicted.outcome == Outcome.CLARIFY.value and not one.outcome_right for one in judged
        ),
        by_clause=_by_clause(judged),
        confused=_confused(judged),
        bins=bins,
        calibration_error=calibration_error(bins),
        curve=coverage_curve([one.trial for one in settled], len(judged)),
    )


def worst_errors(judged: Iterable[Judged]) -> list[Judged]:
    """What is wrong, from the highest confidence on; the earlier line first among equals."""
    return sorted((one for one in judged if not one.right), key=lambda one: (-one.confidence, one.gold.line))


def _name_of(outcome: str, clauses: Sequence[str]) -> str:
    return f"{outcome}:{clauses[0] if clauses else ''}"


def _by(
    judged: Iterable[Judged], key: Callable[[Judged], str], is_right: Callable[[Judged], bool]
) -> dict[str, Proportion]:
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(is_right(one))
    return {name: Proportion.of(flags) for name, flags in sorted(groups.items())}


def _is_technical(gold: Labelled) -> bool:
    return gold.outcomes[0] == Outcome.REFUSE.value and gold.clauses[:1] == ("H4",)


def _refused(judged: Iterable[Judged]) -> Proportion:
    return Proportion.of(one.predicted.outcome == Outcome.REFUSE.value for one in judged)


def _by_clause(judged: Iterable[Judged]) -> list[ClauseRecall]:
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.gold.outcomes[0] == Outcome.ANSWER.value and one.gold.clauses:
            groups[one.gold.clauses[0]].append(one)
    found = []
    for clause, inside in groups.items():
        others = Counter(one.predicted.label for one in inside if not one.right)
        taken_for = others.most_common(1)[0][0] if others else ""
        found.append(ClauseRecall(clause, Proportion.of(one.right for one in inside), taken_for))
    return sorted(found, key=lambda one: one.right.share)


def _confused(judged: Iterable[Judged]) -> list[Confusion]:
    pairs = Counter((one.wanted, one.got) for one in judged if not one.right)
    return [Confusion(wanted, got, count) for (wanted, got), count in pairs.most_common()]
