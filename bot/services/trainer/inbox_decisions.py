"""A trainer's decisions about groups of the inbox.

A decision is written first, together with the group's new state, and its sentences are added afterwards under a key
that names it; then it is marked as finished. Whatever a crash cuts off is carried on under the same key, by the
client's next try or by the sweep, so a decision and its sentences never come apart.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from bot.errors import DecidedAlreadyError, HelpdeskError, InvalidMessageError, NotFoundError
from bot.helpdesk.inbox.items import Action, Decision, GroupState, InboxGroup
from bot.helpdesk.staff import Permission, Staff
from bot.helpdesk.workshop.sentence_text import checked_sentence, plain
from bot.services.ports import Clock, Store, UnitOfWork
from bot.services.ports.trainer_inbox import GroupQuery, SentenceAdder
from bot.services.trainer.inbox import MOST_SHOWN
from bot.text.masking import mask_personal_data

logger = logging.getLogger(__name__)

OUT_OF_SCOPE = ("di_luar_topik", "di_luar_teknis")
# Intents that no sentence is trained with.
_UNTRAINED = frozenset({"nlu_fallback", "dua_permintaan", "pasal_baru"})
_MASK = re.compile(r"\[(?:surel|nomor|alamat|token|rahasia)\](?!\()")
_MOST_SENTENCES = 200
_LONGEST_NOTE = 200
# Whoever decided may still be at it.
_CUT_OFF_AFTER = timedelta(seconds=15)


@dataclass(frozen=True)
class Wanted:
    """What a trainer asks for; `sentences` are (id of the message that it comes from, text)."""

    action: Action
    revision: int
    key: str
    intent: str | None = None
    sentences: Sequence[tuple[str | None, str]] | None = None
    to: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Decided:
    """The numbers of the changes, and the group to look at next."""

    changes: Sequence[int]
    next: str | None


class InboxDecisions:
    """Decides, and takes decisions back. `topics`: the intents that there are."""

    def __init__(
        self, store: Store, clock: Clock, add: SentenceAdder, topics: Callable[[], Collection[str]], zone: tzinfo
    ) -> None:
        self._store = store
        self._clock = clock
        self._add = add
        self._topics = topics
        self._zone = zone

    async def decide(self, me: Staff, group_id: str, wanted: Wanted) -> Decided:
        """The same key again changes nothing and gives the same changes.

        Raises NotFoundError, DecidedAlreadyError, InvalidMessageError naming the field, and what adding raises: then
        the group is open again.
        """
        if len(wanted.note) > _LONGEST_NOTE:
            raise InvalidMessageError(f"note has more than {_LONGEST_NOTE} characters", field="note")
        async with self._store.begin() as work:
            decision = await work.inbox.decision(me.id, wanted.key)
            if decision is None:
                decision = await self._write_once(work, me, group_id, wanted)
                await work.commit()
            elif decision.group_id != group_id:
                raise InvalidMessageError("the key was used for another group", field="key")
        if decision.changes is None:
            decision = await self._finish(me, decision)
        return Decided(decision.changes or (), await self._next(group_id))

    async def reopen(self, me: Staff, group_id: str, key: str) -> None:
        """Back among the open ones; sentences that were added stay. An open one stays open. Raises NotFoundError."""
        async with self._store.begin() as work:
            if await work.inbox.decision(me.id, key) is not None:
                return
            group = await _the_group(work, group_id)
            if not await work.inbox.put_back(group.id, group.revision):
                if group.state is GroupState.OPEN:
                    return
                raise await _decided(work, group)
            await work.inbox.add_decision(self._decision(me, group, "reopen", key))
            await work.commit()

    async def carry_on(self) -> None:
        """Finish decisions that a crash has cut off; one whose sentences cannot be added is taken back."""
        async with self._store.read() as work:
            cut_off = await work.inbox.unfinished(self._clock.now() - _CUT_OFF_AFTER)
            authors = {one.id: one for one in await work.staff.all()} if cut_off else {}
        for decision in cut_off:
            try:
                await self._finish(authors[decision.staff_id], decision)
            except HelpdeskError as error:
                logger.warning("The decision about %s was taken back: %s", decision.group_id, error.code)

    async def _write_once(self, work: UnitOfWork, me: Staff, group_id: str, wanted: Wanted) -> Decision:
        try:
            return await self._write(work, me, group_id, wanted)
        except DecidedAlreadyError:
            # By this very request, sent twice at once?
            same = await work.inbox.decision(me.id, wanted.key)
            if same is None or same.group_id != group_id:
                raise
            return same

    async def _write(self, work: UnitOfWork, me: Staff, group_id: str, wanted: Wanted) -> Decision:
        group = await _the_group(work, group_id)
        if group.state is not GroupState.OPEN or group.revision != wanted.revision:
            raise await _decided(work, group)
        decision = self._decision(me, group, wanted.action.value, wanted.key, reason=wanted.note)
        if wanted.action.adds_sentences:
            intent = self._intent(group, wanted)
            texts = await self._texts(work, group, wanted)
            decision = replace(decision, intent=intent, texts=texts, changes=None)
        values = await self._values(work, me, wanted, decision)
        if not await work.inbox.decide(group.id, group.revision, **values):
            raise await _decided(work, await _the_group(work, group_id))
        await work.inbox.add_decision(decision)
        return decision

    def _decision(self, me: Staff, group: InboxGroup, action: str, key: str, reason: str = "") -> Decision:
        now = self._clock.now()
        return Decision(me.id, key, group.id, group.revision, action, None, (), reason, now, changes=())

    async def _values(self, work: UnitOfWork, me: Staff, wanted: Wanted, decision: Decision) -> dict[str, object]:
        now = self._clock.now()
        if wanted.action is Action.SKIP:
            return {"skipped_until": _end_of_day(now, self._zone)}
        if wanted.action is Action.SEND:
            to = await work.staff.get(wanted.to) if wanted.to else None
            if to is None or not to.may(Permission.TRAIN):
                raise InvalidMessageError("to is nobody who may train", field="to")
            return {"sent_to": to.id, "sent_by": me.id, "note": wanted.note}
        state = GroupState.IGNORED if wanted.action is Action.IGNORE else GroupState.DONE
        return {
            "state": state.value,
            "decided_action": wanted.action.value,
            "decided_intent": decision.intent,
            "decided_by": me.id,
            "decided_at": now,
        }

    def _intent(self, group: InboxGroup, wanted: Wanted) -> str:
        intent = understood(group) if wanted.action is Action.CONFIRM else wanted.intent
        allowed = OUT_OF_SCOPE if wanted.action is Action.OUT_OF_SCOPE else self._topics()
        if intent is None or intent not in allowed or intent in _UNTRAINED:
            raise InvalidMessageError("intent is no topic that sentences can be added to", field="intent")
        return intent

    async def _texts(self, work: UnitOfWork, group: InboxGroup, wanted: Wanted) -> list[str]:
        if wanted.sentences is not None:
            given = [text for _, text in wanted.sentences]
            masked = [text for text in given if _holds_personal_data(text)]
            if masked:
                raise InvalidMessageError("a sentence holds personal data", field="sentences", masked=len(masked))
        else:
            shown = await work.inbox.messages_of(group.id, MOST_SHOWN)
            given = [message.text for message in shown if _may_be_added_as_it_is(message.text)]
        texts = list(dict.fromkeys(checked_sentence(text) for text in given))
        if not 1 <= len(texts) <= _MOST_SENTENCES:
            raise InvalidMessageError(f"there are not 1 to {_MOST_SENTENCES} sentences to add", field="sentences")
        return texts

    async def _finish(self, author: Staff, decision: Decision) -> Decision:
        try:
            changes = await self._add(
                author, decision.intent or "", decision.texts, decision.reason, decision.adding_key
            )
        except HelpdeskError:
            await self._take_back(decision)
            raise
        async with self._store.begin() as work:
            await work.inbox.finish_decision(decision, changes)
            await work.commit()
        return replace(decision, changes=changes)

    async def _take_back(self, decision: Decision) -> None:
        async with self._store.begin() as work:
            if await work.inbox.forget_decision(decision):
                await work.inbox.put_back(decision.group_id, decision.revision + 1)
                await work.commit()

    async def _next(self, group_id: str) -> str | None:
        async with self._store.read() as work:
            groups = await work.inbox.groups(GroupQuery(GroupState.OPEN, limit=2), self._clock.now())
        return next((group.id for group in groups if group.id != group_id), None)


def understood(group: InboxGroup) -> str | None:
    """The topic that the bot took the group's middle for; where it gave up, or put two together, the likeliest one."""
    middle = group.middle
    if middle.intent is not None and middle.intent not in _UNTRAINED:
        return middle.intent
    ranking = middle.reviewed.ranking if middle.reviewed else ()
    return ranking[0].intent if ranking else None


def _may_be_added_as_it_is(text: str) -> bool:
    """Nothing personal, and nothing that only a trainer may write: marks of entities."""
    return not _holds_personal_data(text) and plain(text) == text


def _holds_personal_data(sentence: str) -> bool:
    text = plain(sentence)
    return bool(_MASK.search(sentence)) or mask_personal_data(text) != text


async def _the_group(work: UnitOfWork, group_id: str) -> InboxGroup:
    group = await work.inbox.group(group_id)
    if group is None:
        if await work.inbox.is_dissolved(group_id):
            raise DecidedAlreadyError(by=None, revision=0)
        raise NotFoundError("no such group")
    return group


async def _decided(work: UnitOfWork, group: InboxGroup) -> DecidedAlreadyError:
    by = await work.staff.get(group.decided_by) if group.decided_by else None
    return DecidedAlreadyError(by=by.display_name if by else None, revision=group.revision)


def _end_of_day(now: datetime, zone: tzinfo) -> datetime:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
