"""The imported policy for those who look after answers: clause by clause, with what is to be looked at again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import CatalogueError
from bot.helpdesk.policy_clauses import ClauseChange, changed_at, clause_changes, needs_review
from bot.helpdesk.policy_document import parse_policy
from bot.services.knowledge import Knowledge
from bot.services.policy_imports import PolicyImports
from bot.services.wording.answer_file import ANSWER_FILE, FixedAnswer, answers_of

_SENTENCE = re.compile(r"^[ \t]{2,}- \S", re.MULTILINE)


@dataclass(frozen=True)
class ReviewedClause:
    """A clause with the answers that name it, its topic with the number of sentences, and its title, if we have it.

    Of a clause that has moved: those of the number that our catalogue still has.
    """

    change: ClauseChange
    title: str
    answers: tuple[str, ...]
    intent: str | None
    sentences: int


@dataclass(frozen=True)
class PolicyOverview:
    """The newest import beside the one before it; without any import there are no clauses."""

    imported_at: datetime | None
    before_at: datetime | None
    clauses: tuple[ReviewedClause, ...]


class PolicyReport:
    """Over the project folder and the home."""

    def __init__(self, root: Path, imports: PolicyImports) -> None:
        self._root = root
        self._imports = imports

    def overview(self) -> PolicyOverview:
        """Raises CatalogueError or TrainingDataBrokenError where a file of the project cannot be read."""
        imports = self._imports.all()
        if not imports:
            return PolicyOverview(None, None, ())
        before = imports[-2] if len(imports) > 1 else None
        clauses = Knowledge.load(self._root).clauses
        known = {clause.id: clause for clause in clauses}
        answers = self.answers()
        rows = []
        for change in clause_changes(before.wording if before else None, imports[-1].wording, clauses.texts()):
            clause = known.get(change.moved_from or change.id)
            naming = tuple(a.name for a in answers if (change.moved_from or change.id) in a.clauses)
            title, intent = (clause.title, clause.topic) if clause else ("", None)
            rows.append(ReviewedClause(change, title, naming, intent, self._sentences(intent) if intent else 0))
        return PolicyOverview(imports[-1].at, before.at if before else None, tuple(rows))

    def take(self, document: str, now: datetime) -> None:
        """Import a document. Raises CatalogueError saying what it lacks; then the former one stays."""
        self._imports.add(parse_policy(document.removeprefix("\ufeff")), now)

    def answers(self) -> list[FixedAnswer]:
        """The fixed answers of the project. Raises TrainingDataBrokenError."""
        try:
            return answers_of((self._root / ANSWER_FILE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{ANSWER_FILE} cannot be read: {error}") from error

    def to_review(self) -> set[str]:
        """Names of the answers that name a clause which has changed since somebody looked at them."""
        changed, reviewed = changed_at(self._imports.all()), self._imports.reviewed()
        if not changed:
            return set()
        return {a.name for a in self.answers() if needs_review(a.clauses, changed, reviewed.get(a.name))}

    def _sentences(self, intent: str) -> int:
        try:
            return len(_SENTENCE.findall((self._root / f"data/nlu/{intent}.yml").read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError):
            return 0


def review_lines(overview: PolicyOverview) -> list[str]:
    """For the operator: the answers and sentences to look at, a line for each clause that has changed."""
    return [
        f"REVIEW {row.change.id}: {', '.join(row.answers)}"
        + (f"; {row.sentences} sentences of {row.intent}" if row.intent else "")
        for row in overview.clauses
        if row.answers and row.change.change in {"changed", "gone", "moved", "replaced"}
    ]
