"""What trainers keep as tests, read from the project folder, and what the bot does after each intent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import CatalogueError
from bot.helpdesk.kept_tests import KeptConversation, KeptMessage
from bot.helpdesk.scoring import Predicted
from bot.services.kept_tests.message_file import MESSAGE_FILE, messages_of
from bot.services.kept_tests.story_file import STORY_FILE, Steps, conversations_of
from bot.services.knowledge import read_yaml

RULE_FILE = "data/rules/rules.yml"


@dataclass(frozen=True)
class KeptTests:
    """All of them, in the order of the files."""

    messages: tuple[KeptMessage, ...]
    conversations: tuple[KeptConversation, ...]


def read_kept_tests(root: Path, answers: Mapping[str, Predicted]) -> KeptTests:
    """`answers`: what a story without metadata expects, by intent. Raises TrainingDataBrokenError, CatalogueError."""
    return KeptTests(
        tuple(messages_of(read_project_file(root, MESSAGE_FILE))),
        tuple(conversations_of(read_project_file(root, STORY_FILE), answers)),
    )


def steps_by_intent(root: Path) -> Steps:
    """The steps that the rules say follow an intent. Raises CatalogueError."""
    steps: dict[str, list[Mapping[str, Any]]] = {}
    for rule in read_yaml(root / RULE_FILE).get("rules") or []:
        first, *rest = rule.get("steps") or [{}]
        if first.get("intent") and "condition" not in rule:
            steps.setdefault(first["intent"], rest)
    return steps


def read_project_file(root: Path, name: str) -> str:
    """Line ends as they are; empty where there is none. Raises CatalogueError naming it."""
    try:
        return (root / name).read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{name} cannot be read: {error}") from error
