"""Use cases of kept tests: what trainers add, correct and take away."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from bot.errors import InvalidMessageError, NotFoundError
from bot.helpdesk.kept_tests import (
    KeptConversation,
    KeptMessage,
    KeptTurn,
    checked_message,
    checked_name,
    checked_turns,
)
from bot.helpdesk.staff import Staff
from bot.helpdesk.workshop.changes import ChangeAction, ChangeKind
from bot.services.kept_tests.from_chat import turns_of_chat
from bot.services.kept_tests.message_file import MESSAGE_FILE, messages_of, with_message, without_message
from bot.services.kept_tests.reading import KeptTests, read_kept_tests, steps_by_intent
from bot.services.kept_tests.results import KeptResults, ResultFile
from bot.services.kept_tests.story_file import (
    STORY_FILE,
    conversations_of,
    with_conversation,
    without_conversation,
)
from bot.services.ports import Store
from bot.services.trainer.edits import Edited, ProjectEdit, ProjectEdits
from bot.services.training_data import answers_by_intent


class KeepTests:
    """Over the project folder `root`, the message log and the results of the newest run."""

    def __init__(self, root: Path, store: Store, edits: ProjectEdits, results: ResultFile) -> None:
        self._root = root
        self._store = store
        self._edits = edits
        self._results = results

    async def all(self) -> tuple[KeptTests, KeptResults | None]:
        """Raises TrainingDataBrokenError where a file cannot be read."""
        return await asyncio.to_thread(self._read)

    async def add_message(self, staff: Staff, given: KeptMessage, key: str) -> KeptMessage:
        """A text that is kept already is expected to come to what is given now."""
        await self._edits.edit(
            staff,
            ProjectEdit(MESSAGE_FILE, ChangeKind.TEST, ChangeAction.ADD, key),
            lambda old: _message_added(old, given),
        )
        return given

    async def delete_message(self, staff: Staff, message_id: str, key: str) -> None:
        """One that is not there is gone."""
        await self._edits.edit(
            staff,
            ProjectEdit(MESSAGE_FILE, ChangeKind.TEST, ChangeAction.DELETE, key),
            lambda old: _message_deleted(old, message_id),
        )

    async def add_conversation(self, staff: Staff, name: object, turns: object, key: str) -> KeptConversation:
        """Raises InvalidMessageError naming the field."""
        return await self._add(staff, checked_name(name), checked_turns(turns), key)

    async def add_from_chat(
        self, staff: Staff, conversation_id: str, until: int | None, name: object, key: str
    ) -> KeptConversation:
        """Raises NotFoundError, and InvalidMessageError for a chat in which the bot answered nothing."""
        called = checked_name(name)
        async with self._store.read() as work:
            if await work.conversations.get(conversation_id) is None:
                raise NotFoundError("no such conversation")
            messages = await work.messages.after(conversation_id, 0)
        turns = turns_of_chat(messages, until)
        if not turns:
            raise InvalidMessageError("the bot answered nothing in this chat", field="conversation_id")
        return await self._add(staff, called, turns, key)

    async def change_conversation(
        self, staff: Staff, conversation_id: str, *, name: object, turns: object, key: str
    ) -> KeptConversation:
        """Raises NotFoundError, and InvalidMessageError naming the field."""
        given = KeptConversation(conversation_id, checked_name(name), checked_turns(turns))

        def change(old: str) -> Edited:
            before = _find(old, conversation_id)
            return Edited(with_conversation(old, given, steps_by_intent(self._root)), _said(before), _said(given))

        await self._edits.edit(staff, ProjectEdit(STORY_FILE, ChangeKind.TEST, ChangeAction.EDIT, key), change)
        return given

    async def delete_conversation(self, staff: Staff, conversation_id: str, key: str) -> None:
        """One that is not there is gone."""

        def change(old: str) -> Edited:
            known = [kept for kept in conversations_of(old, {}) if kept.id == conversation_id]
            return Edited(without_conversation(old, conversation_id), _said(known[0]) if known else None)

        await self._edits.edit(staff, ProjectEdit(STORY_FILE, ChangeKind.TEST, ChangeAction.DELETE, key), change)

    async def _add(self, staff: Staff, name: str, turns: tuple[KeptTurn, ...], key: str) -> KeptConversation:
        # The same key again is the same conversation.
        given = KeptConversation(f"k{hashlib.sha256(key.encode()).hexdigest()[:11]}", name, turns)

        def change(old: str) -> Edited:
            return Edited(with_conversation(old, given, steps_by_intent(self._root)), None, _said(given))

        await self._edits.edit(staff, ProjectEdit(STORY_FILE, ChangeKind.TEST, ChangeAction.ADD, key), change)
        return given

    def _read(self) -> tuple[KeptTests, KeptResults | None]:
        kept = read_kept_tests(self._root, answers_by_intent(self._root))
        return kept, self._results.read(kept)


def given_message(text: object, outcomes: object, clauses: object) -> KeptMessage:
    """As a trainer gave it. Raises InvalidMessageError naming the field."""
    return checked_message(text, outcomes, clauses)


def _message_added(old: str, given: KeptMessage) -> Edited:
    known = [message for message in messages_of(old) if message.text == given.text]
    return Edited(with_message(old, given), _expected(known[0]) if known else None, _expected(given))


def _message_deleted(old: str, message_id: str) -> Edited:
    known = [message for message in messages_of(old) if message.id == message_id]
    return Edited(without_message(old, message_id), _expected(known[0]) if known else None)


def _find(content: str, conversation_id: str) -> KeptConversation:
    for kept in conversations_of(content, {}):
        if kept.id == conversation_id:
            return kept
    raise NotFoundError("no such conversation is kept")


def _expected(message: KeptMessage) -> str:
    return f"{message.text} → {'/'.join(message.outcomes)} {', '.join(message.clauses)}".strip()


def _said(conversation: KeptConversation) -> str:
    turns = [f"{turn.text} → {turn.outcome} {', '.join(turn.clauses)}".strip() for turn in conversation.turns]
    return "\n".join([conversation.name, *turns])
