"""Kept tests as files: what is put in comes out, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.errors import InvalidMessageError, TrainingDataBrokenError
from bot.helpdesk.conversation import Outcome
from bot.helpdesk.kept_tests import KeptConversation, KeptMessage, KeptTurn, checked_message, checked_turns, kept_text
from bot.helpdesk.scoring import Labelled, Predicted
from bot.services.kept_tests.message_file import messages_of, with_message, without_message
from bot.services.kept_tests.story_file import conversations_of, with_conversation, without_conversation

STEPS = {"salam": [{"action": "utter_salam"}], "minta": [{"action": "form_x"}, {"active_loop": "form_x"}]}
BY_HAND = Path(__file__).parents[1] / "test_stories.yml"


def _kept_or_none(text: str) -> str | None:
    try:
        return kept_text(text)
    except InvalidMessageError:
        return None


_ODD = [
    "halo",
    "- ",
    "#",
    ": ",
    "[",
    "](",
    "]{",
    "\n",
    "\u2028",
    "\x85",
    "'",
    '"',
    "{",
    "|",
    "%",
    "\t",
    "\\",
    "\x00",
    "&a",
]
_PIECES = st.sampled_from(
    [*_ODD, "toko.co.id", "budi@toko.id", "/cara_bayar", "Rp 50.000", "[surel]", "\ufeff", "a: b"]
)
TEXTS = st.lists(_PIECES | st.text(max_size=8), min_size=1, max_size=12).map("".join).map(_kept_or_none)
KEPT = TEXTS.filter(bool)
OUTCOMES = st.sampled_from([outcome.value for outcome in Outcome])
TURNS = st.builds(
    KeptTurn,
    KEPT,
    st.sampled_from(["salam", "minta", "cara_bayar"]),
    OUTCOMES,
    st.lists(st.sampled_from(["K1", "H13", "P"]), max_size=2, unique=True).map(tuple),
)
NAMES = KEPT.map(lambda text: " ".join(text.split())[:100]).filter(bool)
CONVERSATIONS = st.builds(
    KeptConversation,
    st.sampled_from(["k1", "k2", "k3", "k4"]),
    NAMES,
    st.lists(TURNS, min_size=1, max_size=4).map(tuple),
)


@given(st.text())
def test_a_kept_text_is_kept_as_it_is(text: str) -> None:
    kept = _kept_or_none(text)
    assert kept is None or kept_text(kept) == kept


@settings(max_examples=15)
@given(st.lists(CONVERSATIONS | st.sampled_from(["k1", "k2", "k3"]), max_size=12))
def test_any_sequence_of_changes_leaves_what_was_put_in(changes: list[KeptConversation | str]) -> None:
    content, expected = "", {}
    for change in changes:
        if isinstance(change, str):
            content = without_conversation(content, change)
            expected.pop(change, None)
        else:
            content = with_conversation(content, change, STEPS)
            expected[change.id] = change
    assert {kept.id: kept for kept in conversations_of(content, {})} == expected
    assert YAML(typ="safe").load(content or "{}") is not None


@settings(max_examples=10)
@given(st.integers(0, 44), CONVERSATIONS)
def test_stories_written_by_hand_stay_byte_for_byte(number: int, new: KeptConversation) -> None:
    before = BY_HAND.read_text(encoding="utf-8")
    known = conversations_of(before, {})
    gone = without_conversation(before, known[number].id)
    lines, fewer = before.splitlines(), gone.splitlines()
    same = next((n for n, (a, b) in enumerate(zip(lines, fewer)) if a != b), len(fewer))
    assert fewer == lines[:same] + lines[len(lines) - len(fewer) + same :]
    changed = with_conversation(gone, new, STEPS)
    assert changed.startswith(gone)
    assert [c.id for c in conversations_of(changed, {})] == [*(c.id for c in known if c.id != known[number].id), new.id]
    assert without_conversation(changed, new.id) == gone


def test_comments_between_stories_stay_with_what_follows() -> None:
    content = (
        'version: "3.1"\r\nstories:\r\n- story: a  # satu\r\n  steps:\r\n  - intent: salam\r\n\r\n'
        "# tentang b\r\n- story: b\r\n  steps:\r\n  - intent: salam\r\n"
    )
    a, b = conversations_of(content, {"salam": Predicted("smalltalk", ())})
    assert a.turns == (KeptTurn("/salam", "salam", "smalltalk", ()),)
    changed = with_conversation(content, KeptConversation(a.id, "c", a.turns), STEPS)
    assert "\r\n\r\n# tentang b\r\n- story: b\r\n" in changed
    assert "- story: c\r\n  metadata:\r\n    id: " in changed
    assert without_conversation(changed, b.id).count("# tentang b") == 1


def test_a_story_with_steps_of_its_own_is_not_changed_from_here() -> None:
    content = "stories:\n- story: a\n  steps:\n  - intent: salam\n  - slot_was_set:\n    - x: y\n"
    [story] = conversations_of(content, {})
    with pytest.raises(InvalidMessageError):
        with_conversation(content, story, STEPS)


@pytest.mark.parametrize(
    "content", ["stories: [", "stories: 3\n", "a: 1\n", "stories:\n- x\n", "stories:\n- story: 1\n"]
)
def test_a_broken_file_is_told_and_never_written_over(content: str) -> None:
    for change in (
        lambda: conversations_of(content, {}),
        lambda: with_conversation(content, KeptConversation("k1", "x", ()), STEPS),
        lambda: without_conversation(content, "k1"),
    ):
        with pytest.raises(TrainingDataBrokenError):
            change()


MESSAGES = st.builds(
    KeptMessage,
    KEPT,
    st.lists(OUTCOMES, min_size=1, max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from(["K1", "H13"]), max_size=2, unique=True).map(tuple),
)


@given(st.lists(MESSAGES, max_size=8))
def test_kept_messages_come_back_and_go_one_by_one(messages: list[KeptMessage]) -> None:
    content = '{"text": "lama", "outcome": ["refuse"], "clauses": [], "register": "x"}\n'
    first, expected = content, {}
    for message in messages:
        content = with_message(content, message)
        expected[message.text] = message
    assert messages_of(content)[1:] == [m for text, m in expected.items() if text != "lama"]
    for line in content.splitlines():
        Labelled.parse(json.loads(line), 1)
    for message in messages:
        content = without_message(content, message.id)
    assert content == (first if "lama" not in expected else "")


def test_a_broken_line_is_named() -> None:
    with pytest.raises(TrainingDataBrokenError) as caught:
        messages_of('{"text": "a", "outcome": ["answer"], "clauses": ["K1"]}\n{"text"\n')
    assert caught.value.data["line"] == 2


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"text": "", "outcome": "refuse"}, "text"),
        ({"text": "x", "outcome": "answer"}, "clauses"),
        ({"text": "x", "outcome": "lain"}, "outcome"),
        ({"text": "x", "outcome": "refuse", "clauses": ["X1"]}, "clauses"),
        ({"text": "x", "outcome": "refuse", "intent": "a b"}, "intent"),
        ("x", "turns"),
    ],
)
def test_turns_that_cannot_be_kept_are_named(row: object, field: str) -> None:
    with pytest.raises(InvalidMessageError) as caught:
        checked_turns([{"text": "a", "outcome": "refuse"}, row])
    assert (caught.value.data["field"], caught.value.data["turn"]) == (field, 2)
    with pytest.raises(InvalidMessageError):
        checked_message("x", [], [])
