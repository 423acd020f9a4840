"""Routes of training, comparing, publishing and listening (docs/trainer-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.routing import Route
from bot.web.trainer import model_handlers as handlers
from bot.web.trainer.prefix import PREFIX

VERSION = f"{PREFIX}/versions/{{number}}"

MODEL_ROUTES: list[Route] = [
    Route("GET", f"{PREFIX}/training", handlers.read_training, Permission.TRAIN),
    Route("POST", f"{PREFIX}/training", handlers.train, Permission.TRAIN),
    Route("POST", f"{PREFIX}/jobs/{{id}}/cancel", handlers.cancel_job, Permission.TRAIN),
    Route("GET", f"{PREFIX}/versions", handlers.list_versions, Permission.TRAIN),
    Route("GET", VERSION, handlers.read_version, Permission.TRAIN),
    Route("GET", f"{VERSION}/pictures/{{name}}", handlers.read_picture, Permission.TRAIN),
    Route("POST", f"{VERSION}/publish", handlers.publish, Permission.TRAIN),
    Route("POST", f"{VERSION}/discard", handlers.discard, Permission.TRAIN),
    Route("GET", f"{PREFIX}/shadow", handlers.read_shadow, Permission.TRAIN),
    Route("PUT", f"{PREFIX}/shadow", handlers.listen, Permission.TRAIN),
    Route("DELETE", f"{PREFIX}/shadow", handlers.listen_no_more, Permission.TRAIN),
]
