"""Routes of the trainer console (docs/trainer-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.routing import Route
from bot.web.trainer import answer_handlers
from bot.web.trainer.prefix import PREFIX

_ANSWERS = f"{PREFIX}/answers"

ANSWER_ROUTES: list[Route] = [
    Route("GET", _ANSWERS, answer_handlers.read_answers, Permission.TRAIN),
    Route("PUT", f"{_ANSWERS}/{{name}}", answer_handlers.change_answer, Permission.TRAIN),
    Route("GET", f"{_ANSWERS}/{{name}}/changes", answer_handlers.read_changes, Permission.TRAIN),
    Route("POST", f"{_ANSWERS}/{{name}}/reviewed", answer_handlers.confirm_answer, Permission.TRAIN),
    Route("GET", f"{PREFIX}/policy", answer_handlers.read_policy, Permission.TRAIN),
    Route("POST", f"{PREFIX}/policy", answer_handlers.import_policy, Permission.TRAIN),
]
