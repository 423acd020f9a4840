"""The two projects that are compared, each in a folder of its own: a copy of ours, and what `rasa init` writes."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.helpdesk.training_sentences import TrainingSentence

_OURS = ("actions", "bot", "data", "deploy", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "static")
_TRACKER_STORE = re.compile(r"^tracker_store:.*\n(?:(?:[ #].*)?\n)*", re.MULTILINE)
_HEADER = 'version: "3.1"\n\nnlu:\n'


@dataclass(frozen=True)
class StockConfiguration:
    """What a fresh `rasa init` project trains with, as the installed package has it."""

    language: str
    pipeline: list[dict[str, Any]]
    policies: list[dict[str, Any]]

    @classmethod
    def read(cls) -> StockConfiguration:
        """The template's config.yml; what it leaves empty Rasa fills from its default configuration."""
        template = _load(template_folder() / "config.yml")
        default = _load(_rasa_folder() / "engine/recipes/config_files/default_config.yml")
        return cls(
            language=template["language"],
            pipeline=template["pipeline"] or default["pipeline"],
            policies=template["policies"] or default["policies"],
        )

    def describe(self) -> str:
        """The components in order, with their epochs."""
        return ", ".join(
            component["name"] + (f" ({component['epochs']} epochs)" if "epochs" in component else "")
            for component in (*self.pipeline, *self.policies)
        )


def template_folder() -> Path:
    """The project that `rasa init` copies."""
    return _rasa_folder() / "cli/initial_project"


def build_ours(root: Path, folder: Path, sentences: Iterable[TrainingSentence]) -> None:
    """A copy of the project below `root` with other sentences, and with its tracker in memory as in the template."""
    folder.mkdir(parents=True)
    for name in _OURS:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_NOT_COPIED)
        else:
            shutil.copy2(source, folder / name)
    write_sentences(folder, sentences)
    endpoints = folder / "deploy/rasa/endpoints.yml"
    # As text: Rasa, where it is loaded, makes every YAML reader of the process fill in environment variables.
    endpoints.write_text(_TRACKER_STORE.sub("", endpoints.read_text(encoding="utf-8")), encoding="utf-8")


def build_stock(root: Path, folder: Path, sentences: Iterable[TrainingSentence]) -> None:
    """The template's configuration, endpoints and credentials as they are, with our domain, rules and stories."""
    shutil.copytree(template_folder(), folder, ignore=shutil.ignore_patterns("__pycache__", "data", "tests", "actions"))
    shutil.copy2(root / "domain.yml", folder / "domain.yml")
    for name in ("rules", "stories"):
        shutil.copytree(root / "data" / name, folder / "data" / name)
    write_sentences(folder, sentences)


def write_sentences(folder: Path, sentences: Iterable[TrainingSentence]) -> None:
    """Makes `sentences` the whole of data/nlu, one file an intent."""
    target = folder / "data/nlu"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    by_intent = sorted(sentences, key=lambda sentence: sentence.intent)
    for intent, group in groupby(by_intent, key=lambda sentence: sentence.intent):
        text = nlu_file(intent, [sentence.text for sentence in group])
        (target / f"{intent}.yml").write_text(text, encoding="utf-8")


def nlu_file(intent: str, texts: Sequence[str]) -> str:
    """Rasa's file of one intent."""
    lines = "".join(f"    - {text}\n" for text in texts)
    return f"{_HEADER}- intent: {intent}\n  examples: |\n{lines}"


def _rasa_folder() -> Path:
    # Found, not imported: importing Rasa takes seconds and hundreds of megabytes.
    found = importlib.util.find_spec("rasa")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("Rasa is not installed: run `make env`")
    return Path(found.submodule_search_locations[0])


def _load(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
