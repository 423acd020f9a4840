"""The training data: enough of it, nothing twice, nothing of the evaluation files, clear of personal data."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.helpdesk.clauses import CLAUSE_IDS
from bot.helpdesk.data_check import copies_of, leaks, personal_data
from bot.helpdesk.paid.intake_heard import AGREE, CANCEL, CHANGE, CHOOSE, FILE_ANYWAY, FILE_MIGRATION, FILE_REVISION
from bot.services.knowledge import ROOT, Knowledge
from bot.services.training_data import OWN_EVALUATION_FILES, read_evaluation_messages, read_training_sentences
from bot.text.normalise import normalise
from bot.text.similarity import near_copies

FORM_BUTTONS = {FILE_ANYWAY, FILE_MIGRATION, FILE_REVISION, AGREE, CHANGE, CANCEL, CHOOSE}
SHARED = ROOT.parent / "shared"


@cache
def examples() -> dict[str, list[str]]:
    """Sentences by intent."""
    found: dict[str, list[str]] = {}
    for sentence in read_training_sentences():
        found.setdefault(sentence.intent, []).append(sentence.text)
    return found


def all_sentences() -> list[str]:
    return [sentence for sentences in examples().values() for sentence in sentences]


def domain() -> dict:  # type: ignore[type-arg]  # whatever the file holds
    return YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def test_every_intent_of_the_domain_has_examples_and_the_other_way_round() -> None:
    # None of these is trained: they stand for low confidence, two requests, a hit in new clauses, buttons of a form.
    untrained = {"nlu_fallback", "dua_permintaan", "pasal_baru", *FORM_BUTTONS}
    assert set(examples()) == set(domain()["intents"]) - untrained


@pytest.mark.parametrize("intent", sorted(examples()))
def test_each_intent_has_at_least_forty_different_sentences(intent: str) -> None:
    sentences = {normalise(sentence) for sentence in examples()[intent]}
    assert len(sentences) >= 40


def test_no_sentence_stands_in_two_intents() -> None:
    assert [(c.first.place, c.second.place) for c in copies_of(read_training_sentences()) if c.across] == []


@pytest.mark.slow
@pytest.mark.parametrize("file", OWN_EVALUATION_FILES, ids=lambda file: file.stem)
def test_no_evaluation_message_is_in_the_training_data_not_even_nearly(file: Path) -> None:
    if not file.exists():
        pytest.skip(f"no {file.name} beside this clone")
    found = leaks(read_training_sentences(), read_evaluation_messages(file))
    assert [(leak.sentence.place, leak.message.text) for leak in found] == []


def test_a_near_copy_is_found() -> None:
    ours = ["boleh minta mundur tanggal bayarnya tidak ya kak"]
    assert [c.right for c in near_copies(["Boleh minta mundur tgl bayarnya gak ya kak?"], ours)] == [0]
    assert list(near_copies(["domain saya hilang"], ours)) == []


def test_no_real_personal_data() -> None:
    assert [found.sentence.place for found in personal_data(read_training_sentences())] == []


def test_every_clause_has_its_topic_among_the_intents() -> None:
    topics = {clause.id: clause.topic for clause in Knowledge.load().clauses}
    assert set(topics) >= set(CLAUSE_IDS)
    assert set(topics.values()) <= set(examples())


def test_every_response_carries_outcome_and_the_clause_of_its_topic() -> None:
    clause_of = {clause.topic: clause.id for clause in Knowledge.load().clauses}
    for name, variations in domain()["responses"].items():
        for variation in variations:
            about = variation["metadata"]
            topic = name.removeprefix("utter_")
            assert set(about) == {"outcome", "clauses"}, name
            if topic in clause_of:
                assert (about["outcome"], about["clauses"]) == ("answer", [clause_of[topic]])


def test_every_button_leads_to_an_intent() -> None:
    intents = set(domain()["intents"])
    for name, variations in domain()["responses"].items():
        for variation in variations:
            for button in variation.get("buttons", []):
                assert button["payload"].removeprefix("/") in intents, name


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside this clone: the policy document is not here")
def test_the_policys_own_sentences_are_not_pasted_into_the_repository() -> None:
    document = (SHARED / "policy/hak-dan-kewajiban.txt").read_text(encoding="utf-8")
    words = re.findall(r"\w+", document.casefold())
    runs = {" ".join(words[i : i + 9]) for i in range(len(words) - 8)}
    for file in ("domain.yml", "data/policy/clauses.yml", "data/catalogue.yml", "docs/protocol.md", "README.md"):
        ours = re.findall(r"\w+", (ROOT / file).read_text(encoding="utf-8").casefold())
        copied = {" ".join(ours[i : i + 9]) for i in range(len(ours) - 8)} & runs
        assert not copied, (file, copied)
