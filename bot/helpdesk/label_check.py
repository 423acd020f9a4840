"""What cross-validation says about the labels: how often a model that has not seen a sentence agrees with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.helpdesk.scoring import Labelled, Predicted, score
from bot.helpdesk.training_sentences import TrainingSentence

# From this probability of another intent on a label is worth a look.
SUSPECT = 0.5
WORST = 50
WEAKEST = 10


@dataclass(frozen=True)
class Guess:
    """What a model trained without a sentence makes of it: the likeliest intent, its probability and the label's."""

    intent: str
    probability: float
    label_probability: float


@dataclass(frozen=True)
class Suspect:
    """A sentence that a model trained without it would put elsewhere."""

    sentence: TrainingSentence
    guess: Guess


@dataclass(frozen=True)
class IntentAccuracy:
    """The share of an intent's sentences that are recognised, and what the others are mostly taken for."""

    intent: str
    sentences: int
    accuracy: float
    taken_for: str


@dataclass(frozen=True)
class CrossValidation:
    """Shares between 0 and 1; `suspects` counts them all, `worst` holds the most doubtful."""

    intent: float
    outcome: float
    full: float
    weakest: list[IntentAccuracy]
    suspects: int
    worst: list[Suspect]


def answer_to(intent: str, answers: Mapping[str, Predicted]) -> Predicted:
    """What the bot makes of an intent; of one that the domain does not know, nothing that equals anything else."""
    return answers.get(intent) or Predicted(intent, ())


def as_labelled(sentence: TrainingSentence, answers: Mapping[str, Predicted]) -> Labelled:
    """A training sentence as a message to score on."""
    answer = answer_to(sentence.intent, answers)
    return Labelled(sentence.text, (answer.outcome,), answer.clauses)


def judge(
    sentences: Sequence[TrainingSentence], guesses: Sequence[Guess], answers: Mapping[str, Predicted]
) -> CrossValidation:
    """Compare labels with out-of-fold guesses given in the same order; `answers` is what the bot makes of an intent."""
    pairs = list(zip(sentences, guesses))
    suspects = [Suspect(s, g) for s, g in pairs if g.intent != s.intent and g.probability >= SUSPECT]
    suspects.sort(key=lambda suspect: -suspect.guess.probability)
    gold = [as_labelled(sentence, answers) for sentence in sentences]
    result = score(gold, [answer_to(guess.intent, answers) for guess in guesses])
    return CrossValidation(
        intent=sum(g.intent == s.intent for s, g in pairs) / max(1, len(pairs)),
        outcome=result.outcome,
        full=result.full,
        weakest=_by_intent(pairs)[:WEAKEST],
        suspects=len(suspects),
        worst=suspects[:WORST],
    )


def _by_intent(pairs: Sequence[tuple[TrainingSentence, Guess]]) -> list[IntentAccuracy]:
    """All intents, the weakest first."""
    guessed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence, guess in pairs:
        guessed[sentence.intent][guess.intent] += 1
    found = []
    for intent, counts in guessed.items():
        others = Counter({other: count for other, count in counts.items() if other != intent})
        taken_for = others.most_common(1)[0][0] if others else ""
        found.append(IntentAccuracy(intent, counts.total(), counts[intent] / counts.total(), taken_for))
    return sorted(found, key=lambda one: (one.accuracy, one.intent))
