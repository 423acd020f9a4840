"""An imported policy beside the former one and beside our catalogue, and which answers are to be looked at."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.policy_clauses import PolicyImport, changed_at, clause_changes, needs_review, word_diff
from tests.policy_documents import NEW_RIGHT, inserted, known_wording, with_new_clauses

T0 = datetime(2026, 1, 1, tzinfo=timezone.utc)


def kinds(before: dict[str, str] | None, after: dict[str, str]) -> dict[str, str]:
    """What is not the same, by clause id."""
    return {c.id: c.change for c in clause_changes(before, after, known_wording()) if c.change != "same"}


def test_nothing_has_changed_where_the_document_is_the_same_or_the_first() -> None:
    assert kinds(known_wording(), known_wording()) == {}
    assert kinds(None, known_wording()) == {}


def test_new_gone_and_changed_clauses_are_told_apart() -> None:
    after = {**known_wording(), "H13": f"{known_wording()['H13']} Titik."}
    assert kinds(known_wording(), after) == {"H13": "changed"}
    assert kinds(known_wording(), with_new_clauses()) == {"K10": "new", "H18": "new"}
    assert kinds(with_new_clauses(), known_wording()) == {"K10": "gone", "H18": "gone"}


def test_a_clause_put_in_between_moves_those_behind_it_and_their_words_stay() -> None:
    changes = {c.id: c for c in clause_changes(known_wording(), inserted(16), known_wording())}
    assert {i: c.change for i, c in changes.items() if c.change != "same"} == {
        "H16": "replaced",
        "H17": "moved",
        "H18": "moved",
    }
    assert changes["H16"].after == NEW_RIGHT
    assert changes["H17"].moved_from == "H16"
    assert {part.op for part in changes["H17"].diff} == {"same"}
    # The same document once more brings no news in words, though the catalogue still has the old numbers.
    again = {c.id: c for c in clause_changes(inserted(16), inserted(16), known_wording())}
    assert {part.op for part in again["H17"].diff} == {"same"}


_WORDS = st.lists(st.sampled_from(["hak", "kami", "boleh", "tidak", "bayar", "13", "."]), max_size=20).map(" ".join)


@given(_WORDS, _WORDS)
def test_a_difference_holds_all_words_of_both(before: str, after: str) -> None:
    parts = word_diff(before, after)
    assert " ".join(p.text for p in parts if p.op != "new") == before
    assert " ".join(p.text for p in parts if p.op != "gone") == after


def test_an_answer_is_to_be_looked_at_from_the_change_until_somebody_has() -> None:
    first = PolicyImport(T0, known_wording())
    later = PolicyImport(T0 + timedelta(days=1), {**known_wording(), "H13": "Lain."})
    changed = changed_at([first, later])
    assert changed == {"H13": later.at}
    assert needs_review(["H13"], changed, None)
    assert needs_review(["K1", "H13"], changed, T0)
    assert not needs_review(["H13"], changed, T0 + timedelta(days=2))
    assert not needs_review(["H12"], changed, None)
    assert changed_at([first]) == {}
