"""The company's own files in a folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.project import CODE, project_folder
from bot.services.knowledge import Knowledge
from bot.services.training_data import answers_by_intent, read_training_sentences
from bot.settings import Settings
from bot.supervisor.settings import SupervisorSettings
from bot.training import data_digest, frame_fingerprint, training_fingerprint


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "company"
    project.mkdir()
    for name in ("config.yml", "domain.yml"):
        shutil.copy(CODE / name, project)
    shutil.copytree(CODE / "data", project / "data")
    monkeypatch.setenv("HELPDESK_PROJECT", str(project))
    return project


def test_without_the_variable_it_is_the_folder_of_the_code() -> None:
    assert project_folder({}) == CODE == Settings.from_env({}).project == SupervisorSettings.from_env({}).project


def test_a_relative_one_lies_below_the_code() -> None:
    assert project_folder({"HELPDESK_PROJECT": "x/y"}) == CODE / "x/y"
    assert Settings.from_env({"HELPDESK_PROJECT": "x/y"}).price_list == CODE / "x/y/data/desk/harga.yml"


def test_what_is_read_comes_from_there(project: Path) -> None:
    """Sentences, answers and clauses: the files of the code stay as they are."""
    assert data_digest(project) == data_digest(CODE)
    shutil.rmtree(project / "data/nlu")
    (project / "data/nlu").mkdir()
    (project / "data/nlu/a.yml").write_text('version: "3.1"\nnlu:\n- intent: salam\n  examples: |\n    - halo dunia\n')
    assert [sentence.text for sentence in read_training_sentences()] == ["halo dunia"]
    clauses = project / "data/policy/clauses.yml"
    title = next(iter(Knowledge.load(CODE).clauses)).title
    clauses.write_text(clauses.read_text(encoding="utf-8").replace(title, "Judul kami", 1), encoding="utf-8")
    assert "Judul kami" in {clause.title for clause in Knowledge.load().clauses}
    assert answers_by_intent() == answers_by_intent(CODE)


def test_edits_of_data_are_told_from_edits_of_the_frame(project: Path) -> None:
    """A model of another frame may not load any more; one of other data does."""
    before = training_fingerprint(project), data_digest(project), frame_fingerprint(project)
    with (project / "data/nlu/salam.yml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    edited = training_fingerprint(project), data_digest(project), frame_fingerprint(project)
    assert [a == b for a, b in zip(before, edited)] == [False, False, True]
    with (project / "config.yml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    configured = training_fingerprint(project), data_digest(project), frame_fingerprint(project)
    assert [a == b for a, b in zip(edited, configured)] == [False, True, False]
