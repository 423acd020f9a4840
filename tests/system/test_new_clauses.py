"""A policy with new clauses, imported while the assistant runs: answered at once, without training or a restart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from bot.services.knowledge import ROOT
from bot.training import ensure_model
from tests.policy_documents import NEW_OBLIGATION, NEW_RIGHT, document, inserted, with_new_clauses
from tests.system.test_assistant import PLAIN_QUESTIONS

if TYPE_CHECKING:
    from bot.nlu.local import LocalAssistant

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]

_ASKED = {
    "kapan saya boleh berkunjung ke ruang colocation?": ("H18", "Hak 18", NEW_RIGHT),
    "perangkat titipan saya di rak colocation kapan harus diambil?": ("H18", "Hak 18", NEW_RIGHT),
    "sertifikat SSL bisa diterbitkan ulang gratis kalau kunci privatnya bocor?": (
        "K10",
        "Kewajiban 10",
        NEW_OBLIGATION,
    ),
}


@pytest.fixture(scope="module", name="home")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPDESK_HOME", str(home))
        yield home


@pytest.fixture(scope="module", name="running")
def _running(home: Path) -> LocalAssistant:
    # Rasa takes seconds, and this module is read by the default tier too.
    from actions.in_process import InProcessActions
    from bot.nlu.local import LocalAssistant

    return LocalAssistant(ensure_model(ROOT, ROOT / "var", print), InProcessActions())


def _import(folder: Path, wording: dict[str, str]) -> None:
    file = folder / "document.txt"
    file.write_text(document(wording), encoding="utf-8")
    assert main(["policy", "import", str(file)]) == 0


@pytest.fixture(name="imported")
def _imported(home: Path, tmp_path: Path) -> Iterator[None]:
    _import(tmp_path, with_new_clauses())
    yield
    (home / "policy.json").unlink()


@pytest.mark.parametrize("text", _ASKED)
def test_a_question_about_a_new_clause_is_answered_right_after_the_import(
    text: str,
    running: LocalAssistant,
    tmp_path: Path,
    home: Path,
) -> None:
    clause, name, wording = _ASKED[text]
    assert asyncio.run(running.first_turn(text)).intent != "pasal_baru"
    _import(tmp_path, with_new_clauses())
    turn = asyncio.run(running.first_turn(text))
    assert turn.intent == "pasal_baru"
    reply = turn.replies[0]
    assert (reply.outcome, reply.clauses) == ("answer", [clause])
    assert name in reply.text
    assert f"“{wording}”" in reply.text
    assert {"title": "Bicara dengan staf", "payload": "/minta_manusia"} in reply.buttons
    (home / "policy.json").unlink()
    assert asyncio.run(running.first_turn(text)).intent != "pasal_baru"


@pytest.mark.usefixtures("imported")
def test_ordinary_questions_are_answered_as_before(running: LocalAssistant) -> None:
    for clause, text in PLAIN_QUESTIONS.items():
        assert asyncio.run(running.first_turn(text)).replies[0].clauses == [clause], text


def test_two_requests_are_answered_as_before(running: LocalAssistant, home: Path, tmp_path: Path) -> None:
    """One of them may be taken for a question about a new clause."""

    def both() -> set[str]:
        return {text for text in texts if asyncio.run(running.first_turn(text)).intent == "dua_permintaan"}

    lines = (ROOT / "tests/data/two_requests.jsonl").read_text("utf-8").splitlines()
    texts = [row["text"] for row in map(json.loads, lines) if len(row["intents"]) == 2]
    before = both()
    assert len(before) > 30
    _import(tmp_path, with_new_clauses())
    assert len(before - both()) <= 1
    (home / "policy.json").unlink()


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("text", _ASKED)
def test_a_new_clause_is_never_one_of_two_requests(text: str, running: LocalAssistant) -> None:
    """Official wording is shown alone, and a part about it is not answered as its trained neighbour."""
    turn = asyncio.run(running.first_turn(f"bisa bayar pakai QRIS tidak? satu lagi, {text}"))
    assert turn.intent in {"pasal_baru", "cara_bayar"}
    assert turn.replies[0].requests == []


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    "text", ["resep rendang padang dong", "halo kak", "qwrtp zxcvb", "😀", "mau ngomong sama orang"]
)
def test_what_is_about_no_clause_is_not_taken(text: str, running: LocalAssistant) -> None:
    assert asyncio.run(running.first_turn(text)).intent != "pasal_baru"


@pytest.mark.usefixtures("imported")
def test_the_conversation_goes_on_behind_such_an_answer(running: LocalAssistant) -> None:
    texts = ["kapan saya boleh berkunjung ke ruang colocation?", "makasih kak", "Bisa bayar pakai QRIS tidak?"]
    turns = asyncio.run(running.converse(texts))
    assert [turn.intent for turn in turns] == ["pasal_baru", "terima_kasih", "cara_bayar"]


def test_a_clause_that_only_moved_is_not_quoted_as_new(running: LocalAssistant, home: Path, tmp_path: Path) -> None:
    _import(tmp_path, inserted(5))
    text = "Email tagihan dari kalian tidak pernah masuk ke inbox saya"
    assert asyncio.run(running.first_turn(text)).intent == "email_tidak_sampai"
    (home / "policy.json").unlink()


def test_the_intent_without_a_clause_is_asked_back(home: Path) -> None:
    """As another client of Rasa may send it."""
    from rasa.core.agent import Agent

    from actions.in_process import InProcessActions
    from bot.nlu.turn import run_turn

    agent = Agent.load(str(ensure_model(ROOT, ROOT / "var", print)), action_endpoint=InProcessActions())
    turn = asyncio.run(run_turn(agent, conversation_id="c", message_id="m", text="apa saja", payload="/pasal_baru"))
    assert (turn.intent, turn.replies[0].outcome) == ("pasal_baru", "clarify")
