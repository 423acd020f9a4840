"""Wires paid support: ways to pay that are set up, the board, and the sweep that looks after requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot.payments.midtrans import MidtransSnap
from bot.payments.midtrans_api import MidtransApi
from bot.payments.midtrans_notification import MidtransNotifications
from bot.payments.transfer import BankTransfer
from bot.services.paid.board import PaidBoard
from bot.services.paid.bookkeeping import Bookkeeping
from bot.services.paid.cash import PaidCash
from bot.services.paid.in_chat import PaidSupportInChat
from bot.services.paid.payments import Payments
from bot.services.paid.statements import BankStatements
from bot.services.paid.sweep import PaidSweep
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, Notifier, Store
from bot.services.ports.payments import BankAccount, PaymentMethod
from bot.services.price_list import load_price_list
from bot.settings import Settings
from bot.web import keys
from bot.web.rate_limit import RateLimit

# From one address; Midtrans tells again what was refused for this.
_NOTIFICATIONS_PER_MINUTE = 600


@dataclass(frozen=True)
class PaidSupport:
    """The parts that others need."""

    in_chat: PaidSupportInChat
    sweep: PaidSweep


def wire_paid_support(  # noqa: PLR0913, PLR0917 - what the parts have in common
    app: web.Application,
    settings: Settings,
    store: Store,
    clock: Clock,
    notifier: Notifier,
    session: Callable[[], aiohttp.ClientSession],
) -> PaidSupport:
    """Puts the use cases of paid support into `app`; nothing is offered that is not set up."""
    terms, methods = _terms(settings), _methods(settings, clock, session)
    key = settings.midtrans_server_key
    payments = Payments(store, clock, notifier, methods, terms, MidtransNotifications(key) if key else None)
    sweep = PaidSweep(store, clock, notifier, payments)
    app[keys.PAYMENTS] = payments
    app[keys.NOTIFICATION_LIMIT] = RateLimit(_NOTIFICATIONS_PER_MINUTE, time.monotonic)
    app[keys.PAID_TERMS] = terms
    app[keys.PAID_BOARD] = PaidBoard(store, clock, notifier, terms)
    app[keys.PAID_CASH] = PaidCash(store, clock, notifier, payments)
    app[keys.BANK_STATEMENTS] = BankStatements(store, clock, notifier, payments, settings.zone)
    app[keys.BOOKKEEPING] = Bookkeeping(store, settings.zone)
    app[keys.PRICE_LIST] = load_price_list(settings.price_list)
    return PaidSupport(PaidSupportInChat(clock, methods, terms, opened=sweep.wake), sweep)


def _terms(settings: Settings) -> PaidTerms:
    return PaidTerms(
        tax_rate=settings.tax_percent,
        quote_days=settings.quote_days,
        invoice_hours=settings.invoice_hours,
        approval_limit=settings.approval_limit,
        migration_free_gb=settings.migration_free_gb,
        migration_price_per_gb=settings.migration_price_per_gb,
        zone=settings.zone,
    )


def _methods(
    settings: Settings, clock: Clock, session: Callable[[], aiohttp.ClientSession]
) -> dict[str, PaymentMethod]:
    methods: list[PaymentMethod] = []
    if settings.accounts:
        methods.append(BankTransfer([BankAccount(*account) for account in settings.accounts]))
    if key := settings.midtrans_server_key:
        snap = MidtransApi(session, settings.midtrans_snap_url, key)
        core = MidtransApi(session, settings.midtrans_api_url, key)
        methods.append(MidtransSnap(snap, core, clock))
    return {method.name: method for method in methods}
