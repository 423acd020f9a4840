"""Application keys of the trainers' inbox and of the trends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.services.trainer.inbox import TrainerInbox
from bot.services.trainer.inbox_decisions import InboxDecisions
from bot.services.trainer.trends import Trends

INBOX = web.AppKey("inbox", TrainerInbox)
INBOX_DECISIONS = web.AppKey("inbox_decisions", InboxDecisions)
TRENDS = web.AppKey("trends", Trends)
# Titles of topics by intent, as they are now.
TITLES: web.AppKey[Callable[[], Mapping[str, str]]] = web.AppKey("topic_titles", Callable)  # type: ignore[arg-type]
