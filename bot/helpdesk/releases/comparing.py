"""A candidate against the live model, message by message, and the gates that follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.helpdesk.conversation import Outcome
from bot.helpdesk.evaluation import Evaluation, evaluate
from bot.helpdesk.evaluation import Judged as JudgedMessage
from bot.helpdesk.proportion import Proportion
from bot.helpdesk.releases.versions import Gate
from bot.helpdesk.scoring import Labelled, Predicted, fully_right

# One message lost in a topic is chance; from two on it counts.
_LEAST_LOST = 2
# Shares are compared after rounding: 0.9 is reached by 0.9.
_DIGITS = 4


@dataclass(frozen=True)
class Limits:
    """The gates. `topic_loss`: share of a topic's messages that may be lost; `scope_recall`: of what is to be refused,
    the least share that is; `outcome_loss`: how far the share of right outcomes may fall."""

    topic_loss: float = 0.10
    scope_recall: float = 0.9
    outcome_loss: float = 0.01


@dataclass(frozen=True)
class Understood:
    """What a model made of a message."""

    outcome: str
    clauses: tuple[str, ...]
    intent: str
    confidence: float

    @property
    def predicted(self) -> Predicted:
        """As scoring takes it."""
        return Predicted(self.outcome, self.clauses)

    @property
    def name(self) -> str:
        """`answer H13`, as verdicts show it."""
        return " ".join([self.outcome, *self.clauses[:1]])


@dataclass(frozen=True)
class KeptTurn:
    """One message of a kept conversation with what must come of it."""

    text: str
    outcome: str
    clauses: tuple[str, ...]
    intent: str


@dataclass(frozen=True)
class KeptConversation:
    """A conversation that somebody kept as a test."""

    name: str
    turns: tuple[KeptTurn, ...]

    def is_right(self, understood: Sequence[Understood]) -> bool:
        """Whether every turn has the outcome and, for an answer, the first clause that was kept."""
        return len(understood) == len(self.turns) and all(map(turn_is_right, self.turns, understood))


def turn_is_right(turn: KeptTurn, understood: Understood) -> bool:
    """Whether the outcome and, for an answer, the first clause are what was kept."""
    return fully_right(Labelled(turn.text, (turn.outcome,), turn.clauses), understood.predicted)


@dataclass(frozen=True)
class Verdict:
    """A message that one of the two models gets right and the other does not."""

    text: str
    wanted: str
    before: str
    after: str
    confidence: float
    source: str


@dataclass(frozen=True)
class TopicCount:
    """How many messages of a topic each model gets right; `topic` is a clause, or an outcome without one."""

    topic: str
    count: int
    before: int | None
    after: int


@dataclass(frozen=True)
class Comparison:
    """All that a comparison says. Without a live model there is nothing before, and nothing is gained or lost."""

    scores: dict[str, object]
    live_scores: dict[str, object] | None
    gates: list[Gate]
    gains: list[Verdict]
    losses: list[Verdict]
    topics: list[TopicCount]
    conversations: list[tuple[str, bool | None, bool]]


@dataclass(frozen=True)
class Answers:
    """What one model made of all messages and of all kept conversations, in their order."""

    messages: Sequence[Understood]
    conversations: Sequence[Sequence[Understood]]


def compare(
    gold: Sequence[tuple[Labelled, str]],
    kept: Sequence[KeptConversation],
    candidate: Answers,
    live: Answers | None,
    limits: Limits,
) -> Comparison:
    """Both models on the messages `gold` (each with the name of its set) and on the kept conversations."""
    labelled = [label for label, _ in gold]
    after = evaluate(_judged(labelled, candidate.messages))
    before = evaluate(_judged(labelled, live.messages)) if live else None
    scope = _refused(labelled, candidate.messages)
    topics = _topics(labelled, live.messages if live else None, candidate.messages)
    conversations = [
        (one.name, one.is_right(live.conversations[i]) if live else None, one.is_right(candidate.conversations[i]))
        for i, one in enumerate(kept)
    ]
    scores = _scores(after, scope, sum(now for _, _, now in conversations), len(kept))
    live_scores = None
    if live and before:
        live_right = sum(bool(was) for _, was, _ in conversations)
        live_scores = _scores(before, _refused(labelled, live.messages), live_right, len(kept))
    lost = [name for name, was, now in conversations if was and not now]
    gates = [
        _topic_gate(topics, limits.topic_loss),
        _least("scope_recall", limits.scope_recall, scope.share if scope.whole else 1.0),
        Gate("kept_conversations", 0, len(lost), not lost, lost[0] if lost else None),
    ]
    if before:
        gates.append(_least("outcome", before.outcome.share - limits.outcome_loss, after.outcome.share))
    gains, losses = _verdicts(gold, live.messages, candidate.messages) if live else ([], [])
    return Comparison(scores, live_scores, gates, gains, losses, topics, conversations)


def _scores(figures: Evaluation, scope: Proportion, right: int, kept: int) -> dict[str, object]:
    return {
        "outcome": round(figures.outcome.share, _DIGITS),
        "full": round(figures.full.share, _DIGITS),
        "scope_recall": round(scope.share, _DIGITS),
        "kept": {"right": right, "all": kept},
    }


def _judged(gold: Sequence[Labelled], understood: Sequence[Understood]) -> list[JudgedMessage]:
    return [JudgedMessage(g, u.predicted, u.confidence, u.intent) for g, u in zip(gold, understood)]


def _refused(gold: Sequence[Labelled], understood: Sequence[Understood]) -> Proportion:
    refused = Outcome.REFUSE.value
    return Proportion.of(u.outcome == refused for g, u in zip(gold, understood) if g.outcomes[0] == refused)


def _topics(
    gold: Sequence[Labelled], before: Sequence[Understood] | None, after: Sequence[Understood]
) -> list[TopicCount]:
    counts: Counter[str] = Counter(label.best for label in gold)
    now = _right(gold, after)
    was = _right(gold, before) if before is not None else None
    return [TopicCount(t, n, None if was is None else was[t], now[t]) for t, n in sorted(counts.items())]


def _right(gold: Sequence[Labelled], understood: Sequence[Understood]) -> Counter[str]:
    return Counter(g.best for g, u in zip(gold, understood) if fully_right(g, u.predicted))


def _topic_gate(topics: Sequence[TopicCount], limit: float) -> Gate:
    """The topic that loses the largest share decides; losses of a single message do not count."""
    lost = {t: t.before - t.after for t in topics if t.before is not None and t.before - t.after >= _LEAST_LOST}
    worst = max(lost, key=lambda t: lost[t] / t.count, default=None)
    if worst is None:
        return Gate("topic_loss", limit, 0.0, ok=True)
    share = round(lost[worst] / worst.count, _DIGITS)
    return Gate("topic_loss", limit, share, share <= limit, worst.topic)


def _least(name: str, limit: float, value: float) -> Gate:
    limit, value = round(limit, _DIGITS), round(value, _DIGITS)
    return Gate(name, limit, value, value >= limit)


def _verdicts(
    gold: Sequence[tuple[Labelled, str]], before: Sequence[Understood], after: Sequence[Understood]
) -> tuple[list[Verdict], list[Verdict]]:
    gains: list[Verdict] = []
    losses: list[Verdict] = []
    for (label, source), was, now in zip(gold, before, after):
        was_right, is_right = fully_right(label, was.predicted), fully_right(label, now.predicted)
        if was_right == is_right:
            continue
        wanted = " ".join([label.outcomes[0], *label.clauses[:1]])
        verdict = Verdict(label.text, wanted, was.name, now.name, round(now.confidence, _DIGITS), source)
        (gains if is_right else losses).append(verdict)
    return gains, losses


def cross_validation_scores(intent: float, outcome: float, full: float) -> Mapping[str, float]:
    """As `scores` keeps them."""
    return {"intent": round(intent, _DIGITS), "outcome": round(outcome, _DIGITS), "full": round(full, _DIGITS)}
