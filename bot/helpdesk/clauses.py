"""The clause catalogue: what each clause of "Hak dan Kewajiban" is about, in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import CatalogueError

CLAUSE_IDS: tuple[str, ...] = (*(f"K{n}" for n in range(1, 10)), *(f"H{n}" for n in range(1, 18)), "P")


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
        if sorted(ids) != sorted(CLAUSE_IDS):
            raise CatalogueError(f"clauses.yml must hold each of {len(CLAUSE_IDS)} clauses once")
        for key in ("topic", "title"):
            values = [getattr(clause, key) for clause in clauses]
            if len(set(values)) != len(values):
                raise CatalogueError(f"clauses.yml: a {key} stands twice")
        return cls(clauses)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self._by_id.values())

    def of_topic(self, topic: str) -> Clause | None:
        """The clause that settles `topic`, if there is one."""
        return self._by_topic.get(topic)

    def __getitem__(self, clause_id: str) -> Clause:
        return self._by_id[clause_id]
