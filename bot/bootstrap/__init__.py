"""The one place that wires concrete parts together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from functools import partial

import aiohttp
import socketio
from aiohttp import web

from bot.bootstrap.paid import wire_paid_support
from bot.bootstrap.trainer_inbox import wire_inbox
from bot.bootstrap.trainer_models import live_brain, wire_models
from bot.bootstrap.trainer_tests import wire_trainer_tests
from bot.bootstrap.trainer_workshop import wire_workshop
from bot.brain.health import Health
from bot.brain.live_brain import LiveBrain
from bot.helpdesk.office_hours import parse_office_hours
from bot.helpdesk.sessions import SessionLife
from bot.passwords import Argon2Hasher
from bot.services.accounts import Accounts
from bot.services.answering import AnswerCustomers
from bot.services.auditing import AuditLog
from bot.services.canned_replies import CannedReplies
from bot.services.conversations import CustomerConversations
from bot.services.desk_conversations import DeskConversations, listed
from bot.services.desk_handoffs import DeskHandoffs
from bot.services.desk_messages import DeskMessages
from bot.services.dispatching import Dispatcher
from bot.services.figures import TeamFigures
from bot.services.notes import Notes
from bot.services.own_account import OwnAccount
from bot.services.ports import Brain, Clock
from bot.services.ports.staff import PasswordHasher, SessionNotifier
from bot.services.presence import AgentPresence
from bot.services.queue_sweep import QueueSweep
from bot.services.queueing import CustomerQueue
from bot.services.sign_in import SignIn
from bot.services.sign_in_throttle import SignInThrottle
from bot.services.sign_out import SignOut
from bot.services.staff_sessions import StaffSessions
from bot.services.suggestions import Suggestions
from bot.services.trainer.inbox_sweep import InboxSweep
from bot.settings import Settings
from bot.store.migrate import upgrade_async
from bot.store.unit_of_work import SqlStore
from bot.web import keys
from bot.web.app import declare_sockets, make_app
from bot.web.desk.ending import DeskSessionNotifier
from bot.web.desk.news import DeskNews
from bot.web.desk.sockets import DESK_SOCKETS, DeskSockets
from bot.web.desk.viewers import RedisViewers, Viewers
from bot.web.metrics import Metrics
from bot.web.notifying import RasaDeliveries, WebNotifier
from bot.web.rasa_sockets import RasaSockets
from bot.web.rate_limit import RateLimit
from bot.web.sockets import CustomerSockets
from bot.web.tokens import ConversationTokens
from bot.web.waiting import Waiters

# Socket.IO frames carry one message each; the same bound as for HTTP bodies.
_MAX_FRAME = 64 * 1024


class SystemClock:
    """`bot.services.ports.Clock` of the machine."""

    def now(self) -> datetime:
        return datetime.now(timezone.utc)


def make_socket_server(settings: Settings) -> socketio.AsyncServer:
    """The Socket.IO server; with `redis_url` set, several web processes share rooms through Redis."""
    manager = socketio.AsyncRedisManager(settings.redis_url) if settings.redis_url else None
    return socketio.AsyncServer(
        async_mode="aiohttp",
        client_manager=manager,
        cors_allowed_origins=settings.origins,
        max_http_buffer_size=_MAX_FRAME,
    )


class HttpSession:
    """The one HTTP client session of a process, open while the application runs."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    def __call__(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Close it, if it was ever used."""
        if self._session is not None:
            await self._session.close()


def make_web_app(  # noqa: PLR0915 - the one list of all parts
    settings: Settings, *, hasher: PasswordHasher | None = None
) -> web.Application:
    """The web application with everything it needs; connections open at start and close at the end.

    Passwords are hashed with argon2id at its full cost, unless a `hasher` is given.
    """
    app = make_app(settings.origins)
    sio = make_socket_server(settings)
    store, session = SqlStore.connect(settings.database_url), HttpSession()
    clock, waiters, metrics, deliveries = SystemClock(), Waiters(), Metrics(), RasaDeliveries()
    news = DeskNews(sio, partial(listed, store), shared=bool(settings.redis_url))
    notifier = WebNotifier(sio, waiters, metrics, deliveries, news)
    brain = live_brain(settings, store, session)
    hours = parse_office_hours(settings.office_hours, settings.holidays, settings.zone)
    queue = CustomerQueue(store, clock, notifier, hours, patience=settings.queue_patience)
    paid = wire_paid_support(app, settings, store, clock, notifier, session)
    answering = AnswerCustomers(
        store,
        brain,
        clock,
        notifier,
        queue,
        paid=paid.in_chat,
        patience=settings.brain_patience,
        lease=settings.lease,
    )
    dispatcher = Dispatcher(answering, store, clock, workers=settings.workers)
    conversations = CustomerConversations(
        store, clock, notifier, queue, wake=dispatcher.wake, message_max_length=settings.message_max_length
    )
    tokens = ConversationTokens(settings.secret_key, lifetime=settings.token_lifetime)
    message_limit = RateLimit(settings.messages_per_minute, time.monotonic)
    open_limit = RateLimit(settings.conversations_per_minute, time.monotonic)
    app[keys.CONVERSATIONS] = conversations
    app[keys.TOKENS] = tokens
    app[keys.WAITERS] = waiters
    app[keys.METRICS] = metrics
    app[keys.HEALTH] = Health(session, store, brain, settings.actions_url)
    app[keys.MESSAGE_LIMIT] = message_limit
    app[keys.OPEN_LIMIT] = open_limit
    app[keys.TRUSTED_PROXIES] = settings.trusted_proxies
    sweep = _wire_handoffs(app, settings, store, brain, clock, notifier, queue)
    _wire_accounts(app, settings, store, clock, DeskSessionNotifier(sio), hasher or Argon2Hasher())
    app[keys.FIGURES] = TeamFigures(store, clock, settings.zone)
    inbox = _wire_trainers(app, settings, store, brain, clock)
    wire_models(app, settings, store, clock)
    desk_sockets = _wire_desk(app, sio, store, brain, clock, notifier, news, settings.redis_url)
    CustomerSockets(sio, conversations, tokens, message_limit, metrics, news).register()
    RasaSockets(
        sio, conversations, tokens, message_limit, open_limit, clock, deliveries, settings.trusted_proxies
    ).register()

    sweeps = (sweep, paid.sweep, inbox)

    async def lifetime(_: web.Application) -> AsyncIterator[None]:
        brain.start()
        dispatcher.start()
        for one in sweeps:
            one.start()
        await app[keys.CANNED_REPLIES].seed()
        keeping_out = asyncio.create_task(desk_sockets.keep_out_the_ended())
        yield
        keeping_out.cancel()
        for one in reversed(sweeps):
            await one.stop()
        await dispatcher.stop()
        await brain.stop()
        await news.close()
        await app[keys.VIEWERS].close()
        await session.close()
        await store.close()

    sio.attach(app)
    declare_sockets(app)
    app.cleanup_ctx.append(lifetime)
    return app


