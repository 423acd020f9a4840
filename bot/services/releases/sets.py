"""What versions are compared on: evaluation sets, and messages and conversations that trainers keep."""

from __future__ import annotations

from pathlib import Path

from bot.errors import CatalogueError, TrainingDataBrokenError
from bot.helpdesk.releases.comparing import KeptConversation, KeptTurn
from bot.helpdesk.scoring import Labelled
from bot.services.kept_tests.reading import read_kept_tests
from bot.services.knowledge import ROOT
from bot.services.labelled_messages import read_labelled
from bot.services.training_data import answers_by_intent

_OWN = tuple(ROOT / "tests/data" / f"{name}.jsonl" for name in ("heldout", "customers"))


def compared_messages(project: Path) -> list[tuple[Labelled, str]]:
    """Every message with the name of its set: what the project keeps, and our own sets. Raises CatalogueError."""
    files = [*sorted((project / "data/tests").glob("*.jsonl")), *(file for file in _OWN if file.exists())]
    found: dict[str, tuple[Labelled, str]] = {}
    for file in files:
        if file.stat().st_size:
            for label in read_labelled(file):
                found.setdefault(label.text, (label, file.stem))
    return list(found.values())


def kept_conversations(project: Path) -> list[KeptConversation]:
    """The project's test stories; what a turn must come to stands in the story's metadata.

    Without metadata the intents say it. Raises CatalogueError.
    """
    try:
        kept = read_kept_tests(project, answers_by_intent(project)).conversations
    except TrainingDataBrokenError as error:
        raise CatalogueError(str(error)) from error
    return [
        KeptConversation(
            one.name, tuple(KeptTurn(turn.text, turn.outcome, turn.clauses, turn.intent) for turn in one.turns)
        )
        for one in kept
    ]
