"""`helpdesk evaluate`: scores the trained assistant on labelled messages and draws what there is to see."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bot.commands.assistant import Answered, answer_each
from bot.commands.cross_validation import out_of_fold_guesses
from bot.commands.learning_curve import OWN_FIFTH, describe_curves, learning_curves
from bot.commands.progress import report_progress
from bot.errors import HelpdeskError
from bot.helpdesk.evaluation import Evaluation, Judged, evaluate
from bot.helpdesk.label_check import CrossValidation, answer_to, as_labelled, judge
from bot.helpdesk.scoring import Labelled, Predicted
from bot.project import project_folder
from bot.services.knowledge import ROOT, Knowledge
from bot.services.labelled_messages import read_labelled
from bot.services.training_data import answers_by_intent, fallback_threshold, read_training_sentences
from bot.settings import Settings

_OWN_SET = ROOT / "tests/data/heldout.jsonl"
# Answers texts in their order with what lies in a home.
Answerer = Callable[[Iterable[str], Path], Iterator[Answered]]


class OutputError(HelpdeskError):
    """The folder for the pictures cannot be made."""

    code = "output_unusable"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("evaluate", help="score the assistant on labelled messages, with pictures")
    parser.add_argument(
        "file", nargs="?", type=Path, default=_OWN_SET, help="JSON lines with text, outcome, clauses; default: our own"
    )
    parser.add_argument(
        "--pictures",
        type=Path,
        metavar="FOLDER",
        help="where pictures, page and errors go (default: HELPDESK_HOME/evaluation/NAME)",
    )
    parser.add_argument(
        "--cross-validate",
        action="store_true",
        help="also report five-fold cross-validation on our own sentences, which takes minutes",
    )
    parser.add_argument(
        "--learning-curve",
        action="store_true",
        help="train on growing shares of the sentences instead, and draw learning-curve.png",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, answer: Answerer = answer_each) -> int:
    """Print the figures and write the folder."""
    gold = read_labelled(arguments.file)
    home = Settings.from_env().home
    if arguments.learning_curve:
        return _learning_curve(gold, arguments.file.name, _made(arguments.pictures or home / "evaluation"))
    folder = _made(arguments.pictures or home / "evaluation" / arguments.file.stem)
    # Imported here: drawing takes half a second to load, and other commands do without it.
    from bot.reports.folder import write_folder
    from bot.reports.report import OwnSentences, Report
    from bot.reports.text import describe

    report = Report(
        name=arguments.file.name,
        file=evaluate(list(judged_by(answer, gold, home))),
        own=OwnSentences(*_cross_validate()) if arguments.cross_validate else None,
        threshold=fallback_threshold(),
        titles={clause.id: clause.title for clause in Knowledge.load().clauses},
    )
    print(describe(report))
    page = write_folder(report, folder)
    print(f"\npictures and worst errors: {folder}\npage: {page}")
    return 0


def judged_by(answer: Answerer, gold: Sequence[Labelled], home: Path) -> Iterator[Judged]:
    """What the assistant makes of each message."""
    for number, (labelled, answered) in enumerate(zip(gold, answer((g.text for g in gold), home)), start=1):
        predicted = Predicted(answered.outcome, tuple(answered.clauses))
        yield Judged(labelled, predicted, answered.confidence, answered.intent or "")
        if number % 100 == 0:
            report_progress(f"{number}/{len(gold)} messages")


def _cross_validate() -> tuple[Evaluation, CrossValidation]:
    sentences = read_training_sentences()
    answers = answers_by_intent()
    guesses = out_of_fold_guesses(sentences)
    judged = [
        Judged(as_labelled(sentence, answers), answer_to(guess.intent, answers), guess.probability, guess.intent)
        for sentence, guess in zip(sentences, guesses)
    ]
    return evaluate(judged), judge(sentences, guesses, answers)


def _learning_curve(gold: Sequence[Labelled], name: str, folder: Path) -> int:
    from bot.reports.learning_curve import draw_curves
    from bot.reports.wording import OWN_SENTENCES_FIFTH

    curves = learning_curves(project_folder(), gold, name)
    print(describe_curves(curves))
    picture = folder / "learning-curve.png"
    draw_curves({OWN_SENTENCES_FIFTH if name == OWN_FIFTH else name: curves[name] for name in curves}, picture)
    print(f"learning curve: {picture}")
    return 0


def _made(folder: Path) -> Path:
    """The folder, made before minutes are spent on what goes into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}") from error
    return folder
