"""Routes of the trainers' inbox (docs/trainer-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.routing import Route
from bot.web.trainer import inbox_handlers as handlers
from bot.web.trainer.prefix import PREFIX

GROUP = f"{PREFIX}/inbox/{{id}}"

INBOX_ROUTES = [
    Route("GET", f"{PREFIX}/inbox", handlers.list_groups, Permission.TRAIN),
    Route("GET", GROUP, handlers.read_group, Permission.TRAIN),
    Route("GET", f"{PREFIX}/inbox/messages/{{id}}/conversation", handlers.read_conversation, Permission.TRAIN),
    Route("POST", f"{GROUP}/decision", handlers.decide, Permission.TRAIN),
    Route("POST", f"{GROUP}/reopen", handlers.reopen, Permission.TRAIN),
]
