"""Wires the trainers' inbox and the trends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from aiohttp import web

from bot.services.ports import Clock, Store
from bot.services.ports.trainer_inbox import Reviewer, SentenceAdder
from bot.services.trainer.inbox import TrainerInbox
from bot.services.trainer.inbox_decisions import InboxDecisions
from bot.services.trainer.inbox_sweep import InboxSweep
from bot.services.trainer.known_texts import TrainingTexts
from bot.services.trainer.topics import load_topics, titles
from bot.services.trainer.training_files import TrainingFiles
from bot.services.trainer.trends import Trends
from bot.settings import Settings
from bot.web.trainer import inbox_keys


@cache
def training_texts(root: Path) -> TrainingTexts:
    """One a process: reading all sentences takes a second."""
    return TrainingTexts(TrainingFiles(root))


def wire_inbox(  # noqa: PLR0913, PLR0917 - what the parts have in common
    app: web.Application, settings: Settings, store: Store, reviewer: Reviewer, clock: Clock, add: SentenceAdder
) -> InboxSweep:
    """Puts the inbox into `app`; gives the sweep that fills it."""
    texts = training_texts(settings.project)
    known = titles(load_topics(settings.project))

    def topics() -> Mapping[str, str]:
        return known

    decisions = InboxDecisions(store, clock, add, topics, settings.zone)
    app[inbox_keys.INBOX] = TrainerInbox(store, clock, texts)
    app[inbox_keys.INBOX_DECISIONS] = decisions
    app[inbox_keys.TITLES] = topics
    app[inbox_keys.TRENDS] = Trends(store, clock, texts, settings.zone)
    return InboxSweep(store, clock, reviewer, texts, decisions.carry_on)
