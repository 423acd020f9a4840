"""Use cases of internal notes."""

from __future__ import annotations

import uuid

from bot.errors import NotFoundError
from bot.helpdesk.desk import Note
from bot.helpdesk.message_text import checked_text
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock, Store

_MAX_LENGTH = 4000


class Notes:
    """Notes on a conversation that staff see and the customer never does; nobody changes them afterwards."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, conversation_id: str) -> list[Note]:
        """Oldest first. Raises NotFoundError."""
        async with self._store.read() as work:
            if await work.conversations.get(conversation_id) is None:
                raise NotFoundError("no such conversation")
            return await work.notes.of(conversation_id)

    async def add(self, author: Staff, conversation_id: str, text: object) -> Note:
        """Keep a note. Raises NotFoundError, InvalidMessageError, MessageTooLongError."""
        body = checked_text(text, max_length=_MAX_LENGTH)
        note = Note(str(uuid.uuid4()), conversation_id, author.id, author.display_name, body, self._clock.now())
        async with self._store.begin() as work:
            if await work.conversations.get(conversation_id) is None:
                raise NotFoundError("no such conversation")
            await work.notes.add(note)
            await work.commit()
        return note
