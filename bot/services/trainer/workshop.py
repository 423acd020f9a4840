"""Use cases of the data workshop: look through the sentences, change them, take changes back."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import InvalidMessageError, SentenceExistsError, SentenceGoneError, TrainingDataBrokenError
from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.data_check import LEAST_A_TOPIC
from bot.helpdesk.staff import Permission, Staff
from bot.helpdesk.training_sentences import TrainingSentence
from bot.helpdesk.workshop.changes import Change, ChangeKind
from bot.helpdesk.workshop.edits import Place
from bot.helpdesk.workshop.sentence_text import check_entity_names, checked_sentence, entity_names, plain
from bot.services.ports import Brain, Store
from bot.services.trainer import sentence_plans
from bot.services.trainer.data_warnings import DataWarnings, Warned, count
from bot.services.trainer.likeness import LikenessIndex
from bot.services.trainer.project_files import Plan, ProjectFiles
from bot.services.trainer.topics import Topic, load_topics
from bot.services.trainer.training_files import BrokenFile, TrainingFiles, TrainingSet
from bot.services.training_data import entity_types

_RANKED = 3
_REASON = 200


@dataclass(frozen=True)
class FoundSentence:
    """A sentence with its place and what is doubtful about it."""

    place: Place
    line: int
    warnings: tuple[Warned, ...]


@dataclass(frozen=True)
class SentencePage:
    """Some of the sentences that were asked for; `next` is where the next page begins."""

    sentences: tuple[FoundSentence, ...]
    total: int
    next: int | None


@dataclass(frozen=True)
class TopicCount:
    """A topic with how many sentences it has, how many of them are doubtful, and its file."""

    topic: Topic
    sentences: int
    thin: bool
    warnings: int
    file: str


@dataclass(frozen=True)
class DataState:
    """What is doubtful about the data as a whole."""

    counts: dict[str, int]
    thin: tuple[str, ...]
    checked_at: str | None
    broken: tuple[BrokenFile, ...]


@dataclass(frozen=True)
class History:
    """Changes, newest first; `next` is the number before which the next page begins."""

    changes: tuple[Change, ...]
    next: int | None
    unpublished: int


class Workshop:
    """Everything about the training sentences below `root`."""

    def __init__(self, store: Store, brain: Brain, files: ProjectFiles, warnings: DataWarnings, root: Path) -> None:
        self._store = store
        self._brain = brain
        self._files = files
        self._warnings = warnings
        self._root = root
        self._data = TrainingFiles(root)
        self._index: tuple[str, LikenessIndex] | None = None

    async def topics(self) -> list[TopicCount]:
        """Those that have sentences or a clause. Raises CatalogueError where the domain cannot be read."""
        topics = await asyncio.to_thread(load_topics, self._root)
        data = await self._current()
        sizes = Counter(sentence.intent for sentence in data.sentences)
        doubtful = Counter(warned.intent for warned in self._warnings.all)
        return [
            TopicCount(
                topic,
                sizes[topic.intent],
                topic.clause is not None and sizes[topic.intent] < LEAST_A_TOPIC,
                doubtful[topic.intent],
                data.file_of[topic.intent],
            )
            for topic in topics
            if topic.intent in data.file_of
        ]

    async def colleagues(self, me: Staff) -> list[Staff]:
        """Who else may train."""
        async with self._store.read() as work:
            everybody = await work.staff.all()
        return [staff for staff in everybody if staff.may(Permission.TRAIN) and staff.id != me.id]

    async def sentences(
        self, *, intent: str | None = None, words: str = "", warning: str | None = None, start: int = 0, limit: int = 50
    ) -> SentencePage:
        """Sentences that hold all `words`, in the order of the files, from number `start` on."""
        data = await self._current()
        wanted = words.casefold().split()

        def fits(sentence: TrainingSentence) -> bool:
            if intent is not None and sentence.intent != intent:
                return False
            text = sentence.text.casefold()
            if not all(word in text for word in wanted):
                return False
            kinds = [warned.kind for warned in self._warnings.of(sentence)] if warning else []
            return warning is None or (bool(kinds) if warning == "any" else warning in kinds)

        found = [number for number, sentence in enumerate(data.sentences) if fits(sentence)]
        page = tuple(self._found(data, number) for number in found[start : start + limit])
        return SentencePage(page, len(found), start + limit if start + limit < len(found) else None)

    async def state(self) -> DataState:
        """Warnings of all topics, and files that cannot be read as they are."""
        await self._files.look()
        data = await self._current()
        thin = tuple(one.topic.intent for one in await self.topics() if one.thin)
        return DataState(count(self._warnings.all), thin, await self._warnings.checked_at(), data.broken)

    async def preview(self, text: str, intent: str | None) -> tuple[list[Warned], list[Candidate]]:
        """What a new sentence would be warned about, and the topics that the live model thinks of first."""
        line = await self._checked(text)
        data = await self._current()
        near = await asyncio.to_thread(self._near, data, plain(line))
        warned = [
            Warned(intent or "", line, _kind(other.intent == intent), other.text, other.intent)
            for other, likeness in near
            if other.intent != intent or likeness == 1.0
        ]
        return warned, list(await self._brain.understand(plain(line)))[:_RANKED]

    async def add(self, author: Staff, *, intent: str, text: str, reason: str = "", key: str) -> Change:
        """A new sentence. Raises SentenceInvalidError, SentenceExistsError, TrainingDataBrokenError."""
        data = await self._current()
        file = data.file_of.get(intent)
        if file is None:
            raise self._no_topic(data, intent)
        return await self._change(author, sentence_plans.adding(file, intent, await self._checked(text)), reason, key)

    async def edit(self, author: Staff, sentence_id: str, *, text: str, reason: str = "", key: str) -> Change:
        """Another text in its place. Raises as `add`, and SentenceGoneError."""
        line = await self._checked(text)
        return await self._at(author, sentence_id, reason, key, lambda _, place: sentence_plans.editing(place, line))

    async def move(self, author: Staff, sentence_id: str, *, intent: str, reason: str = "", key: str) -> Change:
        """To another topic. Raises as `edit`."""

        def plan(data: TrainingSet, place: Place) -> Plan:
            file = data.file_of.get(intent)
            if file is None:
                raise self._no_topic(data, intent)
            return sentence_plans.moving(place, file, intent)

        return await self._at(author, sentence_id, reason, key, plan)

    async def delete(self, author: Staff, sentence_id: str, *, reason: str = "", key: str) -> Change:
        """Raises SentenceGoneError, and SentenceInvalidError for one of a topic's last two."""
        return await self._at(author, sentence_id, reason, key, lambda _, place: sentence_plans.deleting(place))

    async def undo(self, author: Staff, number: int, *, reason: str = "", key: str) -> Change:
        """Takes back a change of any kind by a further one. Raises NotFoundError, SentenceGoneError."""

        def otherwise(change: Change) -> Plan:
            if change.kind is not ChangeKind.SENTENCE:
                raise SentenceGoneError("the place of the change has changed since")
            return sentence_plans.taking_back(change)

        return await self._files.undo(author, number, key=key, reason=_checked_reason(reason), otherwise=otherwise)

    async def add_all(self, author: Staff, intent: str, texts: Sequence[str], reason: str, key: str) -> list[int]:
        """The numbers of the changes that add `texts`, without those that the topic holds. The same key is harmless.

        Raises as `add`; where one of the texts cannot be a sentence, none is added.
        """
        for text in texts:
            await self._checked(text)
        numbers = []
        for position, text in enumerate(texts):
            try:
                change = await self.add(author, intent=intent, text=text, reason=reason, key=f"{key}-{position}")
            except SentenceExistsError:
                continue
            numbers.append(change.number)
        return numbers

    async def history(self, before: int | None, limit: int) -> History:
        """Changes before number `before`."""
        await self._files.look()
        async with self._store.read() as work:
            changes = await work.training_changes.page(before, limit + 1)
            unpublished = await work.training_changes.unpublished()
        more = len(changes) > limit
        return History(tuple(changes[:limit]), changes[limit - 1].number if more else None, unpublished)

    async def found(self, change: Change) -> FoundSentence | None:
        """The sentence that a change has left, if it is still there."""
        data = await self._current()
        intent = change.to_intent or change.intent
        for number, sentence in enumerate(data.sentences):
            if sentence.intent == intent and sentence.text == change.after:
                return self._found(data, number)
        return None

    async def _at(
        self, author: Staff, sentence_id: str, reason: str, key: str, plan: Callable[[TrainingSet, Place], Plan]
    ) -> Change:
        data = await self._current()
        number = data.by_id.get(sentence_id)
        if number is None:
            # Perhaps this very request has changed it already, and its answer was lost.
            former = await self._files.done(key)
            if former is not None:
                return former
            raise SentenceGoneError("no such sentence")
        return await self._change(author, plan(data, data.places[number]), reason, key)

    async def _change(self, author: Staff, plan: Plan, reason: str, key: str) -> Change:
        return await self._files.change(author, plan, key=key, reason=_checked_reason(reason))

    async def _checked(self, text: str) -> str:
        """Raises SentenceInvalidError."""
        line = checked_sentence(text)
        if names := entity_names(line):
            check_entity_names(names, await asyncio.to_thread(entity_types, self._root))
        return line

    async def _current(self) -> TrainingSet:
        data = await asyncio.to_thread(self._data.current)
        self._warnings.refresh(data.digest, data.sentences)
        return data

    def _near(self, data: TrainingSet, text: str) -> list[tuple[TrainingSentence, float]]:
        if self._index is None or self._index[0] != data.digest:
            self._index = data.digest, LikenessIndex([sentence.text for sentence in data.sentences])
        return [(data.sentences[number], likeness) for number, likeness in self._index[1].near(text)]

    def _found(self, data: TrainingSet, number: int) -> FoundSentence:
        sentence = data.sentences[number]
        return FoundSentence(data.places[number], sentence.line, tuple(self._warnings.of(sentence)))

    @staticmethod
    def _no_topic(data: TrainingSet, intent: str) -> Exception:
        for broken in data.broken:
            if broken.file.rpartition("/")[2].partition(".")[0] == intent:
                return TrainingDataBrokenError(broken.file, broken.line, broken.problem)
        return InvalidMessageError("no such topic", field="intent")


def _kind(same_topic: bool) -> str:
    return "duplicate" if same_topic else "near_duplicate"


def _checked_reason(reason: str) -> str:
    """Raises InvalidMessageError (field `reason`)."""
    if len(reason) > _REASON or "\0" in reason:
        raise InvalidMessageError(f"reason is longer than {_REASON}", field="reason")
    return " ".join(reason.split())
