"""What the data workshop shows, as JSON (docs/trainer-protocol.md, "Objects")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.workshop.changes import Change
from bot.services.trainer.data_warnings import Warned
from bot.services.trainer.workshop import FoundSentence, TopicCount

Titles = Mapping[str, str]


def topic_view(one: TopicCount) -> dict[str, Any]:
    """Topic"""
    return {
        "intent": one.topic.intent,
        "title": one.topic.title,
        "clause": one.topic.clause,
        "outcome": one.topic.outcome,
        "sentences": one.sentences,
        "thin": one.thin,
        "warnings": one.warnings,
        "file": one.file,
    }


def sentence_view(found: FoundSentence, titles: Titles) -> dict[str, Any]:
    """Sentence"""
    return {
        "id": found.place.id,
        "intent": found.place.intent,
        "text": found.place.text,
        "file": found.place.file,
        "line": found.line,
        "warnings": [warning_view(warned, titles) for warned in found.warnings],
    }


def warning_view(warned: Warned, titles: Titles) -> dict[str, Any]:
    """Warning"""
    title = titles.get(warned.other_intent) if warned.other_intent else None
    other = {"text": warned.other_text, "intent": warned.other_intent, "title": title}
    return {"kind": warned.kind, "other": other if warned.other_text or warned.other_intent else None}


def ranked_view(candidate: Candidate, titles: Titles) -> dict[str, Any]:
    """Ranked"""
    title = titles.get(candidate.intent, candidate.intent)
    return {"intent": candidate.intent, "title": title, "probability": candidate.probability}


def change_view(change: Change, titles: Titles) -> dict[str, Any]:
    """Change"""
    return {
        "number": change.number,
        "at": change.at.isoformat(),
        "by": change.by,
        "kind": change.kind.value,
        "action": change.action.value,
        "intent": change.intent,
        "title": titles.get(change.intent) if change.intent else None,
        "before": change.before,
        "after": change.after,
        "to_intent": change.to_intent,
        "reason": change.reason,
        "undone_by": change.undone_by,
        "undoes": change.undoes,
        "can_undo": change.can_undo,
        "version": change.version,
    }
