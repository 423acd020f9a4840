"""JSON forms of kept tests, answers and the policy (docs/trainer-protocol.md)."""

from __future__ import annotations

from typing import Any

from bot.helpdesk.kept_tests import KeptConversation, KeptMessage, KeptTurn
from bot.services.kept_tests.reading import KeptTests
from bot.services.kept_tests.results import KeptResults, TurnResult
from bot.services.policy_report import PolicyOverview, ReviewedClause
from bot.services.wording.answers import ListedAnswer
from bot.web.views import time_view


def tests_view(kept: KeptTests, results: KeptResults | None) -> dict[str, Any]:
    """What `GET /tests` answers."""
    return {
        "messages": [kept_message_view(message) for message in kept.messages],
        "conversations": [kept_conversation_view(conversation) for conversation in kept.conversations],
        "results": None if results is None else _results_view(results),
    }


def kept_message_view(message: KeptMessage) -> dict[str, Any]:
    """KeptMessage."""
    return {
        "id": message.id,
        "text": message.text,
        "outcomes": list(message.outcomes),
        "clauses": list(message.clauses),
    }


def kept_conversation_view(conversation: KeptConversation) -> dict[str, Any]:
    """KeptConversation."""
    return {
        "id": conversation.id,
        "name": conversation.name,
        "turns": [_turn_view(turn) for turn in conversation.turns],
    }


def answer_view(listed: ListedAnswer) -> dict[str, Any]:
    """Answer."""
    return {
        "name": listed.answer.name,
        "intent": listed.answer.intent,
        "title": listed.title,
        "clause": listed.clause,
        "wording": listed.wording,
        "revision": listed.answer.revision,
        "variants": [
            {
                "text": variant.text,
                "buttons": [{"title": button.title, "payload": button.payload} for button in variant.buttons],
                "outcome": variant.outcome,
                "clauses": list(variant.clauses),
            }
            for variant in listed.answer.variants
        ],
        "review": listed.review,
    }


def policy_view(overview: PolicyOverview) -> dict[str, Any]:
    """Policy."""
    return {
        "imported_at": time_view(overview.imported_at) if overview.imported_at else None,
        "before_at": time_view(overview.before_at) if overview.before_at else None,
        "clauses": [_clause_view(row) for row in overview.clauses],
    }


def _turn_view(turn: KeptTurn) -> dict[str, Any]:
    return {"text": turn.text, "intent": turn.intent, "outcome": turn.outcome, "clauses": list(turn.clauses)}


def _results_view(results: KeptResults) -> dict[str, Any]:
    return {
        "version": results.version,
        "at": time_view(results.at),
        "messages": [{"id": one, **_result_view(result)} for one, result in results.messages.items()],
        "conversations": [
            {"id": one, "right": all(turn.right for turn in turns), "turns": [_result_view(turn) for turn in turns]}
            for one, turns in results.conversations.items()
        ],
    }


def _result_view(result: TurnResult) -> dict[str, Any]:
    actual = result.actual
    return {
        "right": result.right,
        "actual": {"outcome": actual.outcome, "clauses": list(actual.clauses), "intent": actual.intent},
    }


def _clause_view(row: ReviewedClause) -> dict[str, Any]:
    change = row.change
    return {
        "id": change.id,
        "title": row.title,
        "change": change.change,
        "before": change.before,
        "after": change.after,
        "diff": [{"op": part.op, "text": part.text} for part in change.diff],
        "moved_from": change.moved_from,
        "answers": list(row.answers),
        "intent": row.intent,
        "sentences": row.sentences,
    }
