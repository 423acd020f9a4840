"""The rules without any I/O: texts that may enter, buttons, retries, asking back, scoring, the policy document."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CatalogueError, HelpdeskError
from bot.helpdesk.catalogue import rupiah
from bot.helpdesk.clarifying import HUMAN, STARTERS, Candidate, clarify_buttons, offered_topics
from bot.helpdesk.clauses import CLAUSE_IDS
from bot.helpdesk.conversation import Button, pressed_button
from bot.helpdesk.message_text import checked_text
from bot.helpdesk.policy_document import parse_policy, policy_diff
from bot.helpdesk.retrying import next_attempt, patience_is_over
from bot.helpdesk.scoring import Labelled, Predicted, score
from bot.services.knowledge import Knowledge

NOW = datetime(2026, 3, 2, tzinfo=timezone.utc)
LABELS = {"cara_bayar": "Cara bayar", "bantuan_layanan": "Bantuan", "info_layanan": "Layanan", "migrasi": "Pindahan"}


@given(st.text())
def test_a_text_is_taken_unchanged_or_refused_with_a_known_error(text: str) -> None:
    try:
        assert checked_text(text, max_length=50) == text
    except HelpdeskError as error:
        assert 400 <= error.status < 500
    else:
        assert text.strip()
        text.encode()
        assert "\x00" not in text


@given(st.text(), st.lists(st.builds(Button, st.text(min_size=1), st.text(min_size=1))))
def test_only_a_buttons_own_words_press_it(text: str, buttons: list[Button]) -> None:
    pressed = pressed_button(text, buttons)
    if pressed is not None:
        assert text.strip().casefold() in (pressed.title.casefold(), pressed.payload.casefold())


@given(st.integers(min_value=1, max_value=10_000))
def test_pauses_grow_and_stay_bounded(attempts: int) -> None:
    pause = next_attempt(NOW, attempts) - NOW
    assert timedelta(seconds=0.5) <= pause <= timedelta(seconds=8)
    assert pause <= next_attempt(NOW, attempts + 1) - NOW


def test_patience_ends_at_its_time() -> None:
    assert not patience_is_over(NOW + timedelta(seconds=59), NOW, 60)
    assert patience_is_over(NOW + timedelta(seconds=60), NOW, 60)


def test_the_likeliest_topics_are_offered_and_unknown_intents_are_not() -> None:
    ranking = [Candidate("salam", 0.5), Candidate("migrasi", 0.2), Candidate("cara_bayar", 0.3)]
    offered = offered_topics(ranking, LABELS, understood_nothing=False)
    assert [b.payload for b in offered] == ["/cara_bayar", "/migrasi"]


def test_without_a_clue_the_usual_starters_are_offered() -> None:
    offered = offered_topics([Candidate("migrasi", 0.9)], LABELS, understood_nothing=True)
    assert [b.payload.removeprefix("/") for b in offered] == list(STARTERS[:2])


def test_a_person_is_offered_last_at_first_and_first_from_then_on() -> None:
    topics = [Button("Cara bayar", "/cara_bayar")]
    assert clarify_buttons(topics, asked_before=0)[-1] == HUMAN
    assert clarify_buttons(topics, asked_before=1)[0] == HUMAN


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("paket hosting apa saja", ["hosting"]),
        ("harga email hosting sama domain", ["email_hosting", "domain"]),
        ("VPS ada?", ["server"]),
        ("saya mau beli kopi", []),
        ("hostingnya gimana", ["hosting"]),
    ],
)
def test_services_are_recognised_by_the_customers_words(text: str, keys: list[str]) -> None:
    assert [service.key for service in Knowledge.load().services.mentioned(text)] == keys


def test_prices_are_shown_only_with_the_notice_that_they_are_samples() -> None:
    knowledge = Knowledge.load()
    for service in knowledge.services.services:
        text = knowledge.about_services(service.words[0]).text
        assert "Rp" not in text or knowledge.services.sample_prices_notice in text


@given(st.integers(min_value=1, max_value=10**12))
def test_rupiah_reads_back(amount: int) -> None:
    assert int(rupiah(amount).removeprefix("Rp").replace(".", "")) == amount


def test_scores_count_acceptable_outcomes_and_the_first_clause() -> None:
    gold = [
        Labelled("a", ("answer", "handoff"), ("K4", "K6"), "formal"),
        Labelled("b", ("refuse",), ("H4",), "gaul"),
        Labelled("c", ("answer",), ("H13",), "gaul"),
    ]
    predicted = [Predicted("answer", ("K6",)), Predicted("refuse", ()), Predicted("answer", ("H6", "H13"))]
    result = score(gold, predicted)
    assert (result.n, result.outcome, round(result.full, 3)) == (3, 1.0, 0.667)


@pytest.mark.parametrize(
    "row",
    [
        [],
        {},
        {"text": 1, "outcome": ["answer"]},
        {"text": "a", "outcome": []},
        {"text": "a", "outcome": ["entah"]},
        {"text": "a", "outcome": "answer"},
        {"text": "a", "outcome": [["answer"]]},
        {"text": "a", "outcome": ["answer"], "clauses": "K5"},
        {"text": "a", "outcome": ["answer"], "register": 3},
    ],
)
def test_a_row_that_is_no_labelled_message_is_named(row: object) -> None:
    with pytest.raises(CatalogueError, match="line 7"):
        Labelled.parse(row, 7)


def policy(**changes: str) -> str:
    wording = {clause: f"bunyi {clause}" for clause in CLAUSE_IDS} | changes
    lines = ["Judul", "", "KEWAJIBAN.", ""]
    lines += [f"  {clause[1:]}. {wording[clause]}" for clause in CLAUSE_IDS if clause[0] == "K"]
    lines += ["", "HAK.", ""]
    lines += [f"  {clause[1:]}. {wording[clause]}" for clause in CLAUSE_IDS if clause[0] == "H"]
    return "\n".join([*lines, "", wording["P"]])


def test_a_policy_document_is_split_into_its_clauses() -> None:
    assert parse_policy(policy()) == {clause: f"bunyi {clause}" for clause in CLAUSE_IDS}


def test_a_clause_may_run_over_several_lines() -> None:
    assert parse_policy(policy(H3="baris satu\n     baris dua"))["H3"] == "baris satu baris dua"


@pytest.mark.parametrize(
    "broken", ["", "HAK.\n1. a", policy().replace("  5. bunyi K5\n", ""), policy().replace("HAK.", "")]
)
def test_an_incomplete_policy_document_is_refused(broken: str) -> None:
    with pytest.raises(CatalogueError):
        parse_policy(broken)


def test_the_difference_names_clause_and_words() -> None:
    old, new = parse_policy(policy()), parse_policy(policy(H13="bunyi baru H13"))
    assert policy_diff(old, new) == ["H13: bunyi {+baru+} H13"]
    assert policy_diff(old, old) == []


def test_the_policy_parser_never_fails_in_an_unforeseen_way() -> None:
    @given(st.text(alphabet="KEWAJIBNH.12345 \n-abc"))
    def check(document: str) -> None:
        with suppress(CatalogueError):
            parse_policy(document)

    check()