def _wire_trainers(
    app: web.Application, settings: Settings, store: SqlStore, brain: LiveBrain, clock: Clock
) -> InboxSweep:
    """What trainers work with; gives the sweep that fills their inbox."""
    wire_trainer_tests(app, settings, store, clock, wire_workshop(app, settings, store, brain, clock))
    return wire_inbox(app, settings, store, brain, clock, app[keys.WORKSHOP].add_all)


def _wire_handoffs(  # noqa: PLR0913, PLR0917 - what the parts have in common
    app: web.Application,
    settings: Settings,
    store: SqlStore,
    brain: Brain,
    clock: Clock,
    notifier: WebNotifier,
    queue: CustomerQueue,
) -> QueueSweep:
    """Agents and the queue; gives the sweep that looks after it."""
    handoffs = DeskHandoffs(store, brain, clock, notifier, queue, max_chats=settings.max_chats)
    presence = AgentPresence(
        store, clock, notifier, handoffs, queue, grace=settings.agent_grace, max_chats=settings.max_chats
    )
    app[keys.DESK_HANDOFFS] = handoffs
    app[keys.DESK_MESSAGES] = DeskMessages(store, clock, notifier)
    app[keys.PRESENCE] = presence
    return QueueSweep(
        store,
        clock,
        notifier,
        queue,
        handoffs,
        presence,
        in_turn=settings.assignment == "round_robin",
        max_chats=settings.max_chats,
        rating_after=settings.rating_after,
    )


def _wire_accounts(  # noqa: PLR0913, PLR0917 - what the parts have in common
    app: web.Application,
    settings: Settings,
    store: SqlStore,
    clock: Clock,
    notifier: SessionNotifier,
    hasher: PasswordHasher,
) -> None:
    """Signing in and out, and all that belongs to it."""
    life = SessionLife(timedelta(seconds=settings.session_lifetime), timedelta(seconds=settings.session_idle))
    throttle = SignInThrottle(store, clock, settings.secret_key)
    sessions = StaffSessions(store, clock, life)
    app[keys.DESK_ORIGINS] = settings.desk_origins.split()
    app[keys.SESSION_LIFETIME] = settings.session_lifetime
    app[keys.STAFF_SESSIONS] = sessions
    app[keys.SIGN_IN] = SignIn(store, clock, hasher, throttle, sessions)
    app[keys.SIGN_OUT] = SignOut(store, clock, notifier, sessions, app[keys.PRESENCE])
    app[keys.OWN_ACCOUNT] = OwnAccount(store, clock, hasher, throttle, notifier)
    app[keys.AUDIT] = AuditLog(store)


def _wire_desk(  # noqa: PLR0913, PLR0917 - what the parts have in common
    app: web.Application,
    sio: socketio.AsyncServer,
    store: SqlStore,
    brain: Brain,
    clock: Clock,
    notifier: WebNotifier,
    news: DeskNews,
    redis_url: str,
) -> DeskSockets:
    """What support agents see and keep, over HTTP and sockets."""
    conversations = DeskConversations(store, clock, notifier)
    viewers = Viewers(RedisViewers(redis_url) if redis_url else None)
    app[keys.DESK_CONVERSATIONS] = conversations
    app[keys.NOTES] = Notes(store, clock)
    app[keys.CANNED_REPLIES] = CannedReplies(store, clock)
    app[keys.SUGGESTIONS] = Suggestions(store, brain)
    app[keys.VIEWERS] = viewers
    heard = app[keys.PRESENCE].heartbeat
    sockets = DeskSockets(sio, app[keys.STAFF_SESSIONS], conversations, news=news, viewers=viewers, heard=heard)
    sockets.register()
    app[DESK_SOCKETS] = sockets
    return sockets


@asynccontextmanager
async def staff_accounts(settings: Settings) -> AsyncIterator[Accounts]:
    """Accounts for commands; with Redis the running web processes tell browsers whose sessions end."""
    await upgrade_async(settings.database_url)
    store = SqlStore.connect(settings.database_url)
    try:
        yield Accounts(store, SystemClock(), Argon2Hasher(), DeskSessionNotifier(_writing_sockets(settings)))
    finally:
        await store.close()


def _writing_sockets(settings: Settings) -> socketio.AsyncServer:
    """Speaks to the sockets of the web processes, if Redis connects them; it has none itself."""
    if settings.redis_url:
        return socketio.AsyncServer(client_manager=socketio.AsyncRedisManager(settings.redis_url, write_only=True))
    return socketio.AsyncServer(async_mode="aiohttp")
