"""Routes of the trends (docs/trainer-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.routing import Route
from bot.web.trainer import trend_handlers as handlers
from bot.web.trainer.prefix import PREFIX

TREND_ROUTES = [Route("GET", f"{PREFIX}/trends", handlers.read_trends, Permission.TRAIN)]
