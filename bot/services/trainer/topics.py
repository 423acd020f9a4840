"""The topics that sentences are sorted into, with names that trainers know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.services.knowledge import Knowledge
from bot.services.training_data import answers_by_intent


@dataclass(frozen=True)
class Topic:
    """An intent as trainers see it; `clause` where one settles it."""

    intent: str
    title: str
    clause: str | None
    outcome: str


def title_of(intent: str, clauses: Mapping[str, str]) -> str:
    """The clause's title, else the intent's own name in words."""
    return clauses.get(intent) or intent.replace("_", " ").capitalize()


def load_topics(root: Path) -> list[Topic]:
    """The intents of the domain: those of clauses in the order of the document, then the others.

    Raises CatalogueError naming the file that cannot be used.
    """
    clauses = list(Knowledge.load(root).clauses)
    titles = {clause.topic: clause.title for clause in clauses}
    ids = {clause.topic: clause.id for clause in clauses}
    answers = answers_by_intent(root)
    order = [*(topic for topic in titles if topic in answers), *(intent for intent in answers if intent not in titles)]
    return [Topic(i, title_of(i, titles), ids.get(i), answers[i].outcome) for i in order]


def titles(topics: Sequence[Topic]) -> dict[str, str]:
    """Title by intent."""
    return {topic.intent: topic.title for topic in topics}
