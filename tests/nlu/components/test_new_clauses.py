"""Clauses that nobody trained: found at once after an import, and never at the expense of trained topics."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.new_clauses import IndonesianNewClauseSearch
from bot.nlu.request_parts import IndonesianTwoRequests
from bot.services.knowledge import ROOT
from tests.embeddings_endpoint import EmbeddingsEndpoint, Reply
from tests.nlu.components.component_checks import CHECKS
from tests.nlu.components.pipeline import COMPONENTS, Pipeline, create, load, train_pipeline
from tests.policy_documents import NEW_RIGHT, inserted, known_wording, with_new_clauses

pytestmark = pytest.mark.rasa

_ASKED = {
    "kapan saya boleh berkunjung ke ruang colocation?": "H18",
    "perangkat titipan saya di rak colocation kapan harus diambil?": "H18",
    "sertifikat SSL bisa diterbitkan ulang gratis kalau kunci privatnya bocor?": "K10",
}


@pytest.fixture(scope="module", name="home")
def _home_of_module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("policy-home")


@pytest.fixture(scope="module", name="searching")
def _searching(pipeline: Pipeline, home: Path) -> Pipeline:
    """The trained pipeline with a search that watches a home of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPDESK_HOME", str(home))
        search = load(IndonesianNewClauseSearch, pipeline.folder)
    place = COMPONENTS.index(IndonesianNewClauseSearch)
    return replace(pipeline, components=(*pipeline.components[:place], search, *pipeline.components[place + 1 :]))


@pytest.fixture(name="publish")
def _publish(home: Path) -> Iterator[Callable[[Mapping[str, str] | str], None]]:
    """Puts a policy into the home as an import does: another file in the place of the old one."""
    path = home / "policy.json"

    def publish(wording: Mapping[str, str] | str) -> None:
        content = wording if isinstance(wording, str) else json.dumps(wording)
        path.with_suffix(".tmp").write_text(content, encoding="utf-8")
        path.with_suffix(".tmp").replace(path)

    yield publish
    path.unlink(missing_ok=True)


Publish = Callable[[Mapping[str, str] | str], None]


@pytest.mark.parametrize(("text", "clause"), _ASKED.items())
def test_a_new_clause_is_found_without_loading_anything_anew(
    text: str, clause: str, searching: Pipeline, publish: Publish
) -> None:
    assert searching.intent(text) != "pasal_baru"
    publish(with_new_clauses())
    message = searching.process(text)[0]
    found = message.get(INTENT)
    assert (found["name"], found["clause"], found["wording"]) == ("pasal_baru", clause, with_new_clauses()[clause])
    assert 0.5 <= found["confidence"] <= 1.0
    ranking = message.get(INTENT_RANKING_KEY)
    assert ranking[0] == found
    assert len({entry["name"] for entry in ranking}) == len(ranking)
    json.dumps(found)


def test_a_newer_import_counts_at_once(searching: Pipeline, publish: Publish) -> None:
    text = "kapan saya boleh berkunjung ke ruang colocation?"
    publish(with_new_clauses())
    assert searching.intent(text) == "pasal_baru"
    publish({**with_new_clauses(), "H18": NEW_RIGHT.replace("sewa rak", "sewa tempat")})
    assert "sewa tempat" in searching.process(text)[0].get(INTENT)["wording"]
    publish(known_wording())
    assert searching.intent(text) != "pasal_baru"


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"H18": 5}', '{"H18": " "}', '{"../x": "a"}', "\ud83d[" * 3])
def test_a_damaged_or_deleted_policy_does_no_harm(damaged: str, searching: Pipeline, publish: Publish) -> None:
    text = "kapan saya boleh berkunjung ke ruang colocation?"
    before = searching.intent(text)
    publish(with_new_clauses())
    assert searching.intent(text) == "pasal_baru"
    publish(damaged.encode("utf-8", "replace").decode())
    assert searching.intent(text) == before
    publish(with_new_clauses())
    assert searching.intent(text) == "pasal_baru"


def test_the_file_may_vanish(searching: Pipeline, publish: Publish, home: Path) -> None:
    publish(with_new_clauses())
    assert searching.intent("kapan saya boleh berkunjung ke ruang colocation?") == "pasal_baru"
    (home / "policy.json").unlink()
    assert searching.intent("kapan saya boleh berkunjung ke ruang colocation?") != "pasal_baru"


