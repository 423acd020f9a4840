"""Routes of the data workshop (docs/trainer-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.routing import Route
from bot.web.trainer import workshop_handlers as handlers
from bot.web.trainer.prefix import PREFIX

SENTENCE = f"{PREFIX}/sentences/{{id}}"

WORKSHOP_ROUTES = [
    Route("GET", f"{PREFIX}/topics", handlers.list_topics, Permission.TRAIN),
    Route("GET", f"{PREFIX}/colleagues", handlers.list_colleagues, Permission.TRAIN),
    Route("GET", f"{PREFIX}/sentences", handlers.list_sentences, Permission.TRAIN),
    Route("POST", f"{PREFIX}/sentences", handlers.add_sentence, Permission.TRAIN),
    Route("POST", f"{PREFIX}/sentences/preview", handlers.preview_sentence, Permission.TRAIN),
    Route("PUT", SENTENCE, handlers.edit_sentence, Permission.TRAIN),
    Route("POST", f"{SENTENCE}/move", handlers.move_sentence, Permission.TRAIN),
    Route("POST", f"{SENTENCE}/delete", handlers.delete_sentence, Permission.TRAIN),
    Route("GET", f"{PREFIX}/warnings", handlers.read_warnings, Permission.TRAIN),
    Route("GET", f"{PREFIX}/changes", handlers.list_changes, Permission.TRAIN),
    Route("POST", f"{PREFIX}/changes/{{number}}/undo", handlers.undo_change, Permission.TRAIN),
]
