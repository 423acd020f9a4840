"""One text of domain.yml in place of another, and what a text must keep to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.errors import InvalidMessageError, TrainingDataBrokenError
from bot.helpdesk.answer_rules import problems_of, tidy_answer
from bot.services.knowledge import ROOT
from bot.services.wording.answer_file import FixedAnswer, answers_of, with_text
from tests.policy_documents import NEW_RIGHT

DOMAIN = (ROOT / "domain.yml").read_text(encoding="utf-8")
ANSWERS = answers_of(DOMAIN)
FACTS = [(ROOT / file).read_text(encoding="utf-8") for file in ("data/catalogue.yml", "data/policy/clauses.yml")]
PLACES = [(answer, number) for answer in ANSWERS for number in range(len(answer.variants))]


def _tidy_or_none(text: str) -> str | None:
    try:
        return tidy_answer(text)
    except InvalidMessageError:
        return None


_ODD = [
    "Halo. ",
    "Baris! Lagi",
    "\n",
    "\n\n",
    ": ",
    " #",
    "- ",
    "'",
    '"',
    "> ",
    "|",
    "{a: b}",
    "%",
    "\t",
    "\u2028",
    "A.  B",
]
TEXTS = st.lists(st.sampled_from(_ODD) | st.text(max_size=6), min_size=1, max_size=14).map("".join).map(_tidy_or_none)


@settings(max_examples=12)
@given(st.sampled_from(PLACES), TEXTS.filter(bool))
def test_a_new_text_is_there_and_nothing_else_has_changed(place: tuple[FixedAnswer, int], text: str) -> None:
    answer, number = place
    changed = with_text(DOMAIN, answer.name, number, text)
    lines, after = DOMAIN.split("\n"), changed.split("\n")
    start = next((n for n, (a, b) in enumerate(zip(lines, after)) if a != b), 0)
    same = next((n for n, (a, b) in enumerate(zip(lines[::-1], after[::-1])) if a != b), 0)
    # What differs lies within the lines of one text.
    assert not [line for line in lines[start : len(lines) - same] if re.match(r"  utter_|.*(metadata|buttons):", line)]
    again = {one.name: one for one in answers_of(changed)}
    assert again[answer.name].variants[number].text == text
    assert [one for one in ANSWERS if one.name != answer.name] == [one for n, one in again.items() if n != answer.name]
    # Its old text brings the old file back, but for where its lines are broken.
    back = with_text(changed, answer.name, number, answer.variants[number].text)
    assert YAML(typ="safe").load(back) == YAML(typ="safe").load(DOMAIN)


def test_sentences_stand_on_lines_of_their_own_and_short_ones_where_they_stood() -> None:
    changed = with_text(DOMAIN, "utter_tunda_bayar", 0, "Satu (Hak 13). Dua.")
    assert (
        "    - text: >-\n        Satu (Hak 13).\n        Dua.\n      metadata: {outcome: answer, clauses: [H13]}"
        in changed
    )
    assert "    - text: Siap, Kak.\n" in with_text(DOMAIN, "utter_pamit", 1, "Siap, Kak.")


def test_answers_of_today_are_written_as_an_edit_would_write_them() -> None:
    for answer, number in PLACES:
        if answer.name in {"utter_pamit", "utter_tunda_bayar", "utter_cari_rekanan"}:
            assert with_text(DOMAIN, answer.name, number, answer.variants[number].text) == DOMAIN


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_stay(end: str) -> None:
    changed = with_text(DOMAIN.replace("\n", end), "utter_salam", 0, "Halo. Hai.")
    assert changed.count("\n") == changed.count(end)


@pytest.mark.parametrize(
    "content",
    ["responses: [", "a: 1", "responses:\n  utter_x: [{text: a, metadata: {outcome: answer, clauses: [K1]}}]\n"],
)
def test_what_cannot_be_changed_from_here_stays(content: str) -> None:
    with pytest.raises(TrainingDataBrokenError):
        with_text(content, "utter_x", 0, "b")


def test_the_revision_tells_any_change() -> None:
    before = {one.name: one.revision for one in ANSWERS}
    after = {one.name: one.revision for one in answers_of(with_text(DOMAIN, "utter_salam", 1, "Halo, Kak."))}
    assert {name for name in before if before[name] != after[name]} == {"utter_salam"}


def test_the_answers_of_today_keep_to_the_rules() -> None:
    for answer, number in PLACES:
        variant = answer.variants[number]
        assert tidy_answer(variant.text) == variant.text
        assert problems_of(variant.text, clauses=variant.clauses, before="", facts=FACTS, policy={}) == [], answer.name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Bisa, Kak.", "Hak 13"),
        ("Sesuai Hak 13 dan Hak 12.", "Hak 12"),
        ("Sesuai Hak 13, biayanya Rp75.250, Kak.", "75.250"),
        ("Sesuai Hak 13, paling lambat 17 Agustus.", "17"),
        ("Sesuai Hak 13, telepon 0812-9999-1234.", "0812"),
        ("Sesuai Hak 13, tulis ke siapa@saja.example.", "siapa@saja.example"),
        ("Sesuai <b>Hak 13</b>, Kak.", "HTML"),
        ("Sesuai Hak 13, Kak, Anda harus melunasi.", "Anda"),
        (f"Sesuai Hak 13. {NEW_RIGHT}", "kata-kata sendiri"),
    ],
)
def test_what_customers_must_not_read_is_refused_with_its_reason(text: str, word: str) -> None:
    found = problems_of(tidy_answer(text), clauses=["H13"], before="", facts=FACTS, policy={"H13": NEW_RIGHT})
    assert any(word in problem for problem in found), found


@pytest.mark.parametrize("text", ["", " \n ", "x" * 1001, None, 3])
def test_no_text_and_too_much_of_it_are_refused(text: object) -> None:
    with pytest.raises(InvalidMessageError):
        tidy_answer(text)
