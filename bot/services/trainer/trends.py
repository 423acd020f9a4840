"""How the bot does week by week, what is asked more and more, and which words no training sentence holds."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.helpdesk.conversation import Outcome
from bot.helpdesk.inbox.trends import Growing, Week, growing_topics, week_starts
from bot.services.ports import Clock, Store
from bot.services.ports.trends import AnswerCount
from bot.services.trainer.known_texts import KnownTexts, TrainingTexts
from bot.text.lexicon import slang
from bot.text.masking import mask_personal_data
from bot.text.normalise import normalise_word, words

# The console asks every two seconds; nothing here changes as fast.
_KEPT = timedelta(minutes=1)
_WORDS_SINCE = timedelta(weeks=4)
_MOST_TEXTS = 20_000
_MOST_WORDS, _MOST_GROWING = 50, 10
# What few people write is a slip or a name.
_LEAST_CONVERSATIONS = 3
_SHORTEST = 3
_TAG = re.compile(r"\[(?:surel|nomor|alamat|token|rahasia)\]")
_NO_TOPIC = frozenset({"nlu_fallback", "pasal_baru", "dua_permintaan", "bot_failed"})
_FATES = {Outcome.CLARIFY.value: "asked_back", Outcome.REFUSE.value: "refused", Outcome.HANDOFF.value: "handed_off"}


@dataclass(frozen=True)
class UnseenWord:
    """A word in its normal form, in how many conversations it stands, and one of its messages, masked."""

    word: str
    count: int
    text: str


@dataclass(frozen=True)
class TrendReport:
    """Weeks, oldest first."""

    weeks: Sequence[Week]
    growing: Sequence[Growing]
    unseen: Sequence[UnseenWord]


class Trends:
    """Reckons trends, at most once a minute."""

    def __init__(self, store: Store, clock: Clock, texts: TrainingTexts, zone: tzinfo) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._zone = zone
        self._kept: dict[int, tuple[datetime, TrendReport]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def report(self, weeks: int) -> TrendReport:
        """Of the last `weeks` weeks, this one included."""
        async with self._one_at_a_time:
            now = self._clock.now()
            kept = self._kept.get(weeks)
            if kept is None or now - kept[0] >= _KEPT:
                kept = now, await self._reckon(now, weeks)
                self._kept[weeks] = kept
            return kept[1]

    async def _reckon(self, now: datetime, count: int) -> TrendReport:
        starts = week_starts(now, self._zone, count)
        async with self._store.read() as work:
            counts = await work.trends.answers([start for _, start in starts], now + timedelta(seconds=1))
            texts = [pair async for pair in work.trends.texts(now - _WORDS_SINCE, _MOST_TEXTS)]
        weeks = [_week(day, [one for one in counts if one.week == number]) for number, (day, _) in enumerate(starts)]
        known = await self._texts.current()
        unseen = await asyncio.to_thread(unseen_words, texts, known)
        return TrendReport(weeks, growing_topics(weeks)[:_MOST_GROWING], unseen)


def unseen_words(texts: Sequence[tuple[str, str]], known: KnownTexts) -> list[UnseenWord]:
    """Words of several conversations (`texts`: conversation and text, newest first) that no training sentence holds."""
    lexicon = slang()
    listed = frozenset(lexicon) | frozenset(word for form in lexicon.values() for word in form.split())
    seen: dict[str, set[str]] = defaultdict(set)
    examples: dict[str, str] = {}
    for conversation_id, text in texts:
        masked = mask_personal_data(text)
        for word in words(_without_names(masked)):
            form = normalise_word(word)
            if len(form) >= _SHORTEST and form.isalpha() and form not in known.words and form not in listed:
                seen[form].add(conversation_id)
                examples.setdefault(form, masked)
    often = [(len(where), word) for word, where in seen.items() if len(where) >= _LEAST_CONVERSATIONS]
    often.sort(key=lambda one: (-one[0], one[1]))
    return [UnseenWord(word, count, examples[word]) for count, word in often[:_MOST_WORDS]]


def _without_names(masked: str) -> str:
    """Neither tags nor addresses of websites: those are customers' own."""
    parts = _TAG.sub(" ", masked).split()
    return " ".join(part for part in parts if "." not in part.strip(".,!?"))


def _week(start: date, counts: Sequence[AnswerCount]) -> Week:
    fates: dict[str, int] = defaultdict(int)
    topics: dict[str, int] = defaultdict(int)
    for one in counts:
        fates[_fate(one)] += one.messages
        if one.intent is not None and one.intent not in _NO_TOPIC:
            topics[one.intent] += one.messages
    return Week(start=start, topics=topics, **fates)


def _fate(one: AnswerCount) -> str:
    if one.outcome in _FATES:
        return _FATES[one.outcome]
    if one.handed_off:
        return "handed_off"
    return "other" if one.wrong else "right"
