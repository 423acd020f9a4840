"""The two projects of the comparison, made from the installed Rasa and from this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.stock_rasa.projects import StockConfiguration, build_ours, build_stock, template_folder
from bot.helpdesk.training_sentences import TrainingSentence
from bot.services.knowledge import ROOT
from bot.services.training_data import answers_by_intent, read_training_sentences

SENTENCES = [
    TrainingSentence("bisa bayar pakai qris?", "cara_bayar", "a.yml", 1),
    TrainingSentence("halo: 'kak' \"min\" # 50% {x}", "salam", "b.yml", 1),
    TrainingSentence("- [ ] transfer bank", "cara_bayar", "c.yml", 1),
]


def test_stock_is_what_the_installed_package_has() -> None:
    """Both kinds of neural network, for as long as they train by default."""
    stock = StockConfiguration.read()
    epochs = {component["name"]: component.get("epochs") for component in (*stock.pipeline, *stock.policies)}
    assert stock.language == "en"
    assert (epochs["DIETClassifier"], epochs["TEDPolicy"]) == (100, 100)
    assert "DIETClassifier (100 epochs)" in stock.describe()


def test_stock_project_keeps_the_template_and_takes_our_domain(tmp_path: Path) -> None:
    """Configuration, endpoints and credentials byte for byte; none of the template's own data."""
    folder = tmp_path / "stock"
    build_stock(ROOT, folder, SENTENCES)
    for name in ("config.yml", "credentials.yml", "endpoints.yml"):
        assert (folder / name).read_bytes() == (template_folder() / name).read_bytes()
    assert (folder / "domain.yml").read_bytes() == (ROOT / "domain.yml").read_bytes()
    files = {path.relative_to(folder / "data").as_posix() for path in (folder / "data").rglob("*.yml")}
    assert files == {"nlu/cara_bayar.yml", "nlu/salam.yml", "rules/rules.yml", "stories/stories.yml"}


def test_our_project_keeps_configuration_and_components(tmp_path: Path) -> None:
    """Only the sentences and the tracker differ."""
    folder = tmp_path / "ours"
    build_ours(ROOT, folder, SENTENCES)
    for name in ("config.yml", "domain.yml", "bot/nlu/tokenizer.py", "actions/tanya_balik.py", "data/catalogue.yml"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
    endpoints = (folder / "deploy/rasa/endpoints.yml").read_text(encoding="utf-8")
    assert "action_endpoint:\n  url: ${RASA_ACTIONS_URL}\n" in endpoints
    assert "tracker" not in endpoints
    assert "sqlite" not in endpoints


def test_both_projects_hold_exactly_the_given_sentences(tmp_path: Path) -> None:
    """As written, whatever signs they hold, with their intents."""
    build_ours(ROOT, tmp_path / "ours", SENTENCES)
    build_stock(ROOT, tmp_path / "stock", SENTENCES)
    for name in ("ours", "stock"):
        read = {(sentence.text, sentence.intent) for sentence in read_training_sentences(tmp_path / name)}
        assert read == {(sentence.text, sentence.intent) for sentence in SENTENCES}


@pytest.mark.slow
def test_every_intent_of_the_data_has_an_answer_to_be_scored() -> None:
    """Otherwise a subject would be wrong whatever it says."""
    assert {sentence.intent for sentence in read_training_sentences()} <= set(answers_by_intent())
