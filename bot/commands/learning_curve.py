"""The learning curve of `helpdesk evaluate`: would more training sentences help?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.commands.progress import report_progress
from bot.helpdesk.label_check import answer_to, as_labelled
from bot.helpdesk.learning import LearningPoint
from bot.helpdesk.scoring import Labelled, score
from bot.services.training_data import answers_by_intent, read_training_sentences

SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)
OWN_FIFTH = "a fifth of our own"


def learning_curves(root: Path, labelled: Sequence[Labelled], name: str) -> dict[str, list[LearningPoint]]:
    """One curve tested on the labelled messages, one on a fifth of our own sentences that training does not see."""
    # Imported here: the encoder and scikit-learn take seconds, and other commands do without them.
    from bot.nlu.cross_validation import fold_numbers, guesses_by_share
    from bot.nlu.sentences import Sentences

    own = read_training_sentences(root)
    answers = answers_by_intent(root)
    everything = Sentences.of([(sentence.text, sentence.intent) for sentence in own])
    messages = Sentences.of([(message.text, "") for message in labelled])
    folds = fold_numbers([sentence.intent for sentence in own], 5).tolist()
    fifth = [row for row, fold in enumerate(folds) if fold == 0]
    rest = everything.take([row for row, fold in enumerate(folds) if fold != 0])
    wanted = [as_labelled(own[row], answers) for row in fifth]

    def points(guesses: Iterable[tuple[float, int, list[str]]], gold: Sequence[Labelled]) -> Iterable[LearningPoint]:
        for share, count, intents in guesses:
            report_progress(f"learning curve: {share:.0%}, {count} sentences")
            result = score(gold, [answer_to(intent, answers) for intent in intents])
            yield LearningPoint(share, count, result.outcome, result.full)

    return {
        name: list(points(guesses_by_share(everything, messages, SHARES), labelled)),
        OWN_FIFTH: list(points(guesses_by_share(rest, everything.take(fifth), SHARES), wanted)),
    }


def describe_curves(curves: dict[str, list[LearningPoint]]) -> str:
    """The numbers as text."""
    lines = []
    for name, points in curves.items():
        lines += [f"tested on {name}:", "  share  sentences  outcome  outcome+clause"]
        lines += [f"  {p.share:>5.0%}  {p.sentences:>9}  {p.outcome:>7.3f}  {p.full:>14.3f}" for p in points]
    return "\n".join(lines)
