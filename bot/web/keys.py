"""Application keys: how handlers reach what `bot.bootstrap` wired."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.helpdesk.paid.price_list import PricedItem
from bot.services.auditing import AuditLog
from bot.services.canned_replies import CannedReplies
from bot.services.conversations import CustomerConversations
from bot.services.desk_conversations import DeskConversations
from bot.services.desk_handoffs import DeskHandoffs
from bot.services.desk_messages import DeskMessages
from bot.services.figures import TeamFigures
from bot.services.notes import Notes
from bot.services.own_account import OwnAccount
from bot.services.paid.board import PaidBoard
from bot.services.paid.bookkeeping import Bookkeeping
from bot.services.paid.cash import PaidCash
from bot.services.paid.payments import Payments
from bot.services.paid.statements import BankStatements
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Readiness
from bot.services.presence import AgentPresence
from bot.services.releases.jobs import TrainerJobs
from bot.services.releases.versions import ModelVersions
from bot.services.sign_in import SignIn
from bot.services.sign_out import SignOut
from bot.services.staff_sessions import StaffSessions
from bot.services.suggestions import Suggestions
from bot.services.trainer.workshop import Workshop
from bot.web.desk.viewers import Viewers
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
NOTIFICATION_LIMIT = web.AppKey("notification_limit", RateLimit)
# Origins beside our own host that pages of the desk may have: behind a proxy that changes `Host`.
DESK_ORIGINS: web.AppKey[list[str]] = web.AppKey("desk_origins", list)
STAFF_SESSIONS = web.AppKey("staff_sessions", StaffSessions)
SIGN_IN = web.AppKey("sign_in", SignIn)
SIGN_OUT = web.AppKey("sign_out", SignOut)
OWN_ACCOUNT = web.AppKey("own_account", OwnAccount)
AUDIT = web.AppKey("audit", AuditLog)
SESSION_LIFETIME = web.AppKey("session_lifetime", int)
DESK_HANDOFFS = web.AppKey("desk_handoffs", DeskHandoffs)
DESK_MESSAGES = web.AppKey("desk_messages", DeskMessages)
PRESENCE = web.AppKey("presence", AgentPresence)
FIGURES = web.AppKey("figures", TeamFigures)
DESK_CONVERSATIONS = web.AppKey("desk_conversations", DeskConversations)
NOTES = web.AppKey("notes", Notes)
CANNED_REPLIES = web.AppKey("canned_replies", CannedReplies)
SUGGESTIONS = web.AppKey("suggestions", Suggestions)
VIEWERS = web.AppKey("viewers", Viewers)
PAID_BOARD = web.AppKey("paid_board", PaidBoard)
PAID_CASH = web.AppKey("paid_cash", PaidCash)
PAID_TERMS = web.AppKey("paid_terms", PaidTerms)
PAYMENTS = web.AppKey("payments", Payments)
BANK_STATEMENTS = web.AppKey("bank_statements", BankStatements)
BOOKKEEPING = web.AppKey("bookkeeping", Bookkeeping)
PRICE_LIST: web.AppKey[Sequence[PricedItem]] = web.AppKey("price_list", Sequence)
WORKSHOP = web.AppKey("workshop", Workshop)
TRAINER_JOBS = web.AppKey("trainer_jobs", TrainerJobs)
MODEL_VERSIONS = web.AppKey("model_versions", ModelVersions)