def test_trained_topics_keep_their_messages(searching: Pipeline, publish: Publish) -> None:
    """Sentences that the small pipeline was not trained on; one in a hundred may be taken."""
    texts = []
    for intent in ("cara_bayar", "kasus_layanan", "migrasi", "minta_manusia", "salam", "teknis_domain", "tunda_bayar"):
        texts += [str(m.get("text")) for m in load_data(str(ROOT / f"data/nlu/{intent}.yml")).intent_examples[1:400:3]]
    publish(with_new_clauses())
    taken = [text for text in texts if searching.intent(text) == "pasal_baru"]
    assert len(taken) <= len(texts) / 100, taken


def test_a_clause_that_moved_is_not_searched(searching: Pipeline, publish: Publish) -> None:
    publish(inserted(5))
    assert searching.intent("kapan saya boleh berkunjung ke ruang colocation?") != "pasal_baru"


def test_a_new_clause_is_never_one_of_two_requests(searching: Pipeline, publish: Publish, tmp_path: Path) -> None:
    judge = create(IndonesianTwoRequests, tmp_path, alone=["pasal_baru"], threshold=0.5, adding_threshold=0.5)
    judging = replace(searching, components=(*searching.components[:-1], judge))
    trained = "bisa bayar pakai qris ga?"
    both = f"{trained} satu lagi, pindah hosting dari tempat lama ke sini gratis?"
    publish(with_new_clauses())
    assert judging.intent(both) == "dua_permintaan"
    for text in _ASKED:
        assert judging.intent(f"{trained} satu lagi, {text}") in {"pasal_baru", judging.intent(trained)}


def test_details_have_the_last_word(searching: Pipeline, publish: Publish) -> None:
    publish(with_new_clauses())
    assert searching.intent("INV-2024-0012") == "beri_rincian"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_checks_hold_while_there_are_new_clauses(
    check: Callable[[Pipeline], None], searching: Pipeline, publish: Publish
) -> None:
    publish(with_new_clauses())
    # Another object than in other tests: the checks keep what a pipeline gave.
    check(replace(searching, folder=searching.folder / "."))


@pytest.mark.parametrize("threshold", [1.5, -0.1])
def test_a_threshold_outside_of_zero_and_one_is_refused(threshold: float, tmp_path: Path) -> None:
    with pytest.raises(InvalidConfigException):
        create(IndonesianNewClauseSearch, tmp_path, threshold=threshold)


def test_without_a_stored_space_messages_stay_as_they_are(
    pipeline: Pipeline, home: Path, publish: Publish, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(with_new_clauses())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPDESK_HOME", str(home))
        untrained = load(IndonesianNewClauseSearch, tmp_path)
    assert "will not be searched" in caplog.text
    messages = pipeline.process("kapan saya boleh berkunjung ke ruang colocation?")
    before = messages[0].get(INTENT)
    assert untrained.process(messages)[0].get(INTENT) == before


def test_training_without_examples_is_no_failure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    create(IndonesianNewClauseSearch, tmp_path).train(TrainingData([]))
    assert "will not be searched" in caplog.text


def test_an_endpoint_that_does_not_read_the_clauses_is_asked_again(
    chosen: EmbeddingsEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The messages of the meantime are answered, and its vectors may have any size."""
    caplog.set_level("INFO")
    monkeypatch.setenv("HELPDESK_HOME", str(tmp_path))
    pipeline = train_pipeline(tmp_path)
    text = "ruang colocation: kunjungan ke sana kapan boleh?"
    before = pipeline.intent(text)
    (tmp_path / "policy.json").write_text(json.dumps(with_new_clauses()), encoding="utf-8")
    chosen.replies = [Reply(status=400)]
    assert pipeline.intent(text) == before != "pasal_baru"
    assert "New clauses are not searched yet: The embeddings endpoint" in caplog.text
    assert pipeline.process(text)[0].get(INTENT).get("clause") == "H18"
    read = len(chosen.inputs)
    assert pipeline.intent(text) == "pasal_baru"
    assert len(chosen.inputs) == read
