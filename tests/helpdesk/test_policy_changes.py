"""Which clauses of an imported policy are new, which have moved, and what the operator is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CatalogueError
from bot.helpdesk.clauses import CLAUSE_IDS, ClauseCatalogue, clause_name, is_clause_id
from bot.helpdesk.policy_changes import PolicyChanges, advice, compare_policy
from bot.helpdesk.policy_document import parse_imported, parse_policy
from bot.services.knowledge import ROOT, Knowledge
from tests.policy_documents import NEW_RIGHT, document, inserted, known_wording, with_new_clauses

_OFFICIAL = ROOT.parent / "shared/policy/hak-dan-kewajiban.txt"
_RIGHTS = [clause for clause in CLAUSE_IDS if clause.startswith("H")]


def test_a_document_with_more_clauses_is_split_into_them() -> None:
    assert parse_policy(document(with_new_clauses())) == with_new_clauses()


def test_numbers_that_the_catalogue_lacks_are_new() -> None:
    assert compare_policy(with_new_clauses(), known_wording()) == PolicyChanges(new=("K10", "H18"))


def test_the_policy_of_today_has_nothing_new() -> None:
    assert compare_policy(known_wording(), known_wording()) == PolicyChanges()


@pytest.mark.skipif(not _OFFICIAL.exists(), reason="no ../shared beside this clone: the policy document is not here")
def test_the_owners_wording_is_recognised_by_our_summaries() -> None:
    official = parse_policy(_OFFICIAL.read_text(encoding="utf-8-sig"))
    assert compare_policy(official, known_wording()) == PolicyChanges()
    rights = [official[clause] for clause in _RIGHTS]
    for number in range(1, len(rights) + 1):
        shifted = [*rights[: number - 1], NEW_RIGHT, *rights[number - 1 :]]
        moved = {f"H{n + 1}": f"H{n}" for n in range(number, len(rights) + 1)}
        wording = {**official, **{f"H{n}": text for n, text in enumerate(shifted, start=1)}}
        assert compare_policy(wording, known_wording()) == PolicyChanges((), moved, (f"H{number}",))


@pytest.mark.parametrize("number", range(1, 18))
def test_a_clause_put_in_between_makes_the_others_moved_not_new(number: int) -> None:
    changes = compare_policy(inserted(number), known_wording())
    assert changes.new == ()
    assert changes.moved == {f"H{n + 1}": f"H{n}" for n in range(number, 18)}
    assert changes.replaced == (f"H{number}",)


def test_two_clauses_may_change_places() -> None:
    wording = known_wording()
    wording["H13"], wording["H14"] = wording["H14"], wording["H13"]
    assert compare_policy(wording, known_wording()) == PolicyChanges(moved={"H13": "H14", "H14": "H13"})


def test_a_known_number_with_another_subject_is_replaced() -> None:
    assert compare_policy({**known_wording(), "H9": NEW_RIGHT}, known_wording()) == PolicyChanges(replaced=("H9",))


@given(st.dictionaries(st.sampled_from(["H1", "H2", "H18", "P"]), st.text(min_size=1)))
def test_any_wording_can_be_compared(wording: dict[str, str]) -> None:
    changes = compare_policy(wording, known_wording())
    assert set(changes.new) <= {"H18"}
    assert not {*changes.new} & {*changes.moved}


def test_the_operator_is_told_what_each_change_means() -> None:
    before = known_wording()
    after = {
        **inserted(16),
        "K5": f"{before['K5']} Segera.",
        "K6": "Jaminan kualitas layanan aktif berbeda sekali kini.",
    }
    lines = advice(compare_policy(after, before), before, after)
    assert [line.split(":")[0] for line in lines] == [
        *("MOVED H17", "MOVED H18", "REPLACED H16", "CHANGED K5", "CHANGED K6"),
    ]
    assert "not a new clause" in lines[0]
    assert "some of the wording" in lines[3]
    assert "MUCH" in lines[4]
    assert [line.split(":")[0] for line in advice(PolicyChanges(), with_new_clauses(), before)] == [
        *("GONE K10", "GONE H18")
    ]
    assert advice(PolicyChanges(), {}, before) == []


def test_what_an_import_stored_is_read_again() -> None:
    assert parse_imported('{"H18": "a", "P": "b"}') == {"H18": "a", "P": "b"}


@given(st.text() | st.sampled_from(['{"H18": 1}', '{"H0": "a"}', '{"x": "a"}', "[" * 100_000, '{"H18": ""}']))
def test_anything_else_is_refused_with_a_known_error(stored: str) -> None:
    try:
        assert all(map(is_clause_id, parse_imported(stored)))
    except CatalogueError as error:
        assert "import it again" in str(error)


@pytest.mark.parametrize(("clause", "name"), [("H18", "Hak 18"), ("K10", "Kewajiban 10"), ("P", "Penutup")])
def test_a_clause_is_named_as_customers_read_it(clause: str, name: str) -> None:
    assert clause_name(clause) == name


@pytest.mark.parametrize("wrong", ["", "H", "H0", "H100", "h1", "X1", "H1 ", "P1"])
def test_what_is_no_clause_id_has_no_name(wrong: str) -> None:
    assert not is_clause_id(wrong)
    with pytest.raises(CatalogueError):
        clause_name(wrong)


def _rows() -> list[dict[str, str]]:
    return [dict(clause.__dict__) for clause in Knowledge.load().clauses]


def test_the_catalogue_may_grow_by_a_trained_clause() -> None:
    row = {"id": "H18", "topic": "titip_perangkat", "title": "Titip perangkat", "summary": "a", "next": "b"}
    assert ClauseCatalogue.parse({"clauses": [*_rows(), row]})["H18"].topic == "titip_perangkat"


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"id": "H99x"}, "no clause id"), ({"id": "H1"}, "lacks H17"), ({"topic": "migrasi"}, "a topic stands twice")],
)
def test_a_catalogue_that_is_not_sound_is_refused(change: dict[str, str], fault: str) -> None:
    rows = _rows()
    rows[-2] |= change
    extra = [{**rows[-2], "id": "H17", "topic": "a", "title": "b"}] if "H99x" in change.values() else []
    with pytest.raises(CatalogueError, match=fault):
        ClauseCatalogue.parse({"clauses": [*rows, *extra]})
