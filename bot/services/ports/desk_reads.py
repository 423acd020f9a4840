"""Ports of what the desk's screens read and keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.helpdesk.desk import (
    CannedReply,
    Counts,
    FoundMessage,
    ListedChange,
    ListedConversation,
    ListedRating,
    ListQuery,
    Note,
    Page,
)


class DeskReads(Protocol):
    """Lists and details of conversations; none of it takes longer because the log is long."""

    async def page(self, query: ListQuery) -> Page[ListedConversation]:
        """Raises InvalidMessageError (field `before`) for a cursor of another list."""
        ...

    async def rows(self, conversation_ids: Sequence[str]) -> list[ListedConversation]:
        """These conversations in this order, without those that do not exist."""
        ...

    async def counts(self, agent_id: str, *, bot_since: datetime) -> Counts: ...

    async def customer_texts(self, conversation_id: str, limit: int) -> list[tuple[int, str]]:
        """(seq, text) of the customer's newest messages, the newest first."""
        ...

    async def changes(self, conversation_id: str) -> list[ListedChange]: ...

    async def rating(self, conversation_id: str) -> ListedRating | None: ...

    async def mark_read(self, conversation_id: str, seq: int) -> int | None:
        """Moves how far staff have read to `seq`, never back and never beyond the log; None if it was there."""
        ...

    async def set_contact(self, conversation_id: str, *, name: str | None, email: str | None) -> None: ...


class MessageSearch(Protocol):
    """Full text search over all messages."""

    async def find(self, words: Sequence[str], before: str | None, limit: int) -> Page[FoundMessage]:
        """Messages with words that begin with each of `words` (see bot.text.search_words), the newest first.

        Raises InvalidMessageError (field `before`) for a cursor of another list.
        """
        ...


class NoteRepository(Protocol):
    """Internal notes."""

    async def add(self, note: Note) -> None: ...

    async def of(self, conversation_id: str) -> list[Note]:
        """The notes of a conversation, oldest first."""
        ...


class CannedReplyRepository(Protocol):
    """Canned replies; a shortcut is unique among those of one owner."""

    async def visible_to(self, staff_id: str) -> list[CannedReply]:
        """Shared ones and one's own, by shortcut."""
        ...

    async def get(self, reply_id: str) -> CannedReply | None: ...

    async def any_shared(self) -> bool: ...

    async def put(self, reply: CannedReply) -> bool:
        """Adds it, or changes the one with its id; False, and nothing is changed, if its owner has the shortcut."""
        ...

    async def delete(self, reply_id: str) -> None: ...


class DeskNotifier(Protocol):
    """Tells open consoles what is already committed; losing it loses nothing: they ask again."""

    async def conversation_changed(self, conversation_id: str) -> None:
        """Another state, a new message, something read: its row in lists is another one."""
        ...

    async def read_changed(self, conversation_id: str, *, delivered: int, read: int, agent_read: int) -> None: ...
