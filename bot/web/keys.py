"""Application keys: how handlers reach what `bot.bootstrap` wired."""

from __future__ import annotations

from aiohttp import web

from bot.services.conversations import CustomerConversations
from bot.services.ports import Readiness
from bot.web.metrics import Metrics
from bot.web.rate_limit import RateLimit
from bot.web.tokens import ConversationTokens
from bot.web.waiting import Waiters

CONVERSATIONS = web.AppKey("conversations", CustomerConversations)
TOKENS = web.AppKey("tokens", ConversationTokens)
WAITERS = web.AppKey("waiters", Waiters)
METRICS = web.AppKey("metrics", Metrics)
HEALTH: web.AppKey[Readiness] = web.AppKey("health", Readiness)
MESSAGE_LIMIT = web.AppKey("message_limit", RateLimit)
TRUSTED_PROXIES = web.AppKey("trusted_proxies", int)
OPEN_LIMIT = web.AppKey("open_limit", RateLimit)
