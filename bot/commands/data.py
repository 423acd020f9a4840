"""`helpdesk data check`: what may be wrong with the training sentences, with file and line."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.commands.cross_validation import out_of_fold_guesses
from bot.commands.progress import report_progress
from bot.errors import CatalogueError
from bot.helpdesk.data_check import (
    Copies,
    Leak,
    PersonalData,
    ThinTopic,
    copies_of,
    leaks,
    near_copies_across,
    personal_data,
    thin_topics,
)
from bot.helpdesk.label_check import CrossValidation, judge
from bot.helpdesk.training_sentences import TrainingSentence
from bot.project import project_folder
from bot.services.knowledge import Knowledge
from bot.services.training_data import (
    answers_by_intent,
    evaluation_files,
    read_evaluation_messages,
    read_training_sentences,
)


@dataclass(frozen=True)
class Report:
    """All findings; `cross_validation` is None when it was not asked for."""

    sentences: int
    intents: int
    against: list[str]
    copies: list[Copies]
    near_copies: list[Copies]
    leaks: list[Leak]
    thin_topics: list[ThinTopic]
    personal_data: list[PersonalData]
    cross_validation: CrossValidation | None

    @property
    def is_sound(self) -> bool:
        """No sentence in two intents and none from an evaluation file; the rest is advice."""
        return not self.leaks and not any(found.across for found in self.copies)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("data", help="check the training sentences")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    action = actions.add_parser(
        "check", help="copies, leaks, thin topics, doubtful labels, personal data; exit status 1 on copies or leaks"
    )
    action.add_argument("--json", action="store_true", help="one JSON object instead of text")
    action.add_argument(
        "--against",
        action="append",
        nargs="+",
        type=Path,
        metavar="FILE.jsonl",
        help="evaluation files that must not be in the training data (default: our own, and data/tests)",
    )
    action.add_argument(
        "--no-cross-validation", action="store_true", help="leave out the doubtful labels, which take minutes"
    )
    action.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the report; 1 when it is not sound."""
    files = [file for group in arguments.against or [] for file in group]
    report = check(project_folder(), files, cross_validate=not arguments.no_cross_validation)
    print(json.dumps(as_json(report), ensure_ascii=False, indent=1) if arguments.json else describe(report))
    return 0 if report.is_sound else 1


def check(root: Path, against: Sequence[Path] = (), *, cross_validate: bool = True) -> Report:
    """The report on data/nlu below `root`, against the files given, else our own that exist and what trainers keep."""
    sentences = read_training_sentences(root)
    files = list(against) or evaluation_files(root)
    messages = [message for file in files for message in read_evaluation_messages(file)]
    topics = [clause.topic for clause in Knowledge.load(root).clauses]
    report_progress(f"{len(sentences)} sentences: looking for copies")
    copies, near = copies_of(sentences), near_copies_across(sentences)
    report_progress(f"{len(messages)} evaluation messages: looking for leaks")
    return Report(
        sentences=len(sentences),
        intents=len({sentence.intent for sentence in sentences}),
        against=[str(file) for file in files],
        copies=copies,
        near_copies=near,
        leaks=leaks(sentences, messages),
        thin_topics=thin_topics(sentences, topics),
        personal_data=list(personal_data(sentences)),
        cross_validation=_cross_validate(sentences, root) if cross_validate else None,
    )


def _cross_validate(sentences: Sequence[TrainingSentence], root: Path) -> CrossValidation:
    try:
        guesses = out_of_fold_guesses(sentences)
    except CatalogueError as error:
        raise CatalogueError(f"{error}; see --no-cross-validation") from error
    return judge(sentences, guesses, answers_by_intent(root))


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain data, with the verdict."""
    return {"sound": report.is_sound, **asdict(report)}


def describe(report: Report) -> str:
    """The report as text: what must be mended first, advice after it."""
    across = [found for found in report.copies if found.across]
    within = [found for found in report.copies if not found.across]
    against = ", ".join(report.against) or "no file"
    lines = [f"{report.sentences} sentences in {report.intents} intents, against {against}"]
    lines += _section("MEND: the same sentence in two intents", [_copies(found) for found in across])
    lines += _section("MEND: evaluation messages among the sentences", [_leak(leak) for leak in report.leaks])
    lines += _section("nearly the same sentence in two intents", [_copies(found) for found in report.near_copies])
    lines += _section("the same sentence twice in one intent", [_copies(found) for found in within])
    lines += _section(
        "clause topics with few sentences", [f"  {topic.intent}: {topic.sentences}" for topic in report.thin_topics]
    )
    lines += _section("personal data", [f"  {found.sentence.place}  {found.masked}" for found in report.personal_data])
    if report.cross_validation:
        lines += _labels(report.cross_validation)
    verdict = "sound" if report.is_sound else "NOT SOUND: mend what is marked MEND"
    return "\n".join([*lines, "", verdict])


def _section(title: str, found: Sequence[str]) -> list[str]:
    return ["", f"{title}: {len(found)}", *found]


def _copies(copies: Copies) -> str:
    first, second = copies.first, copies.second
    likeness = "exact" if copies.exact else f"{copies.similarity:.2f}"
    return (
        f"  {likeness}  {first.place} ({first.intent})  {first.text}\n"
        f"  {'':{len(likeness)}}  {second.place} ({second.intent})  {second.text}"
    )


def _leak(leak: Leak) -> str:
    likeness = "exact" if leak.exact else f"{leak.similarity:.2f}"
    return (
        f"  {likeness}  {leak.sentence.place} ({leak.sentence.intent})  {leak.sentence.text}\n"
        f"  {'':{len(likeness)}}  {leak.message.place}  {leak.message.text}"
    )


def _labels(result: CrossValidation) -> list[str]:
    weakest = [
        f"  {one.accuracy:.3f}  {one.intent} ({one.sentences} sentences)"
        + (f", mostly taken for {one.taken_for}" if one.taken_for else "")
        for one in result.weakest
    ]
    worst = [
        f"  {suspect.sentence.place}  {suspect.sentence.intent} {suspect.guess.label_probability:.2f}"
        f" -> {suspect.guess.intent} {suspect.guess.probability:.2f}  {suspect.sentence.text}"
        for suspect in result.worst
    ]
    return [
        "",
        f"cross-validated: intent {result.intent:.3f}  outcome {result.outcome:.3f}  outcome+clause {result.full:.3f}",
        "",
        "weakest intents:",
        *weakest,
        "",
        f"doubtful labels: {result.suspects}, the worst {len(worst)}:",
        *worst,
    ]
