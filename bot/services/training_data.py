"""The training data as files: the sentences with their lines, and what the bot makes of each intent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from bot.errors import CatalogueError
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.data_check import OWN_LEAK, EvaluationMessage
from bot.helpdesk.scoring import Predicted
from bot.helpdesk.training_sentences import TrainingSentence, parse_sentences
from bot.services.knowledge import ROOT, Knowledge
from bot.text.similarity import NEAR_COPY

_OWN = tuple(ROOT / "tests/data" / f"{name}.jsonl" for name in ("heldout", "customers", "two_requests"))
# The last is there only where the project is developed.
OWN_EVALUATION_FILES = (*_OWN, ROOT.parent / "shared/sample_messages.jsonl")


def read_training_sentences(root: Path = ROOT) -> list[TrainingSentence]:
    """All sentences of data/nlu below `root`, by file and line. Raises CatalogueError naming the file."""
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


def answers_by_intent(root: Path = ROOT) -> dict[str, Predicted]:
    """Outcome and clauses of a first message by its intent: from the fixed reply, else from the clause of the topic.

    What has neither is answered by a question back.
    """
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


def fallback_threshold(root: Path = ROOT) -> float:
    """The confidence below which the bot asks back, as config.yml ships it. Raises CatalogueError."""
    for component in _load(root / "config.yml", "config.yml", kind="safe")["pipeline"]:
        if component["name"].endswith("IndonesianFallback"):
            return float(component["threshold"])
    raise CatalogueError("config.yml has no IndonesianFallback")


def read_evaluation_messages(file: Path) -> list[EvaluationMessage]:
    """The messages of a JSON lines file with their lines. Raises CatalogueError naming the line that cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error
    name = _short_name(file)
    threshold = OWN_LEAK if file.resolve() in {own.resolve() for own in _OWN} else NEAR_COPY
    messages = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f"{name}:{number}: not a JSON object with text") from error
        messages.append(EvaluationMessage(str(text), name, number, threshold))
    return messages


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
