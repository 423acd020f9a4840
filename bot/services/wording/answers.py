"""Use cases of the bot's fixed answers: their wording, as trainers read and change it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AnswerChangedError, AnswerTextError, InvalidMessageError, NotFoundError
from bot.helpdesk.answer_rules import problems_of, tidy_answer
from bot.helpdesk.policy_changes import compare_policy
from bot.helpdesk.staff import Staff
from bot.helpdesk.workshop.changes import Change, ChangeAction, ChangeKind
from bot.services.kept_tests.reading import read_project_file
from bot.services.knowledge import Knowledge
from bot.services.policy_imports import PolicyImports
from bot.services.policy_report import PolicyReport
from bot.services.ports import Clock
from bot.services.trainer.edits import Edited, ProjectEdit, ProjectEdits
from bot.services.wording.answer_file import ANSWER_FILE, FixedAnswer, answers_of, with_text

# Of answers that belong to no clause and stand in no catalogue.
_TITLES = {
    "salam": "Sapaan",
    "terima_kasih": "Ucapan terima kasih",
    "pamit": "Pamit",
    "tantang_bot": "Apakah ini bot?",
    "keluhan_marah": "Keluhan pelanggan",
    "minta_manusia": "Minta bicara dengan staf",
    "di_luar_teknis": "Teknis di luar layanan",
    "di_luar_topik": "Di luar topik",
    "status_permintaan": "Permintaan berbayar belum ditemukan",
}


@dataclass(frozen=True)
class ListedAnswer:
    """An answer with its title, the clause that it is about, and that clause's official wording, if imported."""

    answer: FixedAnswer
    title: str
    clause: str | None
    wording: str | None
    review: bool


@dataclass(frozen=True)
class NewWording:
    """What somebody typed, not checked yet: variant (from 0), text, the revision that they saw, why."""

    variant: object
    text: object
    revision: object
    reason: str = ""


class Answers:
    """Over domain.yml of the project and the imported policy."""

    def __init__(self, root: Path, edits: ProjectEdits, imports: PolicyImports, clock: Clock) -> None:
        self._root = root
        self._edits = edits
        self._imports = imports
        self._clock = clock
        self._report = PolicyReport(root, imports)

    async def all(self) -> list[ListedAnswer]:
        """In the order of the file. Raises TrainingDataBrokenError."""
        return await asyncio.to_thread(self._listed)

    async def change(self, staff: Staff, name: str, new: NewWording, key: str) -> tuple[ListedAnswer, Change | None]:
        """Put a text in place of another; gives the answer of now and the journal's entry, if anything changed.

        Customers get it when the next model is trained and published. Raises NotFoundError, InvalidMessageError,
        AnswerTextError, AnswerChangedError and TrainingDataBrokenError; then nothing has changed.
        """
        text = tidy_answer(new.text)
        if not isinstance(new.variant, int) or isinstance(new.variant, bool) or new.variant < 0:
            raise InvalidMessageError("variant is not a number", field="variant")
        number = new.variant
        sources = await asyncio.to_thread(self._sources)

        def change(content: str) -> Edited:
            answer = _find(content, name)
            if new.revision != answer.revision:
                raise AnswerChangedError(revision=answer.revision)
            if number >= len(answer.variants):
                raise InvalidMessageError("no such variant", field="variant")
            variant = answer.variants[number]
            problems = problems_of(
                text, clauses=variant.clauses, before=variant.text, facts=sources.facts, policy=sources.policy
            )
            if problems:
                raise AnswerTextError(problems=problems)
            return Edited(with_text(content, name, number, text), variant.text, text)

        intent = name.removeprefix("utter_")
        edit = ProjectEdit(ANSWER_FILE, ChangeKind.ANSWER, ChangeAction.EDIT, key, intent, new.reason)
        entry = await self._edits.edit(staff, edit, change)
        await asyncio.to_thread(self._imports.review, name, self._clock.now())
        return await self._one(name), entry

    async def confirm(self, name: str) -> None:
        """Somebody has looked at the answer and leaves it as it is. Raises NotFoundError."""
        await self._one(name)
        await asyncio.to_thread(self._imports.review, name, self._clock.now())

    async def changes(self, name: str) -> tuple[dict[str, str], list[Change]]:
        """The answer's title by its intent, and the journal's entries about it, newest first. Raises NotFoundError."""
        listed = await self._one(name)
        return {listed.answer.intent: listed.title}, await self._edits.changes_of(
            ChangeKind.ANSWER, listed.answer.intent
        )

    async def _one(self, name: str) -> ListedAnswer:
        for listed in await self.all():
            if listed.answer.name == name:
                return listed
        raise NotFoundError("no such answer")

    def _listed(self) -> list[ListedAnswer]:
        knowledge = Knowledge.load(self._root)
        wording = self._wording(knowledge)
        review = self._report.to_review()
        listed = []
        for answer in answers_of(read_project_file(self._root, ANSWER_FILE)):
            clause = next(iter(answer.clauses), None)
            title = _TITLES.get(answer.intent) or knowledge.title(answer.intent)
            listed.append(ListedAnswer(answer, title, clause, wording.get(clause or ""), review=answer.name in review))
        return listed

    def _wording(self, knowledge: Knowledge) -> dict[str, str]:
        """The official wording by the clause id of our catalogue, wherever the clause stands in the document."""
        imported = self._imports.current_or_none() or {}
        changes = compare_policy(imported, knowledge.clauses.texts()) if imported else None
        if changes is None:
            return {}
        ours = {changes.moved.get(number, number): text for number, text in imported.items() if number in changes.moved}
        gone = {*changes.new, *changes.moved}
        return {**{number: text for number, text in imported.items() if number not in gone}, **ours}

    def _sources(self) -> _Sources:
        texts = Knowledge.load(self._root).clauses.texts().values()
        catalogue = read_project_file(self._root, "data/catalogue.yml")
        return _Sources((catalogue, *texts), self._imports.current_or_none() or {})


@dataclass(frozen=True)
class _Sources:
    facts: tuple[str, ...]
    policy: dict[str, str]


def _find(content: str, name: str) -> FixedAnswer:
    for answer in answers_of(content):
        if answer.name == name:
            return answer
    raise NotFoundError("no such answer")
