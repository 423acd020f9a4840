"""Imports of the policy as files in the home."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.errors import CatalogueError
from bot.services.knowledge import ROOT
from bot.services.policy_imports import PolicyImports
from bot.services.policy_report import PolicyReport, review_lines
from tests.policy_documents import document, known_wording

T0 = datetime(2026, 1, 1, tzinfo=timezone.utc)
CHANGED = {**known_wording(), "H13": f"{known_wording()['H13']} Titik."}


@pytest.fixture(name="imports")
def _imports(tmp_path: Path) -> PolicyImports:
    return PolicyImports(tmp_path / "home")


def test_the_former_import_is_kept_and_the_same_document_is_one(imports: PolicyImports) -> None:
    for hours, wording in enumerate([known_wording(), known_wording(), CHANGED, CHANGED]):
        imports.add(wording, T0 + timedelta(hours=hours))
    assert [one.at for one in imports.all()] == [T0, T0 + timedelta(hours=2)]
    assert imports.current() == CHANGED


def test_an_import_from_before_there_was_a_history_counts(imports: PolicyImports) -> None:
    imports.path.parent.mkdir()
    imports.path.write_text(json.dumps(known_wording()), encoding="utf-8")
    imports.add(CHANGED, datetime.now(timezone.utc) + timedelta(hours=1))
    assert [one.wording for one in imports.all()] == [known_wording(), CHANGED]


@pytest.mark.parametrize("damage", ["", "[]", '{"imports": 3}', "\x00", '{"imports": [{"at": 1}], "reviewed": {}}'])
def test_a_damaged_history_is_begun_anew(imports: PolicyImports, damage: str) -> None:
    imports.add(known_wording(), T0)
    (imports.path.parent / "policy-imports.json").write_text(damage, encoding="utf-8")
    imports.add(CHANGED, datetime.now(timezone.utc) + timedelta(hours=1))
    assert [one.wording for one in imports.all()] == [known_wording(), CHANGED]


def test_a_document_that_lacks_clauses_changes_nothing(imports: PolicyImports) -> None:
    report = PolicyReport(ROOT, imports)
    report.take(document(known_wording()), T0)
    with pytest.raises(CatalogueError):
        report.take("HAK\n\n1. Satu saja.\n", T0)
    assert imports.current() == known_wording()


def test_answers_of_a_changed_clause_are_listed_until_they_were_looked_at(imports: PolicyImports) -> None:
    report = PolicyReport(ROOT, imports)
    assert report.overview().clauses == ()
    report.take(document(known_wording()), T0)
    assert report.to_review() == set()
    report.take("\ufeff" + document(CHANGED), T0 + timedelta(days=1))
    assert report.to_review() == {"utter_tunda_bayar"}
    row = next(row for row in report.overview().clauses if row.change.id == "H13")
    assert (row.answers, row.intent, row.change.change) == (("utter_tunda_bayar",), "tunda_bayar", "changed")
    assert row.sentences >= 40
    [line] = review_lines(report.overview())
    assert line.startswith("REVIEW H13: utter_tunda_bayar; ")
    imports.review("utter_tunda_bayar", T0 + timedelta(days=2))
    assert report.to_review() == set()
