"""Use cases of kept tests and answers, with real files, the real message log and a journal in memory."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.errors import AnswerChangedError, AnswerTextError, InvalidMessageError, NotFoundError
from bot.helpdesk.conversation import ChatMessage, Conversation, Outcome, Sender
from bot.helpdesk.kept_tests import KeptTurn, checked_message
from bot.helpdesk.staff import Role, Staff
from bot.services.kept_tests.keeping import KeepTests
from bot.services.kept_tests.results import ResultFile
from bot.services.knowledge import ROOT
from bot.services.policy_imports import PolicyImports
from bot.services.trainer.edits import ProjectEdits
from bot.services.trainer.project_files import ProjectFiles
from bot.services.training_data import read_evaluation_messages
from bot.services.wording.answers import Answers, NewWording
from bot.store.unit_of_work import SqlStore
from tests.policy_documents import known_wording
from tests.project_edits import copy_project
from tests.staffing import SystemClock, add_staff

T0 = datetime(2026, 1, 1, tzinfo=timezone.utc)
TURNS = [{"text": "Halo", "intent": "salam", "outcome": "smalltalk", "clauses": []}]


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    return copy_project(ROOT, tmp_path / "project")


@pytest.fixture(name="edits")
def _edits(root: Path, store: SqlStore) -> ProjectEdits:
    return ProjectEdits(ProjectFiles(store, SystemClock(), root), store)


@pytest.fixture(name="trainer")
async def _trainer(store: SqlStore) -> Staff:
    return await add_staff(store, "tuti", Role.TRAINER)


@pytest.fixture(name="results")
def _results(tmp_path: Path) -> ResultFile:
    return ResultFile(tmp_path / "home")


@pytest.fixture(name="tests")
def _tests(root: Path, edits: ProjectEdits, store: SqlStore, results: ResultFile) -> KeepTests:
    return KeepTests(root, store, edits, results)


async def chat(store: SqlStore, *said: tuple[Sender, str, str, Outcome | None]) -> str:
    """A conversation of (sender, text, payload or intent, outcome); the bot answers what stands before."""
    async with store.begin() as work:
        await work.conversations.add(Conversation("c1", T0))
        for seq, (sender, text, other, outcome) in enumerate(said, start=1):
            from_bot = sender is Sender.BOT
            await work.messages.add(
                ChatMessage(
                    conversation_id="c1",
                    seq=seq,
                    sender=sender,
                    text=text,
                    created_at=T0 + timedelta(seconds=seq),
                    payload=None if from_bot else other or None,
                    outcome=outcome,
                    clauses=("H13",) if outcome is Outcome.ANSWER else (),
                    reply_to=seq - 1 if from_bot else None,
                    intent=other if from_bot else None,
                )
            )
        await work.commit()
    return "c1"


async def test_messages_are_kept_once_and_the_same_key_changes_nothing(tests: KeepTests, trainer: Staff) -> None:
    first = checked_message("Boleh nunda?", ["answer"], ["H13"])
    await tests.add_message(trainer, first, "a")
    await tests.add_message(trainer, checked_message("Boleh nunda?", ["refuse"], []), "a")
    await tests.add_message(trainer, checked_message("Halo", ["smalltalk"], []), "b")
    kept, results = await tests.all()
    assert (kept.messages[0], len(kept.messages), results) == (first, 2, None)
    await tests.delete_message(trainer, first.id, "c")
    await tests.delete_message(trainer, first.id, "d")
    assert [message.text for message in (await tests.all())[0].messages] == ["Halo"]


async def test_a_chat_is_kept_masked_with_what_the_bot_made_of_it(
    tests: KeepTests, trainer: Staff, store: SqlStore, root: Path
) -> None:
    chat_id = await chat(
        store,
        (Sender.CUSTOMER, "Halo", "", None),
        (Sender.BOT, "Halo, Kak.", "salam", Outcome.SMALLTALK),
        (Sender.CUSTOMER, "Cara bayar", "/tunda_bayar", None),
        (Sender.BOT, "Begini.", "tunda_bayar", Outcome.ANSWER),
        (Sender.CUSTOMER, "Tetap menunggu", "#queue:wait", None),
        (Sender.CUSTOMER, "hubungi 081234567890 atau budi@toko.example", "", None),
        (Sender.BOT, "Baik.", "minta_manusia", Outcome.HANDOFF),
        (Sender.CUSTOMER, "ke agen", "", None),
    )
    kept = await tests.add_from_chat(trainer, chat_id, None, "Dari chat", "a")
    assert kept.turns == (
        KeptTurn("Halo", "salam", "smalltalk", ()),
        KeptTurn("/tunda_bayar", "tunda_bayar", "answer", ("H13",)),
        KeptTurn("hubungi [nomor] atau [surel]", "minta_manusia", "handoff", ()),
    )
    again = await tests.add_from_chat(trainer, chat_id, 2, "Lain", "a")
    assert again.id == kept.id
    content = (root / "data/tests/test_conversations.yml").read_text(encoding="utf-8")
    assert "- action: utter_salam" in content
    assert "081234567890" not in content
    assert len((await tests.add_from_chat(trainer, chat_id, 2, "Pendek", "b")).turns) == 1
    with pytest.raises(NotFoundError):
        await tests.add_from_chat(trainer, "nowhere", None, "x", "c")
    with pytest.raises(InvalidMessageError):
        await tests.add_conversation(trainer, "x", [], "d")


async def test_conversations_are_corrected_and_results_of_old_texts_do_not_count(
    tests: KeepTests, trainer: Staff, results: ResultFile
) -> None:
    kept = await tests.add_conversation(trainer, "Sapaan", TURNS, "a")
    actual = {"outcome": "clarify", "clauses": [], "intent": "tidak_jelas"}
    turn = {"text": "Halo", "right": False, "actual": actual}
    results.keep({"messages": [], "conversations": [{"id": kept.id, "right": False, "turns": [turn]}]}, 3, T0)
    _, found = await tests.all()
    assert found is not None
    assert (found.version, found.at, found.conversations[kept.id][0].right) == (3, T0, False)
    corrected = [{**TURNS[0], "outcome": "clarify"}]
    await tests.change_conversation(trainer, kept.id, name="Sapaan", turns=corrected, key="b")
    _, found = await tests.all()
    assert found is not None
    assert found.conversations[kept.id][0].right
    await tests.change_conversation(trainer, kept.id, name="Sapaan", turns=[{**TURNS[0], "text": "Hai"}], key="c")
    _, found = await tests.all()
    assert found is not None
    assert kept.id not in found.conversations
    await tests.delete_conversation(trainer, kept.id, "d")
    with pytest.raises(NotFoundError):
        await tests.change_conversation(trainer, kept.id, name="x", turns=TURNS, key="e")


async def test_kept_tests_are_evaluation_messages(tests: KeepTests, trainer: Staff, root: Path) -> None:
    asks = {"text": "Domain toko.co.id saya kok mati?", "outcome": "handoff", "intent": "kasus_layanan"}
    await tests.add_conversation(trainer, "x", [*TURNS, asks], "a")
    found = read_evaluation_messages(root / "data/tests/test_conversations.yml")
    lines = (root / "data/tests/test_conversations.yml").read_text(encoding="utf-8").split("\n")
    assert [message.text for message in found] == ["Domain toko.co.id saya kok mati?"]
    assert lines[found[0].line - 1].strip() == "Domain [toko.co.id](nama_domain) saya kok mati?"


@pytest.fixture(name="imports")
def _imports(tmp_path: Path) -> PolicyImports:
    return PolicyImports(tmp_path / "home")


@pytest.fixture(name="answers")
def _answers(root: Path, edits: ProjectEdits, imports: PolicyImports) -> Answers:
    return Answers(root, edits, imports, SystemClock())


async def test_a_wording_is_changed_once_and_looked_at_by_that(
    answers: Answers, trainer: Staff, imports: PolicyImports, root: Path
) -> None:
    imports.add(known_wording(), T0)
    imports.add({**known_wording(), "H13": "Kata lain."}, T0 + timedelta(days=1))
    before = {listed.answer.name: listed for listed in await answers.all()}
    old = before["utter_tunda_bayar"]
    assert {name for name, listed in before.items() if listed.review} == {"utter_tunda_bayar"}
    assert (old.clause, old.wording, old.title) == ("H13", "Kata lain.", before["utter_tunda_bayar"].title)
    new = NewWording(0, "Mohon maaf, Kak, belum bisa (Hak 13).", old.answer.revision)
    changed, entry = await answers.change(trainer, "utter_tunda_bayar", new, "a")
    assert changed.answer.variants[0].text == new.text
    assert not changed.review
    again, same = await answers.change(trainer, "utter_tunda_bayar", new, "a")
    assert (again, same) == (changed, entry)
    assert [e.after for e in (await answers.changes("utter_tunda_bayar"))[1]] == [new.text]
    with pytest.raises(AnswerChangedError) as caught:
        await answers.change(trainer, "utter_tunda_bayar", new, "b")
    assert caught.value.data == {"revision": changed.answer.revision}
    with pytest.raises(AnswerTextError):
        await answers.change(trainer, "utter_tunda_bayar", NewWording(0, "Bisa, Kak.", changed.answer.revision), "c")
    for number in (1, -1, True, "0"):
        with pytest.raises(InvalidMessageError):
            wrong = NewWording(number, new.text, changed.answer.revision)
            await answers.change(trainer, "utter_tunda_bayar", wrong, f"d{number}")
    with pytest.raises(NotFoundError):
        await answers.change(trainer, "utter_lain", new, "e")
    assert len((await answers.changes("utter_tunda_bayar"))[1]) == 1


async def test_an_answer_that_is_left_as_it_is_counts_as_looked_at(answers: Answers, imports: PolicyImports) -> None:
    imports.add(known_wording(), T0)
    imports.add({**known_wording(), "K5": "Kata lain."}, T0 + timedelta(days=1))
    assert [listed.answer.name for listed in await answers.all() if listed.review] == ["utter_cara_bayar"]
    await answers.confirm("utter_cara_bayar")
    assert not any(listed.review for listed in await answers.all())
    with pytest.raises(NotFoundError):
        await answers.confirm("utter_lain")
