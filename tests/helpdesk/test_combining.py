"""One reply to two requests: its outcome, clauses, text and buttons; and what follows for a handoff."""

from __future__ import annotations

import pytest

from bot.helpdesk.clarifying import HUMAN
from bot.helpdesk.combining import MAX_BUTTONS, Answered, combine
from bot.helpdesk.conversation import Button, Outcome, Reply, Request
from bot.helpdesk.handoff import handoff_reason
from bot.helpdesk.queueing import WAITING, reply_while_waiting

ANSWER, REFUSE, PAID, HANDOFF = Outcome.ANSWER, Outcome.REFUSE, Outcome.PAID_SUPPORT, Outcome.HANDOFF


def answered(intent: str, outcome: Outcome, *clauses: str, buttons: tuple[Button, ...] = ()) -> Answered:
    return Answered(intent, f"Judul {intent}", Reply(f"Jawaban {intent}.", outcome, clauses, buttons))


@pytest.mark.parametrize(
    ("first", "second", "outcome", "clauses"),
    [
        (answered("a", ANSWER, "K5"), answered("b", ANSWER, "K9"), ANSWER, ("K5", "K9")),
        (answered("a", ANSWER, "K9"), answered("b", ANSWER, "K5"), ANSWER, ("K9", "K5")),
        (answered("a", HANDOFF, "K4"), answered("b", ANSWER, "K6"), HANDOFF, ("K4", "K6")),
        (answered("a", ANSWER, "K6"), answered("b", HANDOFF, "K4"), HANDOFF, ("K6", "K4")),
        (answered("a", ANSWER, "H8"), answered("b", HANDOFF), HANDOFF, ("H8",)),
        (answered("a", PAID, "H5"), answered("b", ANSWER, "K6"), PAID, ("H5", "K6")),
        (answered("a", PAID, "H5"), answered("b", ANSWER, "H5"), PAID, ("H5",)),
        (answered("a", PAID, "H5"), answered("b", HANDOFF, "K3"), HANDOFF, ("H5", "K3")),
        (answered("a", REFUSE, "H4"), answered("b", ANSWER, "K1"), ANSWER, ("K1",)),
        (answered("a", ANSWER, "K1"), answered("b", REFUSE), ANSWER, ("K1",)),
        (answered("a", REFUSE, "H4"), answered("b", HANDOFF), HANDOFF, ()),
        (answered("a", HANDOFF, "K3"), answered("b", HANDOFF, "K4"), HANDOFF, ("K3", "K4")),
    ],
)
def test_the_weightiest_outcome_with_the_clauses_of_both(
    first: Answered, second: Answered, outcome: Outcome, clauses: tuple[str, ...]
) -> None:
    reply = combine(first, second)
    assert (reply.outcome, reply.clauses) == (outcome, clauses)
    assert reply.requests == (Request("a", first.reply.outcome), Request("b", second.reply.outcome))
    assert reply.text.index("1. Judul a\nJawaban a.") < reply.text.index("2. Judul b\nJawaban b.")


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        (answered("a", REFUSE), answered("b", REFUSE, "H4"), "b"),
        (answered("a", REFUSE, "H4"), answered("b", REFUSE), "a"),
        (answered("a", HANDOFF), answered("b", HANDOFF), "a"),
        (answered("a", HANDOFF), answered("b", HANDOFF, "K4"), "b"),
    ],
)
def test_two_of_a_kind_without_clauses_are_one_matter(first: Answered, second: Answered, stands: str) -> None:
    reply = combine(first, second)
    assert reply.text == f"Jawaban {stands}."
    assert [request.intent for request in reply.requests] == [stands]


def test_buttons_of_both_without_doubles_and_without_what_is_answered() -> None:
    first = answered("a", ANSWER, "K5", buttons=(Button("B", "/b"), Button("C", "/c"), HUMAN))
    second = answered("b", ANSWER, "K9", buttons=(Button("C juga", "/c"), HUMAN, Button("D", "/d")))
    assert combine(first, second).buttons == (Button("C juga", "/c"), Button("D", "/d"), HUMAN)


def test_staff_stay_among_at_most_four_buttons_unless_they_are_called_already() -> None:
    many = tuple(Button(name, f"/{name}") for name in "cdefgh")
    reply = combine(answered("a", ANSWER, "K5", buttons=(*many, HUMAN)), answered("b", ANSWER, "K9"))
    assert len(reply.buttons) == MAX_BUTTONS
    assert reply.buttons[-1] == HUMAN
    handed_over = combine(answered("a", ANSWER, "K5", buttons=(*many, HUMAN)), answered("b", HANDOFF, "K4"))
    assert HUMAN not in handed_over.buttons


def test_the_reason_of_a_handoff_is_the_request_that_needs_a_person() -> None:
    reply = combine(answered("cara_bayar", ANSWER, "K5"), answered("kasus_layanan", HANDOFF, "K4"))
    assert handoff_reason([reply], "dua_permintaan") == "kasus_layanan"
    assert handoff_reason([Reply("Baik.", HANDOFF)], "minta_manusia") == "minta_manusia"
    assert handoff_reason([], None) is None


def test_in_the_queue_an_answer_is_said_also_where_the_other_request_waits_for_staff() -> None:
    mixed = combine(answered("a", HANDOFF, "K4"), answered("b", ANSWER, "K6"))
    both = combine(answered("a", HANDOFF, "K3"), answered("b", HANDOFF, "K4"))
    assert reply_while_waiting((mixed,), "dua_permintaan") == (mixed,)
    assert reply_while_waiting((both,), "dua_permintaan") == (WAITING,)
