"""A training of ours: the model loads, the cache is used as by Rasa, mistakes in the files are told."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.shared.exceptions import RasaException

from bot.nlu.training_graph import TrainingDataError, train
from tests.nlu.components.tiny_assistant import write_project

pytestmark = pytest.mark.rasa

_COMPONENTS = ("SentenceEncoderFeaturizer", "IndonesianIntentClassifier", "IndonesianFallback", "RulePolicy")


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with our importer, and a cache of its own."""
    write_project(tmp_path)
    with (tmp_path / "config.yml").open("a", encoding="utf-8") as config:
        config.write("importers:\n  - name: bot.nlu.importer.IndonesianImporter\n")
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path / "cache"))
    # Rules apart from sentences, as in our data.
    nlu, rules = (tmp_path / "data.yml").read_text(encoding="utf-8").split("rules:\n")
    (tmp_path / "nlu.yml").write_text(nlu, encoding="utf-8")
    (tmp_path / "rules.yml").write_text(f'version: "3.1"\nrules:\n{rules}', encoding="utf-8")
    (tmp_path / "data.yml").unlink()
    return tmp_path


def _train(project: Path, name: str = "model") -> Path:
    archive = project / "models" / f"{name}.tar.gz"
    data = [str(path) for path in (project / "nlu.yml", project / "rules.yml") if path.exists()]
    train(str(project / "config.yml"), str(project / "domain.yml"), data, archive)
    return archive


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


async def test_the_model_answers(project: Path) -> None:
    agent = Agent.load(str(_train(project)))
    parsed = await agent.parse_message("makasih kak")
    assert parsed["intent"]["name"] == "terima_kasih"
    replies = await agent.handle_text("makasih kak")
    assert [reply["text"] for reply in replies] == ["Sama-sama"]


def test_the_archive_holds_the_components_and_nothing_of_the_sentences(project: Path) -> None:
    with tarfile.open(_train(project)) as archive:
        names = archive.getnames()
    assert "metadata.json" in names
    assert {name.split("/")[0] for name in names} == {"components", "metadata.json"}
    assert [name for name in names if name.endswith("training_data.yml")] == []


def test_only_what_changed_is_trained_anew(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    def told(name: str) -> tuple[set[str], set[str]]:
        caplog.clear()
        with caplog.at_level(logging.INFO):
            _train(project, name)
        lines = "\n".join(caplog.messages)
        trained = set(re.findall(r"Starting to train component '(\w+)'", lines))
        return trained, set(re.findall(r"Restored component '(\w+)'", lines))

    everything = set(_COMPONENTS)
    assert told("first") == (everything, set())
    assert told("same") == (set(), everything)
    _change(project / "nlu.yml", "    - makasih\n", "    - makasih\n    - tengkyu\n")
    assert told("sentence") == (everything - {"RulePolicy"}, {"RulePolicy"})
    _change(project / "rules.yml", "{action: utter_migrasi}", "{action: utter_salam}")
    trained, _ = told("rule")
    assert "RulePolicy" in trained


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("nlu.yml", "- intent: salam", "- intent: salamm", "intent 'salamm'"),
        ("rules.yml", "{intent: migrasi}", "{intent: migrasii}", "migrasii"),
        ("rules.yml", "{action: utter_migrasi}", "{action: utter_migrasii}", "utter_migrasii"),
        ("nlu.yml", "    - makasih\n", "    - halo kak\n", "halo kak"),
    ],
)
def test_a_doubtful_name_or_sentence_is_a_warning(project: Path, file: str, old: str, new: str, said: str) -> None:
    _change(project / file, old, new)
    with pytest.warns(UserWarning) as caught:
        try:
            _train(project)
        except RasaException as error:
            assert said in str(error)
    assert any(said in str(warning.message) for warning in caught)


def test_an_action_that_the_domain_lacks_ends_the_training(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(project / "rules.yml", "{action: action_yang_gagal}", "{action: action_entah}")
    with pytest.warns(UserWarning, match="action_entah"), pytest.raises(SystemExit):
        _train(project)
    assert "Project validation completed with errors" in capsys.readouterr().out


def test_rules_that_contradict_each_other_are_an_error(project: Path) -> None:
    with (project / "rules.yml").open("a", encoding="utf-8") as rules:
        rules.write("- rule: lain\n  steps: [{intent: salam}, {action: utter_migrasi}]\n")
    with pytest.raises(RasaException, match="Contradicting rules"):
        _train(project)


@pytest.mark.parametrize("missing", ["nlu.yml", "rules.yml"])
def test_without_sentences_or_rules_there_is_nothing_to_train(project: Path, missing: str) -> None:
    (project / missing).unlink()
    with pytest.raises(TrainingDataError, match="no sentences, or neither rules nor stories"):
        _train(project)


def test_a_slot_that_the_domain_lacks_is_an_error(project: Path) -> None:
    _change(project / "rules.yml", "{action: utter_migrasi}", "{slot_was_set: [{kota: bdg}]}, {action: utter_migrasi}")
    with pytest.raises(TrainingDataError, match="kota"):
        _train(project)


@pytest.mark.parametrize(
    ("broken", "status", "said"),
    [
        (False, 0, r"n-gram head was fitted ahead\n(?s:.*)Packing the model"),
        (True, 1, r"YamlSyntaxException: Failed to read '[^']*nlu\.yml'"),
    ],
)
def test_the_process_says_how_it_ended(project: Path, broken: bool, status: int, said: str) -> None:
    if broken:
        _change(project / "nlu.yml", "- intent: salam", "- intent: [salam")
    command = [sys.executable, "-m", "bot.nlu.train", "--config", "config.yml", "--domain", "domain.yml"]
    ended = subprocess.run(
        [*command, "--data", "nlu.yml", "rules.yml", "--out", "models", "--fixed-model-name", "x"],
        cwd=project,
        env={**os.environ, "HELPDESK_HOME": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    output = ended.stdout + ended.stderr
    assert ended.returncode == status, output
    assert "Started validating" in output
    assert re.search(said, output)
    assert (project / "models" / "x.tar.gz").exists() is not broken
