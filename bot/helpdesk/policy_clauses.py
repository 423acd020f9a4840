"""An imported policy clause by clause: beside the one imported before, and beside our catalogue."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.helpdesk.policy_changes import compare_policy


@dataclass(frozen=True)
class PolicyImport:
    """The official wording by clause id, as it was imported."""

    at: datetime
    wording: Mapping[str, str]


@dataclass(frozen=True)
class DiffPart:
    """Words that both have (`same`), only the former has (`gone`) or only the later one has (`new`)."""

    op: str
    text: str


@dataclass(frozen=True)
class ClauseChange:
    """One clause under its number of today.

    `change`: same; changed (other words); new (a number that the catalogue lacks); gone (not in today's policy);
    moved (`moved_from`: the number under which our catalogue, and so our answers, still have it); replaced (the
    catalogue says something else under this number). `before` is the wording of the same clause before, if known.
    """

    id: str
    change: str
    before: str | None
    after: str | None
    moved_from: str | None
    diff: tuple[DiffPart, ...]


def clause_changes(
    before: Mapping[str, str] | None, after: Mapping[str, str], catalogue: Mapping[str, str]
) -> list[ClauseChange]:
    """In document order, what is gone last. `before` is None at the first import."""
    found = compare_policy(after, catalogue)
    earlier = before or {}
    changes = []
    for clause_id, text in after.items():
        source = found.moved.get(clause_id, clause_id)
        was = earlier.get(source)
        if clause_id in found.moved and earlier.get(clause_id) == text:
            # Moved already at the import before: nothing new in its words.
            was = text
        if clause_id in found.new:
            kind, was = "new", earlier.get(clause_id)
        elif clause_id in found.moved:
            kind = "moved"
        elif clause_id in found.replaced:
            kind = "replaced"
        else:
            kind = "same" if was in (None, text) else "changed"
        moved_from = found.moved.get(clause_id)
        changes.append(ClauseChange(clause_id, kind, was, text, moved_from, word_diff(was, text)))
    known = dict.fromkeys([*earlier, *catalogue])
    gone = [i for i in known if i not in after]
    changes += [ClauseChange(i, "gone", earlier.get(i), None, None, word_diff(earlier.get(i), None)) for i in gone]
    return changes


def word_diff(before: str | None, after: str | None) -> tuple[DiffPart, ...]:
    """Word by word; one part where there is nothing to compare with."""
    if before is None or after is None:
        text = before if after is None else after
        return (DiffPart("same" if before is None else "gone", text),) if text else ()
    old, new = before.split(), after.split()
    parts: list[DiffPart] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(DiffPart("same", " ".join(old[a:b])))
            continue
        if b > a:
            parts.append(DiffPart("gone", " ".join(old[a:b])))
        if d > c:
            parts.append(DiffPart("new", " ".join(new[c:d])))
    return tuple(parts)


def changed_at(imports: Sequence[PolicyImport]) -> dict[str, datetime]:
    """When each clause last got another wording or went, over imports in their order; the first changes nothing."""
    found: dict[str, datetime] = {}
    for former, later in itertools.pairwise(imports):
        for clause_id in dict.fromkeys([*former.wording, *later.wording]):
            if former.wording.get(clause_id) != later.wording.get(clause_id):
                found[clause_id] = later.at
    return found


def needs_review(clauses: Sequence[str], changed: Mapping[str, datetime], reviewed_at: datetime | None) -> bool:
    """Whether a clause that an answer names has changed since somebody has looked at the answer."""
    times = [changed[clause] for clause in clauses if clause in changed]
    return bool(times) and (reviewed_at is None or max(times) > reviewed_at)
