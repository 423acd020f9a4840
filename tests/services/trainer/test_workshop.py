"""The data workshop over a copy of the project's files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import (
    DiskFullError,
    NotFoundError,
    SentenceGoneError,
    TrainingDataBrokenError,
)
from bot.helpdesk.staff import Staff
from bot.helpdesk.workshop.changes import ChangeAction, ChangeKind
from bot.services.trainer import project_files
from bot.services.trainer.project_files import ProjectFiles
from tests.services.trainer.workshop_project import PAY, REVISE, Trainers, new_key, write_topic


async def test_a_sentence_is_added_as_the_last_of_its_topic_and_nothing_else_changes(
    trainers: Trainers, sari: Staff
) -> None:
    before = trainers.text(PAY)
    change = await trainers.workshop.add(sari, intent=PAY, text="  gajian\ntelat, mundur ya ", reason="baru", key="k")
    assert trainers.text(PAY) == before + "    - gajian telat, mundur ya\n"
    assert (change.action, change.by, change.reason) == (ChangeAction.ADD, sari.display_name, "baru")
    assert (await trainers.workshop.history(None, 10)).unpublished == 1


async def test_the_same_key_changes_once(trainers: Trainers, sari: Staff) -> None:
    one = await trainers.workshop.add(sari, intent=PAY, text="nanti saja", key="k")
    assert await trainers.workshop.add(sari, intent=PAY, text="nanti saja", key="k") == one
    sentence = await trainers.id_of("nanti saja")
    edit = await trainers.workshop.edit(sari, sentence, text="lain kali saja", key="e")
    assert await trainers.workshop.edit(sari, sentence, text="lain kali saja", key="e") == edit
    assert (await trainers.texts(PAY))[-1] == "lain kali saja"


async def test_editing_moving_and_deleting_touch_one_line_each_and_can_be_taken_back(
    trainers: Trainers, sari: Staff
) -> None:
    pay, revise = trainers.text(PAY), trainers.text(REVISE)
    edit = await trainers.workshop.edit(sari, await trainers.id_of("tunda dulu ya"), text="undur ya", key=new_key())
    assert trainers.text(PAY) == pay.replace("tunda dulu ya", "undur ya")
    move = await trainers.workshop.move(sari, await trainers.id_of("warnanya salah"), intent=PAY, key=new_key())
    assert trainers.text(REVISE) == revise.replace("    - warnanya salah\n", "")
    assert (await trainers.texts(PAY))[-1] == "warnanya salah"
    delete = await trainers.workshop.delete(sari, await trainers.id_of("uang belum ada"), key=new_key())
    for change in (delete, move, edit):
        undo = await trainers.workshop.undo(sari, change.number, key=new_key())
        assert (undo.action, undo.undoes) == (ChangeAction.UNDO, change.number)
    assert (trainers.text(PAY), trainers.text(REVISE)) == (pay, revise)
    assert (await trainers.workshop.history(None, 10)).unpublished == 0


async def test_what_was_taken_back_can_be_brought_back(trainers: Trainers, sari: Staff) -> None:
    change = await trainers.workshop.add(sari, intent=PAY, text="nanti saja", key=new_key())
    undo = await trainers.workshop.undo(sari, change.number, key=new_key())
    with pytest.raises(SentenceGoneError):
        await trainers.workshop.undo(sari, change.number, key=new_key())
    await trainers.workshop.undo(sari, undo.number, key=new_key())
    assert (await trainers.texts(PAY))[-1] == "nanti saja"
    with pytest.raises(NotFoundError):
        await trainers.workshop.undo(sari, 999, key=new_key())


async def test_a_deletion_is_taken_back_even_where_its_place_has_changed(trainers: Trainers, sari: Staff) -> None:
    delete = await trainers.workshop.delete(sari, await trainers.id_of("tunda dulu ya"), key=new_key())
    for text in ("boleh bayar bulan depan?", "uang belum ada"):
        await trainers.workshop.edit(sari, await trainers.id_of(text), text=f"{text} kak", key=new_key())
    await trainers.workshop.undo(sari, delete.number, key=new_key())
    assert sorted(await trainers.texts(PAY)) == ["boleh bayar bulan depan? kak", "tunda dulu ya", "uang belum ada kak"]


async def test_of_two_trainers_who_edit_one_sentence_the_second_is_told(trainers: Trainers, sari: Staff) -> None:
    sentence = await trainers.id_of("tunda dulu ya")
    results = await asyncio.gather(
        *(trainers.workshop.edit(sari, sentence, text=f"undur {n}", key=new_key()) for n in range(2)),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Change", "SentenceGoneError"]
    assert len(await trainers.texts(PAY)) == 3


async def test_a_file_edited_by_hand_is_noted_and_kept(trainers: Trainers, sari: Staff, root: Path) -> None:
    await trainers.files.look()
    write_topic(root, PAY, "boleh bayar bulan depan?", "tunda dulu ya", "ditulis tangan")
    await trainers.workshop.add(sari, intent=PAY, text="nanti saja", key=new_key())
    changes = (await trainers.workshop.history(None, 10)).changes
    assert [(change.kind, change.after) for change in changes] == [
        (ChangeKind.SENTENCE, "nanti saja"),
        (ChangeKind.HAND, f"data/nlu/{PAY}.yml"),
    ]
    assert "ditulis tangan" in await trainers.texts(PAY)


async def test_a_broken_file_is_named_and_the_others_can_be_edited(trainers: Trainers, sari: Staff, root: Path) -> None:
    sentence = await trainers.id_of("tunda dulu ya")
    path = root / f"data/nlu/{PAY}.yml"
    broken = path.read_text(encoding="utf-8").replace("  examples: |", " examples: |")
    path.write_text(broken, encoding="utf-8")
    with pytest.raises((TrainingDataBrokenError, SentenceGoneError)):
        await trainers.workshop.edit(sari, sentence, text="undur", key=new_key())
    with pytest.raises(TrainingDataBrokenError):
        await trainers.workshop.add(sari, intent=PAY, text="undur", key=new_key())
    (found,) = (await trainers.workshop.state()).broken
    assert (found.file, found.line is not None) == (f"data/nlu/{PAY}.yml", True)
    await trainers.workshop.add(sari, intent=REVISE, text="ganti huruf", key=new_key())
    assert path.read_text(encoding="utf-8") == broken


async def test_a_full_disk_changes_nothing(
    trainers: Trainers, sari: Staff, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    before = trainers.text(PAY)

    def full(_: object) -> None:
        raise DiskFullError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(project_files, "write_all", full)
        with pytest.raises(DiskFullError):
            await trainers.workshop.add(sari, intent=PAY, text="nanti saja", key="k")
    assert trainers.text(PAY) == before
    assert (await trainers.workshop.history(None, 10)).changes == ()
    await trainers.workshop.add(sari, intent=PAY, text="nanti saja", key="k")
    assert (await trainers.texts(PAY))[-1] == "nanti saja"


@pytest.mark.parametrize("written", [0, 1, 2])
async def test_a_move_that_was_cut_off_is_carried_on_or_taken_back(
    trainers: Trainers, sari: Staff, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    before = trainers.text(PAY), trainers.text(REVISE)
    real: Callable[..., None] = project_files.write_all
    sentence = await trainers.id_of("warnanya salah")

    class Killed(BaseException):
        pass

    def cut_off(files: list[tuple[Path, str]]) -> None:
        for file in files[:written]:
            real([file])
        raise Killed

    async def stay_away(self: ProjectFiles) -> None:
        pass

    with monkeypatch.context() as patched:
        patched.setattr(project_files, "write_all", cut_off)
        patched.setattr(ProjectFiles, "_settle", stay_away)
        with pytest.raises(Killed):
            await trainers.workshop.move(sari, sentence, intent=PAY, key="m")
    trainers.restart()
    await trainers.workshop.state()
    texts = [*await trainers.texts(PAY), *await trainers.texts(REVISE)]
    assert texts.count("warnanya salah") == 1
    assert ((trainers.text(PAY), trainers.text(REVISE)) == before) == (written == 0)
    assert len((await trainers.workshop.history(None, 10)).changes) == (0 if written == 0 else 1)


async def test_copies_are_warned_about(trainers: Trainers, sari: Staff, root: Path) -> None:
    (root / "kept.jsonl").write_text('{"text": "warnanya salah semua tolong dibetulkan"}\n', encoding="utf-8")
    for intent, text in (
        (PAY, "apakah boleh minta revisi logo yang kemarin"),
        (REVISE, "apakah boleh minta revisi logo yang kemarin?"),
        (REVISE, "Warnanya salah semua, tolong dibetulkan"),
    ):
        await trainers.workshop.add(sari, intent=intent, text=text, key=new_key())
    for _ in range(2):  # what is under way may have begun before the last change
        await trainers.workshop.sentences()
        await trainers.warnings.settled()
    page = await trainers.workshop.sentences(warning="any")
    kinds = [(found.place.intent, warned.kind) for found in page.sentences for warned in found.warnings]
    assert sorted(kinds) == [(REVISE, "leak"), (REVISE, "near_duplicate"), (PAY, "near_duplicate")]
    warned, _ = await trainers.workshop.preview("apakah boleh minta revisi logo yg kemarin", PAY)
    assert [(one.kind, one.other_intent) for one in warned if one.kind == "near_duplicate"] == [
        ("near_duplicate", REVISE)
    ]
    assert {one.topic.intent: one.thin for one in await trainers.workshop.topics()} == {REVISE: True, PAY: True}
