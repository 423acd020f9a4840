"""Clause ids, and the clause catalogue: what each clause of "Hak dan Kewajiban" is about, in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import CatalogueError

# The clauses that every document and catalogue must have; both may have more.
CLAUSE_IDS: tuple[str, ...] = (*(f"K{n}" for n in range(1, 10)), *(f"H{n}" for n in range(1, 18)), "P")

_SECTION_NAMES = {"K": "Kewajiban", "H": "Hak"}
_NUMBERED_ID = re.compile(r"([KH])([1-9]\d?)")


def is_clause_id(value: str) -> bool:
    """Whether `value` is an id such as K1, H18 or P, of a clause known or not."""
    return value == "P" or _NUMBERED_ID.fullmatch(value) is not None


def clause_name(clause_id: str) -> str:
    """What customers read: "Hak 18" for H18. Raises CatalogueError for what is no clause id."""
    if clause_id == "P":
        return "Penutup"
    if not (match := _NUMBERED_ID.fullmatch(clause_id)):
        raise CatalogueError(f"{clause_id!r} is no clause id")
    return f"{_SECTION_NAMES[match[1]]} {match[2]}"


@dataclass(frozen=True)
class Clause:
    """One clause: `id` such as H13, `topic` the intent that it settles, `title` good as a button label."""

    id: str
    topic: str
    title: str
    summary: str
    next: str


class ClauseCatalogue:
    """All clauses, by id and by topic."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._by_id = {clause.id: clause for clause in clauses}
        self._by_topic = {clause.topic: clause for clause in clauses}

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> ClauseCatalogue:
        """Build from the content of data/policy/clauses.yml; raises CatalogueError when it is not complete."""
        try:
            clauses = [Clause(**{key: str(value) for key, value in row.items()}) for row in data["clauses"]]
        except (KeyError, TypeError, AttributeError) as error:
            raise CatalogueError(f"clauses.yml is not of the expected shape: {error}") from error
        ids = [clause.id for clause in clauses]
        if missing := [clause_id for clause_id in CLAUSE_IDS if clause_id not in ids]:
            raise CatalogueError(f"clauses.yml lacks {', '.join(missing)}")
        if strange := [clause_id for clause_id in ids if not is_clause_id(clause_id)]:
            raise CatalogueError(f"clauses.yml: {', '.join(strange)} is no clause id")
        for key in ("id", "topic", "title"):
            values = [getattr(clause, key) for clause in clauses]
            if len(set(values)) != len(values):
                raise CatalogueError(f"clauses.yml: a {key} stands twice")
        return cls(clauses)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self._by_id.values())

    def of_topic(self, topic: str) -> Clause | None:
        """The clause that settles `topic`, if there is one."""
        return self._by_topic.get(topic)

    def texts(self) -> dict[str, str]:
        """What we say of each clause, by id: for comparing it with official wordings."""
        return {clause.id: f"{clause.title}. {clause.summary}" for clause in self}

    def __getitem__(self, clause_id: str) -> Clause:
        return self._by_id[clause_id]
