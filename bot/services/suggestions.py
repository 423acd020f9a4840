"""Clauses that fit what the customer wrote last, with our answer to each, for an agent to insert."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import NotFoundError
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.clauses import Clause, ClauseCatalogue, clause_name
from bot.helpdesk.conversation import ChatMessage, Outcome
from bot.helpdesk.training_sentences import parse_sentences
from bot.project import project_folder
from bot.services.knowledge import Knowledge, read_yaml
from bot.services.ports import Brain, Store
from bot.text.ranking import TextRanking

_MOST = 3
# Likenesses of held-out messages to their own topic lie above, those of greetings and gibberish mostly below.
_LEAST = 0.08
# What the bot thinks less likely is no help.
_LIKELY = 0.1


@dataclass(frozen=True)
class Suggestion:
    """A clause with the text that answers; `score` is the bot's confidence or a likeness, up to 1."""

    clause: str
    label: str
    title: str
    text: str
    score: float


class AnswerTexts:
    """What we say of each clause, and which clauses a text is about."""

    def __init__(self, clauses: ClauseCatalogue, texts: dict[str, str], ranking: TextRanking) -> None:
        self._clauses = clauses
        self._texts = texts
        self._ranking = ranking

    @classmethod
    def load(cls, root: Path | None = None) -> AnswerTexts:
        """From the clause catalogue, the fixed replies and the training sentences; takes seconds.

        Raises CatalogueError naming the file that cannot be used.
        """
        root = root or project_folder()
        knowledge = Knowledge.load(root)
        replies = read_yaml(root / "domain.yml")["responses"]
        texts = {topic.removeprefix("utter_"): str(variants[0]["text"]).strip() for topic, variants in replies.items()}
        texts["info_layanan"] = knowledge.about_services("").text
        topics = {clause.topic: clause.id for clause in knowledge.clauses}
        examples = ((topics[intent], text) for intent, text in _examples(root) if intent in topics)
        return cls(knowledge.clauses, texts, TextRanking(examples))

    def fitting(self, text: str) -> list[Suggestion]:
        """The likest clauses for `text`, the best first."""
        ranked = self._ranking.rank(text)[:_MOST]
        return [self._of(self._clauses[clause_id], score) for clause_id, score in ranked if score >= _LEAST]

    def of_topics(self, ranking: Sequence[Candidate]) -> list[Suggestion]:
        """The clauses of the topics in `ranking` that are likely enough."""
        clauses = {clause.topic: clause for clause in self._clauses}
        likely = [c for c in ranking if c.intent in clauses and c.probability >= _LIKELY]
        return [self._of(clauses[c.intent], c.probability) for c in likely]

    def of_clauses(self, clause_ids: tuple[str, ...], score: float) -> list[Suggestion]:
        """Those of `clause_ids` that the catalogue has: a clause of a newer document has no text of ours yet."""
        known = {clause.id: clause for clause in self._clauses}
        return [self._of(known[clause_id], score) for clause_id in clause_ids if clause_id in known]

    def _of(self, clause: Clause, score: float) -> Suggestion:
        text = self._texts.get(clause.topic, f"{clause.summary} {clause.next}")
        return Suggestion(clause.id, clause_name(clause.id), clause.title, text, round(score, 3))


class Suggestions:
    """Use case: what could be answered to the customer's newest message."""

    def __init__(self, store: Store, brain: Brain) -> None:
        self._store = store
        self._brain = brain
        self._texts: AnswerTexts | None = None
        self._loading = asyncio.Lock()

    async def of(self, conversation_id: str) -> list[Suggestion]:
        """At most three: what the bot has answered or would, or, while it is away, what is alike. Raises NotFoundError.

        Nothing where no clause settles the message, such as a case that staff must look up.
        """
        async with self._store.read() as work:
            conversation = await work.conversations.get(conversation_id)
            if conversation is None:
                raise NotFoundError("no such conversation")
            if conversation.customer_seq == 0:
                return []
            newest = await work.messages.after(conversation_id, conversation.customer_seq - 1)
        asked = next((m for m in newest if m.seq == conversation.customer_seq), None)
        if asked is None:
            return []
        texts = await self._loaded()
        ranking = await self._brain.understand(asked.text)
        found = [*_understood(texts, newest, asked), *texts.of_topics(ranking)]
        if not ranking:  # the bot is away
            found += await asyncio.to_thread(texts.fitting, asked.text)
        first: dict[str, Suggestion] = {}
        for suggestion in found:
            first.setdefault(suggestion.clause, suggestion)
        return list(first.values())[:_MOST]

    async def _loaded(self) -> AnswerTexts:
        """Loaded when first needed, beside the event loop."""
        async with self._loading:
            if self._texts is None:
                self._texts = await asyncio.to_thread(AnswerTexts.load)
        return self._texts


def _understood(texts: AnswerTexts, log: list[ChatMessage], asked: ChatMessage) -> list[Suggestion]:
    answers = [m for m in log if m.reply_to == asked.seq and m.outcome is Outcome.ANSWER]
    return [s for answer in answers for s in texts.of_clauses(answer.clauses, answer.confidence or 0.0)]


def _examples(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((root / "data/nlu").glob("*.yml")):
        data = read_yaml(file)
        lines = [0] * len(data["nlu"])  # nobody asks where a sentence stands
        yield from ((s.intent, s.text) for s in parse_sentences(data, lines, file.name))
