"""Routes of the trainer console (docs/trainer-protocol.md)."""

from __future__ import annotations

from bot.helpdesk.staff import Permission
from bot.web.routing import Route
from bot.web.trainer import test_handlers
from bot.web.trainer.prefix import PREFIX

_TESTS = f"{PREFIX}/tests"
_CONVERSATIONS = f"{_TESTS}/conversations"

TEST_ROUTES: list[Route] = [
    Route("GET", _TESTS, test_handlers.read_tests, Permission.TRAIN),
    Route("POST", f"{_TESTS}/run", test_handlers.run_tests, Permission.TRAIN),
    Route("POST", f"{_TESTS}/messages", test_handlers.add_message, Permission.TRAIN),
    Route("POST", f"{_TESTS}/messages/{{id}}/delete", test_handlers.delete_message, Permission.TRAIN),
    Route("POST", _CONVERSATIONS, test_handlers.add_conversation, Permission.TRAIN),
    Route("POST", f"{_CONVERSATIONS}/from-chat", test_handlers.add_from_chat, Permission.TRAIN),
    Route("PUT", f"{_CONVERSATIONS}/{{id}}", test_handlers.change_conversation, Permission.TRAIN),
    Route("POST", f"{_CONVERSATIONS}/{{id}}/delete", test_handlers.delete_conversation, Permission.TRAIN),
]
