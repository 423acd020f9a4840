"""What a trainer sees of the inbox: lists of groups, one group, and what was said around a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from bot.errors import NotFoundError
from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.cursors import read_cursor, write_cursor
from bot.helpdesk.inbox.items import GroupState, InboxGroup, InboxMessage
from bot.helpdesk.inbox.reasons import Reason
from bot.helpdesk.staff import Staff
from bot.services.ports import Clock, Store
from bot.services.ports.trainer_inbox import GroupQuery
from bot.services.trainer.known_texts import KnownTexts, TrainingTexts
from bot.text.normalise import normalise_word, words

# Of the newest messages of a group; a decision is about these.
MOST_SHOWN = 200
_BEFORE, _AFTER = 20, 10
_WORDS = 5
_SHORTEST_WORD = 3
# A word in a larger share of the training sentences says nothing about a topic.
_EVERYDAY = 0.01


@dataclass(frozen=True)
class GroupPage:
    """A page of a list, the number of groups in each, and names of accounts by their ids."""

    groups: Sequence[InboxGroup]
    next: str | None
    counts: dict[str, int]
    names: dict[str, str]


@dataclass(frozen=True)
class WholeGroup:
    """A group with its messages, newest first, and words that stand out."""

    group: InboxGroup
    messages: Sequence[InboxMessage]
    words: Sequence[str]
    names: dict[str, str]


@dataclass(frozen=True)
class Context:
    """What was said around message `seq`; the texts are as they stand in the log."""

    messages: Sequence[ChatMessage]
    seq: int


class TrainerInbox:
    """Reads the inbox."""

    def __init__(self, store: Store, clock: Clock, texts: TrainingTexts) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts

    async def page(self, me: Staff, *, state: str, reason: Reason | None, before: str | None, limit: int) -> GroupPage:
        """`state`: `open` (most expected gain first), `mine` (sent to me), `done` or `ignored` (newest first).

        Raises InvalidMessageError for a `before` of another list.
        """
        kind = GroupState.OPEN if state == "mine" else GroupState(state)
        now = self._clock.now()
        query = GroupQuery(
            state=kind,
            reason=reason,
            sent_to=me.id if state == "mine" else None,
            after=_after(kind, before),
            limit=limit + 1,
        )
        async with self._store.read() as work:
            groups = await work.inbox.groups(query, now)
            counts = await work.inbox.counts(me.id)
            names = {one.id: one.display_name for one in await work.staff.all()}
        shown = groups[:limit]
        more = len(groups) > limit
        if not more:
            return GroupPage(shown, None, counts, names)
        last = shown[-1]
        skipped = last.skipped_until is not None and last.skipped_until > now
        parts = (-int(skipped), last.gain, last.id) if kind is GroupState.OPEN else (last.newest_at, last.id)
        return GroupPage(shown, write_cursor(*parts), counts, names)

    async def group(self, group_id: str) -> WholeGroup:
        """Raises NotFoundError."""
        async with self._store.read() as work:
            group = await work.inbox.group(group_id)
            if group is None:
                raise NotFoundError("no such group")
            messages = await work.inbox.messages_of(group_id, MOST_SHOWN)
            names = {one.id: one.display_name for one in await work.staff.all()}
        known = await self._texts.current()
        return WholeGroup(group, messages, standing_out([message.text for message in messages], known), names)

    async def context(self, message_id: str) -> Context:
        """What was said around a message of the inbox. Raises NotFoundError."""
        async with self._store.read() as work:
            message = await work.inbox.message(message_id)
            if message is None:
                raise NotFoundError("no such message")
            first = max(0, message.seq - _BEFORE - 1)
            said = await work.messages.after(message.conversation_id, first, _BEFORE + 1 + _AFTER)
        return Context([one for one in said if one.seq <= message.seq + _AFTER], message.seq)


def standing_out(texts: Sequence[str], known: KnownTexts) -> list[str]:
    """The words in their normal forms that many of `texts` hold and hardly any training sentence; at most five."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in dict.fromkeys(normalise_word(word) for word in words(text)):
            if len(word) >= _SHORTEST_WORD and not word.isdigit():
                counts[word] = counts.get(word, 0) + 1
    everywhere = len(known.texts) + 1
    rare = {word: count for word, count in counts.items() if known.words.get(word, 0) < everywhere * _EVERYDAY}
    score = {word: count * log(everywhere / (known.words.get(word, 0) + 1)) for word, count in rare.items()}
    return sorted(score, key=lambda word: (-score[word], word))[:_WORDS]


def _after(state: GroupState, before: str | None) -> tuple[object, ...] | None:
    if not before:
        return None
    if state is GroupState.OPEN:
        return read_cursor(before, (int, int, str))
    return read_cursor(before, (datetime, str))
