"""Our importer gives what Rasa's gives; the short way is only for files of plain sentences."""

from __future__ import annotations

import copy
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.shared.exceptions import YamlSyntaxException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.importer import IndonesianImporter
from bot.nlu.plain_examples import PlainExample, read_plain_examples
from bot.nlu.tokenizer import IndonesianToken

pytestmark = pytest.mark.rasa

_ROOT = Path(__file__).parents[3]
_PLAIN = """version: "3.1"
nlu:
# a comment
- intent: salam
  examples: |
    - halo kak
    -  selamat pagi, "min"
    - halo kak
    - harga 50% {diskon} (besok)
    - [SYSTEM] mode admin (sekarang)
- intent: pamit
  examples: |
    - dadah
"""
_NOT_PLAIN = {
    "entity": _PLAIN.replace("dadah", "dadah dari [Budi](nama)"),
    "entity with synonym": _PLAIN.replace("dadah", 'dadah dari [bdg]{"entity": "kota", "value": "Bandung"}'),
    "synonym": _PLAIN + "- synonym: Bandung\n  examples: |\n    - bdg\n",
    "regex": _PLAIN + "- regex: kode\n  examples: |\n    - \\d{4}\n",
    "lookup": _PLAIN + "- lookup: kota\n  examples: |\n    - Bandung\n",
    "retrieval intent": _PLAIN.replace("pamit", "faq/pamit"),
    "responses": _PLAIN + "responses:\n  utter_faq/pamit:\n  - text: dadah\n",
    "metadata": _PLAIN.replace("- intent: pamit\n", "- intent: pamit\n  metadata: {sentiment: neutral}\n"),
    "examples as a list": _PLAIN + "- intent: maaf\n  examples:\n  - text: |\n      maaf ya\n",
    "line without dash": _PLAIN.replace("    - dadah", "    dadah\n    - daah"),
    "no examples": _PLAIN + "- intent: maaf\n  examples: |\n",
    "no version": _PLAIN.replace('version: "3.1"\n', ""),
    "other version": _PLAIN.replace("3.1", "3.0"),
    "unknown key": _PLAIN + "- niat: maaf\n  examples: |\n    - maaf\n",
}


def _content(data: TrainingData) -> tuple[Any, ...]:
    return (
        [example.as_dict() for example in data.training_examples],
        data.entity_synonyms,
        data.regex_features,
        data.lookup_tables,
        data.responses,
        data.fingerprint(),
    )


def _read(importer: type[RasaFileImporter], folder: Path) -> tuple[Any, list[str]]:
    """What an importer gives, or its error; and its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            read: Any = _content(importer(None, None, [str(folder)]).get_nlu_data())
        except Exception as error:  # whatever Rasa raises, ours must raise too
            read = (type(error), str(error))
    return read, [str(warning.message) for warning in caught if issubclass(warning.category, UserWarning)]


def test_plain_sentences_are_read_the_short_way(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(_PLAIN)
    found = read_plain_examples(str(tmp_path / "a.yml"))
    assert found is not None
    assert [(example.get(TEXT), example.get(INTENT)) for example in found] == [
        ("halo kak", "salam"),
        ('selamat pagi, "min"', "salam"),
        ("halo kak", "salam"),
        ("harga 50% {diskon} (besok)", "salam"),
        ("[SYSTEM] mode admin (sekarang)", "salam"),
        ("dadah", "pamit"),
    ]
    assert _read(IndonesianImporter, tmp_path) == _read(RasaFileImporter, tmp_path)


@pytest.mark.parametrize("source", _NOT_PLAIN.values(), ids=_NOT_PLAIN)
def test_a_file_with_more_than_plain_sentences_is_read_by_rasa(source: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(_PLAIN)
    (tmp_path / "b.yml").write_text(source)
    (tmp_path / "c.yml").write_text(_PLAIN.replace("dadah", "sampai jumpa"))
    assert read_plain_examples(str(tmp_path / "b.yml")) is None
    assert _read(IndonesianImporter, tmp_path) == _read(RasaFileImporter, tmp_path)


@pytest.mark.parametrize(
    "source", [_PLAIN.replace("- intent: pamit", "- intent: [pamit"), _PLAIN + "version: '3.1'\n", _PLAIN + "nlu\n"]
)
def test_what_is_no_yaml_is_an_error_that_names_the_file(source: str, tmp_path: Path) -> None:
    (tmp_path / "rusak.yml").write_text(source)
    with pytest.raises(YamlSyntaxException, match=r"rusak\.yml"):
        IndonesianImporter(None, None, [str(tmp_path)]).get_nlu_data()
    assert _read(IndonesianImporter, tmp_path) == _read(RasaFileImporter, tmp_path)


def test_our_own_data_are_those_that_rasa_reads() -> None:
    assert _read(IndonesianImporter, _ROOT / "data" / "nlu") == _read(RasaFileImporter, _ROOT / "data" / "nlu")


def test_the_configuration_names_the_importer() -> None:
    importer = TrainingDataImporter.load_from_config(str(_ROOT / "config.yml"))
    assert [type(part) for part in importer.importer._importer._importers] == [IndonesianImporter]


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(_PLAIN)
    before = IndonesianImporter(None, None, [str(tmp_path)]).get_nlu_data()
    (tmp_path / "a.yml").write_text(_PLAIN.replace("dadah", "daah"))
    assert IndonesianImporter(None, None, [str(tmp_path)]).get_nlu_data().fingerprint() != before.fingerprint()


def test_a_copy_of_an_example_shares_nothing_that_can_change() -> None:
    example = PlainExample({TEXT: "halo", INTENT: "salam"})
    example.set("entities", [{"entity": "nama"}])
    twin = copy.deepcopy(example)
    assert twin == example
    twin.get("entities").append({})
    twin.set(TEXT, "halo juga", add_to_output=True)
    twin.set("lain", 1, add_to_output=True)
    assert (example.get(TEXT), example.get("entities")) == ("halo", [{"entity": "nama"}])
    assert example.output_properties == {TEXT}
    assert example.fingerprint() != twin.fingerprint()


def test_the_fingerprint_of_an_example_is_that_of_rasas_message() -> None:
    features = Features(np.ones((1, 3)), "sentence", TEXT, "x")
    seen = set()
    ours, rasas = PlainExample({TEXT: "halo", INTENT: "salam"}), Message({TEXT: "halo", INTENT: "salam"})
    for change in (
        lambda message: None,
        lambda message: message.set(INTENT, "salam"),
        lambda message: message.add_features(features),
        lambda message: message.set("text_tokens", [IndonesianToken("halo", 0)]),
        lambda message: message.add_diagnostic_data("x", {"a": 1}),
        lambda message: message.add_features(features),
    ):
        for message in (ours, rasas):
            change(message)
        assert ours.fingerprint() == copy.deepcopy(ours).fingerprint() == rasas.fingerprint()
        seen.add(ours.fingerprint())
    assert len(seen) == 5


def test_the_fingerprint_of_an_example_follows_its_content() -> None:
    example = PlainExample({TEXT: "halo", INTENT: "salam"})
    before = example.fingerprint()
    example.set(INTENT, "salam")
    assert example.fingerprint() == before
    example.set(INTENT, "pamit")
    assert example.fingerprint() not in {before, PlainExample({TEXT: "halo", INTENT: "salam"}).fingerprint()}
    assert example.fingerprint() == PlainExample({TEXT: "halo", INTENT: "pamit"}).fingerprint()
