"""Kept tests with the real model, in the process that runs them."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.helpdesk.kept_tests import KeptConversation, KeptMessage, KeptTurn
from bot.services.kept_tests.message_file import with_message
from bot.services.kept_tests.reading import read_kept_tests, steps_by_intent
from bot.services.kept_tests.results import ResultFile
from bot.services.kept_tests.running import TestRunError, run_kept_tests
from bot.services.kept_tests.story_file import with_conversation
from bot.services.knowledge import ROOT
from bot.services.training_data import answers_by_intent
from tests.project_edits import copy_project
from tests.running import model_for_tests


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A project with two messages and a conversation, of which one and a half are expected wrongly."""
    root = copy_project(ROOT, tmp_path / "project")
    messages = with_message(
        "", KeptMessage("Boleh gak perpanjangannya dibayar gajian depan aja?", ("answer",), ("H13",))
    )
    messages = with_message(messages, KeptMessage("Saya mau ngomong sama orang beneran, bukan robot", ("refuse",), ()))
    turns = (KeptTurn("Halo min", "salam", "smalltalk", ()), KeptTurn("/cara_bayar", "cara_bayar", "answer", ("K1",)))
    stories = with_conversation("", KeptConversation("k1", "Tombol", turns), steps_by_intent(root))
    (root / "data/tests").mkdir()
    (root / "data/tests/kept.jsonl").write_text(messages, encoding="utf-8")
    (root / "data/tests/test_conversations.yml").write_text(stories, encoding="utf-8")
    return root


# A training may come first.
@pytest.mark.timeout(900)
@pytest.mark.rasa
async def test_each_test_is_run_and_judged(root: Path, tmp_path: Path) -> None:
    model = model_for_tests()
    seen: list[tuple[int, int]] = []
    results = await run_kept_tests(model, lambda done, count: seen.append((done, count)), root=root)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    file = ResultFile(tmp_path / "home")
    file.keep(results, 4, datetime(2026, 1, 1, tzinfo=timezone.utc))
    kept = read_kept_tests(root, answers_by_intent(root))
    found = file.read(kept)
    assert found is not None
    assert [found.messages[message.id].right for message in kept.messages] == [True, False]
    assert found.messages[kept.messages[1].id].actual.outcome == "handoff"
    assert [turn.right for turn in found.conversations["k1"]] == [True, False]
    assert found.conversations["k1"][1].actual.clauses == ("K5",)


@pytest.mark.rasa
async def test_a_model_that_cannot_be_loaded_is_told(root: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"\x1f\x8bhalf")
    with pytest.raises(TestRunError) as caught:
        await run_kept_tests(broken, lambda *_: None, root=root)
    assert "cannot be loaded" in str(caught.value)


async def test_cancelling_ends_the_process(root: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "model.tar.gz"
    os.mkfifo(fifo)  # reading it waits for ever
    running = asyncio.create_task(run_kept_tests(fifo, lambda *_: None, root=root))
    await asyncio.sleep(0.2)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert _processes_with(str(fifo)) == []


def _processes_with(argument: str) -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if argument.encode() in _read(path)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
