"""What the inbox shows, as JSON (docs/trainer-protocol.md, "Objects")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.helpdesk.clarifying import Candidate
from bot.helpdesk.inbox.items import InboxGroup, NearSentence
from bot.services.trainer.inbox import Context, WholeGroup
from bot.services.trainer.inbox_decisions import understood
from bot.services.trainer.topics import title_of
from bot.text.masking import mask_personal_data

_MILLION = 1_000_000
Names = Mapping[str, str]
Titles = Mapping[str, str]


def group_view(group: InboxGroup, names: Names, titles: Titles) -> dict[str, Any]:
    """Group"""
    middle, intent = group.middle, understood(group)
    return {
        "id": group.id,
        "revision": group.revision,
        "gain": group.gain / _MILLION,
        "size": group.size,
        "reasons": sorted(group.reasons),
        "newest_at": group.newest_at.isoformat(),
        "text": middle.text,
        "intent": intent,
        "title": title_of(intent, titles) if intent else None,
        "outcome": middle.outcome.value if middle.outcome else None,
        "clauses": list(middle.clauses),
        "confidence": middle.confidence,
        "ranking": _ranking(middle.reviewed.ranking if middle.reviewed else (), titles),
        "state": group.state.value,
        "sent_to": names.get(group.sent_to or ""),
        "sent_by": names.get(group.sent_by or ""),
        "note": group.note,
        "suggests_new_topic": group.suggests_new_topic,
    }


def whole_group_view(whole: WholeGroup, titles: Titles) -> dict[str, Any]:
    """GroupDetail"""
    reviewed = whole.group.middle.reviewed
    return {
        **group_view(whole.group, whole.names, titles),
        "messages": [
            {
                "id": message.id,
                "conversation_id": message.conversation_id,
                "seq": message.seq,
                "text": message.text,
                "created_at": message.created_at.isoformat(),
                "reasons": sorted(message.reasons),
            }
            for message in whole.messages
        ],
        "nearest": [_near(one, titles) for one in (reviewed.nearest if reviewed else ())],
        "decided": _decided(whole.group, whole.names),
        "words": list(whole.words),
    }


def context_view(context: Context) -> dict[str, Any]:
    """The messages around one, masked."""
    return {
        "messages": [
            {
                "seq": message.seq,
                "sender": message.sender.value,
                "text": mask_personal_data(message.text),
                "outcome": message.outcome.value if message.outcome else None,
                "clauses": list(message.clauses),
                "created_at": message.created_at.isoformat(),
                "is_it": message.seq == context.seq,
            }
            for message in context.messages
        ]
    }


def _ranking(ranking: Sequence[Candidate], titles: Titles) -> list[dict[str, Any]]:
    return [{"intent": c.intent, "title": title_of(c.intent, titles), "probability": c.probability} for c in ranking]


def _near(one: NearSentence, titles: Titles) -> dict[str, Any]:
    title = title_of(one.intent, titles)
    return {"text": one.text, "intent": one.intent, "title": title, "similarity": one.similarity}


def _decided(group: InboxGroup, names: Names) -> dict[str, Any] | None:
    if group.decided_action is None or group.decided_at is None:
        return None
    return {
        "action": group.decided_action.value,
        "intent": group.decided_intent,
        "by": names.get(group.decided_by or ""),
        "at": group.decided_at.isoformat(),
    }
