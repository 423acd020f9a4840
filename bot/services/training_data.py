"""The training data as files: the sentences with their lines, and what the bot makes of each intent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from bot.errors import CatalogueError, TrainingDataBrokenError
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.data_check import OWN_LEAK, EvaluationMessage
from bot.helpdesk.scoring import Predicted
from bot.helpdesk.training_sentences import TrainingSentence, parse_sentences
from bot.project import project_folder
from bot.services.kept_tests.message_file import MESSAGE_FILE
from bot.services.kept_tests.story_file import STORY_FILE, texts_with_lines
from bot.services.knowledge import ROOT, Knowledge
from bot.text.similarity import NEAR_COPY

_OWN_NAMES = (
    "heldout",
    "customers",
    "newcomers",
    "strangers",
    "latecomers",
    "visitors",
    "passersby",
    "hurried",
    "two_requests",
)
_OWN = tuple(ROOT / "tests/data" / f"{name}.jsonl" for name in _OWN_NAMES)
# The last is there only where the project is developed.
OWN_EVALUATION_FILES = (*_OWN, ROOT.parent / "shared/sample_messages.jsonl")
# What trainers keep as tests; nothing while they have kept none.
KEPT_FILES = (MESSAGE_FILE, STORY_FILE)


def evaluation_files(root: Path | None = None) -> list[Path]:
    """Our own files of evaluation messages, and what trainers keep in the project, as far as they are there."""
    root = root or project_folder()
    return [file for file in (*OWN_EVALUATION_FILES, *(root / name for name in KEPT_FILES)) if file.exists()]


def read_training_sentences(root: Path | None = None) -> list[TrainingSentence]:
    """All sentences of data/nlu below the project `root`, by file and line. Raises CatalogueError naming the file."""
    root = root or project_folder()
    found: list[TrainingSentence] = []
    folder = root / "data/nlu"
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".yml", ".yaml"}):
        name = path.relative_to(root).as_posix()
        # The round-trip loader is the one that keeps lines.
        data = _load(path, name, kind="rt")
        if not isinstance(data, dict) or not isinstance(data.get("nlu"), list):
            raise CatalogueError(f"{name} has no list `nlu`")
        found += parse_sentences(data, [_line_below_examples(entry) for entry in data["nlu"]], name)
    return found


def answers_by_intent(root: Path | None = None) -> dict[str, Predicted]:
    """Outcome and clauses of a first message by its intent: from the fixed reply, else from the clause of the topic.

    What has neither is answered by a question back.
    """
    root = root or project_folder()
    domain = _load(root / "domain.yml", "domain.yml", kind="safe")
    clauses = {clause.topic: clause.id for clause in Knowledge.load(root).clauses}
    answers = {}
    for intent in domain["intents"]:
        if fixed := domain["responses"].get(f"utter_{intent}"):
            about = fixed[0]["metadata"]
            answers[intent] = Predicted(about["outcome"], tuple(about["clauses"]))
        elif intent in clauses:
            answers[intent] = Predicted(Outcome.ANSWER.value, (clauses[intent],))
        else:
            answers[intent] = Predicted(Outcome.CLARIFY.value, ())
    return answers


def entity_types(root: Path | None = None) -> list[str]:
    """The names of the domain's entities, in its order. Raises CatalogueError."""
    domain = _load((root or project_folder()) / "domain.yml", "domain.yml", kind="safe")
    # One with roles or groups is a mapping of its name.
    entries = [[entry] if isinstance(entry, str) else list(entry) for entry in domain.get("entities") or ()]
    return [name for names in entries for name in names]


def fallback_threshold(root: Path | None = None) -> float:
    """The confidence below which the bot asks back, as config.yml ships it. Raises CatalogueError."""
    root = root or project_folder()
    for component in _load(root / "config.yml", "config.yml", kind="safe")["pipeline"]:
        if component["name"].endswith("IndonesianFallback"):
            return float(component["threshold"])
    raise CatalogueError("config.yml has no IndonesianFallback")


def read_evaluation_messages(file: Path) -> list[EvaluationMessage]:
    """The messages of a JSON lines file, or of Rasa's test stories, with their lines.

    Raises CatalogueError naming the line that cannot be read.
    """
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error
    name = _short_name(file)
    ours = file.resolve() in {own.resolve() for own in _OWN} or file.as_posix().endswith(KEPT_FILES)
    threshold = OWN_LEAK if ours else NEAR_COPY
    if file.suffix in {".yml", ".yaml"}:
        return [EvaluationMessage(text, name, line, threshold) for line, text in _said_in_stories(content, name)]
    messages = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f"{name}:{number}: not a JSON object with text") from error
        messages.append(EvaluationMessage(str(text), name, number, threshold))
    return messages


def _said_in_stories(content: str, name: str) -> list[tuple[int, str]]:
    try:
        return texts_with_lines(content)
    except TrainingDataBrokenError as error:
        raise CatalogueError(f"{name}:{error.data.get('line') or 1}: not Rasa's test stories") from error


def _short_name(file: Path) -> str:
    resolved = file.resolve()
    return resolved.relative_to(ROOT).as_posix() if resolved.is_relative_to(ROOT) else str(file)


def _line_below_examples(entry: Any) -> int:
    """Counted from 1; the loader counts from 0 and gives the line of `examples: |` itself."""
    return int(entry.lc.value("examples")[0]) + 2 if isinstance(entry, CommentedMap) and "examples" in entry else 0


def _load(path: Path, name: str, *, kind: str) -> Any:
    try:
        return YAML(typ=kind).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise CatalogueError(f"{name} cannot be read: {error}") from error
