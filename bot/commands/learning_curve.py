"""The learning curve of `helpdesk evaluate`: would more training sentences help?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.helpdesk.label_check import answer_to, as_labelled
from bot.helpdesk.scoring import Labelled, score
from bot.services.training_data import answers_by_intent, read_training_sentences

SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)


@dataclass(frozen=True)
class Point:
    """Accuracies after training on a share of every intent's sentences."""

    share: float
    sentences: int
    outcome: float
    full: float


def learning_curves(root: Path, labelled: Sequence[Labelled], name: str) -> dict[str, list[Point]]:
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

    def points(guesses: Iterable[tuple[float, int, list[str]]], gold: Sequence[Labelled]) -> Iterable[Point]:
        for share, count, intents in guesses:
            sys.stderr.write(f"learning curve: {share:.0%}, {count} sentences\n")
            result = score(gold, [answer_to(intent, answers) for intent in intents])
            yield Point(share, count, result.outcome, result.full)

    return {
        name: list(points(guesses_by_share(everything, messages, SHARES), labelled)),
        "a fifth of our own": list(points(guesses_by_share(rest, everything.take(fifth), SHARES), wanted)),
    }


def describe_curves(curves: dict[str, list[Point]]) -> str:
    """The numbers as text."""
    lines = []
    for name, points in curves.items():
        lines += [f"tested on {name}:", "  share  sentences  outcome  outcome+clause"]
        lines += [f"  {p.share:>5.0%}  {p.sentences:>9}  {p.outcome:>7.3f}  {p.full:>14.3f}" for p in points]
    return "\n".join(lines)


def draw_curves(curves: dict[str, list[Point]], file: Path) -> None:
    """Write the curves as a PNG: solid outcome+clause, dashed outcome."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 5))
    for name, points in curves.items():
        counts = [point.sentences for point in points]
        [line] = axes.plot(counts, [point.full for point in points], marker="o", label=f"outcome+clause, {name}")
        axes.plot(
            counts,
            [point.outcome for point in points],
            linestyle="--",
            marker=".",
            color=line.get_color(),
            label=f"outcome, {name}",
        )
    axes.set(xlabel="training sentences", ylabel="accuracy", title="Learning curve")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110)
    plt.close(figure)
