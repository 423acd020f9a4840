"""Replies made from the catalogues."""

import pytest

from bot.helpdesk.clarifying import HUMAN, Candidate
from bot.helpdesk.conversation import Outcome
from bot.services.knowledge import Knowledge

KNOWLEDGE = Knowledge.load()
RANKING = [Candidate("migrasi", 0.5), Candidate("tempo_bayar", 0.3), Candidate("salam", 0.2)]


def test_the_words_of_the_question_change_from_time_to_time_and_a_person_comes_forward() -> None:
    replies = [KNOWLEDGE.ask_back(RANKING, asked_before=n, understood_nothing=False) for n in range(3)]
    assert len({reply.text for reply in replies}) == 3
    assert all(reply.outcome is Outcome.CLARIFY for reply in replies)
    assert [reply.buttons.index(HUMAN) for reply in replies] == [2, 0, 0]


def test_an_opening_is_met_with_an_invitation() -> None:
    reply = KNOWLEDGE.ask_back(RANKING, asked_before=0, understood_nothing=False, is_opening=True)
    assert reply.text.startswith("Silakan")


@pytest.mark.parametrize(
    ("after", "outcome", "clauses"),
    [
        (Outcome.PAID_SUPPORT, Outcome.HANDOFF, ("H5",)),
        (Outcome.HANDOFF, Outcome.HANDOFF, ()),
        (Outcome.ANSWER, Outcome.CLARIFY, ()),
        (None, Outcome.CLARIFY, ()),
    ],
)
def test_details_go_where_they_were_asked_for(
    after: Outcome | None, outcome: Outcome, clauses: tuple[str, ...]
) -> None:
    reply = KNOWLEDGE.take_details(after=after)
    assert (reply.outcome, reply.clauses) == (outcome, clauses)


def test_a_new_clause_is_quoted_as_it_stands_with_a_way_to_staff() -> None:
    reply = KNOWLEDGE.about_new_clause("H18", " Menolak <b>kunjungan</b> {nama}. ")
    assert (reply.outcome, reply.clauses) == (Outcome.ANSWER, ("H18",))
    assert "Hak 18" in reply.text
    assert "“Menolak <b>kunjungan</b> {nama}.”" in reply.text
    assert reply.buttons == (HUMAN,)
