"""Scripted dialogues about paid support, against the trained model and the real actions (paid_support.yml)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from bot.helpdesk.paid.effects import FileRequest, effect_from_json
from bot.helpdesk.paid.intake import End, Intake, Question
from bot.helpdesk.paid.intake_texts import say
from bot.helpdesk.paid.requests import Order, PaidKind, Urgency
from bot.services.knowledge import ROOT
from tests.assistant import assistant

if TYPE_CHECKING:
    from bot.nlu.turn import Turn, Utterance

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]

DIALOGUES: list[dict[str, Any]] = YAML(typ="safe").load(
    (ROOT / "tests/dialogues/paid_support.yml").read_text(encoding="utf-8")
)
STAFF = "<staf>"
# What a customer reads at each end, except for what is filed.
CLOSINGS = {say(Intake(end=end)).text: end.value for end in End if end is not End.FILED}


async def play(turns: list[str]) -> list[Turn]:
    local, answered = assistant().local, []
    conversation = local.new_conversation()
    buttons: dict[str, str] = {}
    for number, text in enumerate(turns):
        if text == STAFF:
            await local.person_speaks(conversation)
            continue
        title = text[1:-1] if text.startswith("[") else None
        turn = await local.next_turn(conversation, number, title or text, buttons[title] if title else None)
        buttons = {button["title"]: button["payload"] for said in turn.replies for button in said.buttons}
        answered.append(turn)
    return answered


def filed(turn: Turn) -> list[Order]:
    effects = [effect_from_json(said.effect) for said in turn.replies]
    return [effect.order for effect in effects if isinstance(effect, FileRequest)]


def end_of(turn: Turn) -> str:
    last = turn.replies[-1]
    if filed(turn):
        return End.FILED.value
    return CLOSINGS.get(last.text) or ("asking" if last.outcome == "paid_support" else "answered")


def order_of(data: dict[str, Any]) -> Order:
    return Order(
        kind=PaidKind(data.get("kind", "extra")),
        need=data["need"],
        target=data["target"],
        urgency=Urgency(data["urgency"]),
        email=data.get("email"),
        phone=data.get("phone"),
        capacity_gb=data.get("capacity_gb"),
    )


def is_of_the_form(said: Utterance) -> bool:
    return said.outcome == "paid_support"


def test_there_are_forty_and_every_end_is_among_them() -> None:
    assert len({dialogue["name"] for dialogue in DIALOGUES}) == len(DIALOGUES) >= 40
    assert {d["end"] for d in DIALOGUES} >= {end.value for end in End} - {End.OFF_TOPIC.value}


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_the_dialogue_ends_in_the_right_state(dialogue: dict[str, Any]) -> None:
    turns = asyncio.run(play(dialogue["turns"]))
    script = [(turn.intent, [said.text for said in turn.replies]) for turn in turns]
    expected = [order_of(data) for data in dialogue.get("orders") or [dialogue.get("order")] if data]
    assert end_of(turns[-1]) == dialogue["end"], script
    assert [order for turn in turns for order in filed(turn)] == expected, script
    for turn in turns:
        # One message a turn; another topic, or another request, is answered before it.
        assert len(turn.replies) <= 2, script
        for said in turn.replies:
            if is_of_the_form(said):
                assert set(said.clauses) & {"H3", "H5", "H14"}, script


def test_a_message_that_rasa_has_seen_already_changes_nothing() -> None:
    local = assistant().local

    async def twice() -> tuple[Turn, Turn, Turn]:
        conversation = local.new_conversation()
        await local.next_turn(conversation, 0, "tolong pasang chat wa di tokobaju.id, santai, 081234567890")
        first = await local.next_turn(conversation, 1, "iya")
        again = await local.next_turn(conversation, 1, "iya")
        return first, again, await local.next_turn(conversation, 2, "iya")

    first, again, next_one = asyncio.run(twice())
    assert filed(first) == filed(again) != []
    assert filed(next_one) == []


def test_the_forms_buttons_do_no_harm_outside_it() -> None:
    for payload in ("/setuju", "/ubah_permintaan", "/batal_permintaan", "/pilih_jawaban"):
        turn = assistant().turn("Ya, ajukan", payload)
        assert [said.outcome for said in turn.replies] == ["clarify"]
    for payload in ("/ajukan_berbayar", "/ajukan_migrasi", "/ajukan_revisi"):
        said = assistant().turn("Ajukan", payload).replies[0]
        assert said.outcome == "paid_support"
        assert filed(assistant().turn("Ajukan", payload)) == []


def test_the_first_turn_says_why_it_costs_something_and_asks() -> None:
    said = assistant().turn("tolong pasangkan plugin membership di website saya").replies[0]
    assert (said.outcome, said.clauses) == ("paid_support", ["H5"])
    assert "berbayar (Hak 5)" in said.text
    assert said.text.endswith(say(Intake(need="x", open=Question.TARGET, turns=2)).text)
