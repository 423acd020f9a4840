"""Wires paid support: ways to pay that are set up, the board, and the sweep that looks after requests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.payments.midtrans import MidtransSnap
from bot.payments.midtrans_api import MidtransApi
from bot.payments.midtrans_notification import MidtransNotifications
from bot.payments.transfer import BankTransfer
from bot.services.paid.board import PaidBoard
from bot.services.paid.bookkeeping import Bookkeeping
from bot.services.paid.in_chat import PaidSupportInChat
from bot.services.paid.payments import Payments
from bot.services.paid.statements import BankStatements
from bot.services.paid.sweep import PaidSweep
from bot.services.paid.terms import PaidTerms
from bot.services.ports import Clock, Notifier, Store
from bot.services.ports.payments import PaymentMethod
from bot.settings import Settings
from bot.web import keys
