"""All routes of the trainer console (docs/trainer-protocol.md); each area has a table of its own."""

from __future__ import annotations

from bot.web.routing import Route
from bot.web.trainer.answer_routes import ANSWER_ROUTES
from bot.web.trainer.inbox_routes import INBOX_ROUTES
from bot.web.trainer.model_routes import MODEL_ROUTES
from bot.web.trainer.test_routes import TEST_ROUTES
from bot.web.trainer.trend_routes import TREND_ROUTES
from bot.web.trainer.workshop_routes import WORKSHOP_ROUTES

TRAINER_ROUTES: list[Route] = [
    *INBOX_ROUTES,
    *WORKSHOP_ROUTES,
    *MODEL_ROUTES,
    *TEST_ROUTES,
    *ANSWER_ROUTES,
    *TREND_ROUTES,
]
