"""Rasa's processes without TensorFlow, and with it where a component needs it; each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bot.nlu.sparing_tensorflow import components_of_config, components_of_model, spare_tensorflow
from tests.nlu.components.tiny_assistant import write_project

pytestmark = pytest.mark.rasa

_NEURAL = """
recipe: default.v1
language: id
assistant_id: tiny
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: DIETClassifier
    epochs: 1
    random_seed: 1
policies:
  - name: RulePolicy
"""
_ANSWER = """
import asyncio, sys
from pathlib import Path
from bot.nlu.sparing_tensorflow import components_of_model, spare_tensorflow
spared = spare_tensorflow(components_of_model(Path(sys.argv[1])))
from rasa.core.agent import Agent
agent = Agent.load(sys.argv[1])
(reply,) = asyncio.run(agent.handle_text("makasih kak"))
print(spared, "tensorflow" in sys.modules, reply["text"])
"""
_RANK = """
import asyncio, sys
from pathlib import Path
from bot.nlu.sparing_tensorflow import components_of_model, spare_tensorflow
spared = spare_tensorflow(components_of_model(Path(sys.argv[1])))
from rasa.core.agent import Agent
agent = Agent.load(sys.argv[1])
parsed = asyncio.run(agent.parse_message("makasih kak"))
print(spared, "tensorflow" in sys.modules, *sorted(each["name"] for each in parsed["intent_ranking"]))
"""
_USE_HELPERS = """
import sys
from bot.nlu.sparing_tensorflow import spare_tensorflow
print(spare_tensorflow(["bot.nlu.tokenizer.IndonesianTokenizer", "RulePolicy"]))
import rasa.utils.train_utils
from rasa.utils import train_utils
print("tensorflow" in sys.modules)
print(train_utils.rank_and_mask.__module__, "tensorflow" in sys.modules)
"""
_SUBCLASS = """
from bot.nlu.sparing_tensorflow import spare_tensorflow
spare_tensorflow(["RulePolicy"])
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
class Mine(DIETClassifier): pass
"""


def _run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[3]
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd or root,
        env={**os.environ, "PYTHONPATH": str(root), "HELPDESK_HOME": str(cwd or root / "var")},
        capture_output=True,
        text=True,
        check=False,
    )


def _last_line(*arguments: str) -> str:
    ended = _run(*arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()[-1]


def _trained(project: Path) -> Path:
    command = ["-m", "bot.nlu.train", "--config", "config.yml", "--domain", "domain.yml", "--data", "data.yml"]
    ended = _run(*command, "--out", "models", "--fixed-model-name", "x", cwd=project)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return project / "models" / "x.tar.gz"


def test_a_model_of_ours_is_trained_and_answers_without_it(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert _last_line("-c", _ANSWER, str(_trained(tmp_path))) == "True False Sama-sama"


def test_a_neural_component_of_rasas_trains_and_is_served_as_ever(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "config.yml").write_text(_NEURAL, encoding="utf-8")
    model = _trained(tmp_path)
    assert "rasa.nlu.classifiers.diet_classifier.DIETClassifier" in components_of_model(model)
    # Which intent a network of one epoch takes for likeliest is chance: that it ranks them all is not.
    assert _last_line("-c", _RANK, str(model)) == "False True cara_bayar diam kasus_layanan migrasi salam terima_kasih"


def test_rasas_helpers_are_there_as_soon_as_something_is_asked_of_them() -> None:
    ended = _run("-c", _USE_HELPERS)
    assert ended.stdout.split() == ["True", "False", "rasa.utils.train_utils", "True"], ended.stderr


def test_nothing_can_be_made_of_what_was_left_out() -> None:
    ended = _run("-c", _SUBCLASS)
    assert ended.returncode == 1
    assert "DIETClassifier was left out of this process" in ended.stderr


@pytest.mark.parametrize(
    "components",
    [
        [],
        ["bot.nlu.tokenizer.IndonesianTokenizer", "DIETClassifier"],
        ["bot.nlu.tokenizer.IndonesianTokenizer", "rasa.core.policies.ted_policy.TEDPolicy"],
        ["RulePolicy", "their.own.Classifier"],
    ],
)
def test_with_any_other_component_rasa_is_left_as_it_is(components: list[str]) -> None:
    before = dict(sys.modules)
    assert spare_tensorflow(components) is False
    assert sys.modules == before


@pytest.mark.parametrize(
    ("config", "names"),
    [
        ({"pipeline": [{"name": "a.B"}], "policies": [{"name": "RulePolicy"}]}, ["a.B", "RulePolicy"]),
        ({"pipeline": [{"name": "a.B"}], "policies": None}, ["a.B"]),
        ({"pipeline": ["a.B"]}, []),
        ({"pipeline": [{"nam": "a.B"}]}, []),
        ({}, []),
    ],
)
def test_the_components_of_a_configuration(config: dict[str, object], names: list[str]) -> None:
    assert components_of_config(config) == names


def test_a_model_that_cannot_be_read_is_left_to_rasa(tmp_path: Path) -> None:
    assert components_of_model(tmp_path / "none.tar.gz") == []
    (tmp_path / "no-archive.tar.gz").write_bytes(b"x" * 2000)
    assert components_of_model(tmp_path / "no-archive.tar.gz") == []
    for number, metadata in enumerate(("{", "[]", json.dumps({"train_schema": {}}))):
        (tmp_path / "metadata.json").write_text(metadata, encoding="utf-8")
        archive = tmp_path / f"{number}.tar.gz"
        with tarfile.open(archive, "w:gz") as packed:
            packed.add(tmp_path / "metadata.json", arcname="metadata.json")
        assert components_of_model(archive) == []
        archive.write_bytes(archive.read_bytes()[:40])
        assert components_of_model(archive) == []
