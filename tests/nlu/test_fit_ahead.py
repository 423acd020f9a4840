"""The n-gram head that is fitted ahead of a training, in a process of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu import fit_ahead as module
from bot.nlu.fit_ahead import CLASSIFIER, fit_ahead, fitted_ahead
from bot.nlu.intent_model import IntentModel, IntentModelConfig, ngram_task
from bot.nlu.ngram_head import NgramTask
from bot.nlu.words import normal_forms

# Each test starts a process that loads what a training needs.
pytestmark = pytest.mark.slow

_EXAMPLES = {
    "salam": ["Halo kak!", "permisi: mau tanya", "pagi min"],
    "migrasi": ["bisa pindah ke sini?", "pindahin hosting sy dong", "migrasi gratis gak"],
    "cara_bayar": ["byr pake QRIS bs?", "transfer ke rek mana", "cara bayarnya gmn"],
}
_TEXTS = [text for texts in _EXAMPLES.values() for text in texts]
_LABELS = [intent for intent, texts in _EXAMPLES.items() for _ in texts]


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    lines = ['version: "3.1"', "nlu:"]
    for intent, texts in _EXAMPLES.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    (tmp_path / "nlu.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "config.yml").write_text(f"pipeline:\n- name: a.Tokenizer\n- name: {CLASSIFIER}\n", encoding="utf-8")
    return tmp_path


def _arguments(project: Path) -> tuple[str, list[str]]:
    return str(project / "config.yml"), [str(project / "nlu.yml")]


def _task(config: IntentModelConfig | None = None) -> NgramTask:
    return ngram_task(normal_forms(_TEXTS), _LABELS, config or IntentModelConfig())


def test_the_model_is_the_one_that_is_fitted_without_it(project: Path) -> None:
    vectors = np.random.default_rng(1).normal(size=(len(_TEXTS), 6)).astype(np.float32)
    texts = normal_forms(_TEXTS)
    taken = []

    def begun(task: NgramTask) -> object:
        taken.append(fitted_ahead(task))
        return taken[-1]

    with fit_ahead(*_arguments(project)):
        ahead = IntentModel.train(texts, vectors, _LABELS, begun=begun)  # type: ignore[arg-type]
    alone = IntentModel.train(texts, vectors, _LABELS)
    assert taken != [None]
    assert ahead.calibration == alone.calibration
    assert (ahead.probabilities(texts, vectors) == alone.probabilities(texts, vectors)).all()
    ahead.save(project)
    assert (IntentModel.load(project).probabilities(texts, vectors) == alone.probabilities(texts, vectors)).all()


def test_the_settings_of_the_classifier_are_those_of_the_configuration(project: Path) -> None:
    with (project / "config.yml").open("a", encoding="utf-8") as config:
        config.write("  regularisation: 0.25\n")
    with fit_ahead(*_arguments(project)):
        assert fitted_ahead(_task(IntentModelConfig(regularisation=0.25))) is not None
    with fit_ahead(*_arguments(project)):
        assert fitted_ahead(_task()) is None


def test_other_sentences_are_fitted_by_the_training(project: Path) -> None:
    with (project / "nlu.yml").open("a", encoding="utf-8") as sentences:
        sentences.write("    - satu lagi\n")
    with fit_ahead(*_arguments(project)):
        assert fitted_ahead(_task()) is None


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("nlu.yml", "nlu: ["),
        ("nlu.yml", "nlu: []\n"),
        ("config.yml", "pipeline: ["),
        ("config.yml", "pipeline:\n- name: WhitespaceTokenizer\n"),
        ("config.yml", f"pipeline:\n- name: {CLASSIFIER}\n- name: {CLASSIFIER}\n"),
        ("config.yml", f"pipeline:\n- name: {CLASSIFIER}\n  regularisation: much\n"),
    ],
)
def test_faults_are_left_to_the_training(project: Path, file: str, content: str) -> None:
    (project / file).write_text(content, encoding="utf-8")
    with fit_ahead(*_arguments(project)):
        assert fitted_ahead(_task()) is None


def test_a_process_that_dies_leaves_the_fit_to_the_training(project: Path) -> None:
    with fit_ahead(*_arguments(project)):
        assert module._at_work is not None
        module._at_work._process.kill()
        assert fitted_ahead(_task()) is None


def test_nothing_is_left_behind(project: Path) -> None:
    with pytest.raises(RuntimeError), fit_ahead(*_arguments(project)):
        work = module._at_work
        raise RuntimeError
    assert work is not None
    assert work._process.returncode is not None
    assert not work._folder.exists()
    assert fitted_ahead(_task()) is None
