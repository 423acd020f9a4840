"""JSON forms of conversations as staff see them (docs/desk-protocol.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.helpdesk.agents import AgentAtWork
from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.desk import CannedReply, Counts, FoundMessage, ListedChange, ListedConversation, Note
from bot.services.desk_conversations import ConversationDetail
from bot.services.suggestions import Suggestion
from bot.web.views import message_view, time_view


def row_view(row: ListedConversation) -> dict[str, Any]:
    """Row: a conversation in a list."""
    return {
        "id": row.id,
        "state": row.state.value,
        "agent": {"id": row.agent_id, "display_name": row.agent_name} if row.agent_id else None,
        "last_at": time_view(row.last_at),
        "last_text": row.last_text,
        "last_sender": row.last_sender.value if row.last_sender else None,
        "unread": row.unread,
        "waiting_since": time_view(row.waiting_since) if row.waiting_since else None,
        "reason": row.reason,
        "place": row.place,
        "mode": row.mode,
        "contact_name": row.contact_name,
        "created_at": time_view(row.created_at),
    }


def counts_view(counts: Counts) -> dict[str, int]:
    """Counts: how long the lists are."""
    return {
        "mine": counts.mine,
        "queue": counts.queue,
        "bot": counts.bot,
        "others": counts.others,
        "unread": counts.unread,
    }


def detail_view(detail: ConversationDetail, viewers: Sequence[str]) -> dict[str, Any]:
    """Detail: a conversation and all that stands beside it."""
    known, rating = detail.conversation, detail.rating
    return {
        **row_view(detail.row),
        "contact_email": known.contact_email,
        "entities": [{"label": e.label, "value": e.value, "seq": e.seq} for e in detail.entities],
        "changes": [_change_view(change) for change in detail.changes],
        "close_reason": known.close_reason,
        "agent_read_seq": known.agent_read_seq,
        "customer_read_seq": known.customer_read_seq,
        "customer_delivered_seq": known.customer_delivered_seq,
        "rating": {"score": rating.score, "solved": rating.solved} if rating else None,
        "viewers": list(viewers),
    }


def desk_message_view(message: ChatMessage) -> dict[str, Any]:
    """DeskMessage: with what the bot understood, which customers never see."""
    return {**message_view(message), "intent": message.intent, "confidence": message.confidence}


def note_view(note: Note) -> dict[str, Any]:
    """An internal note."""
    return {"id": note.id, "author": note.author, "text": note.text, "created_at": time_view(note.created_at)}


def suggestion_view(suggestion: Suggestion) -> dict[str, Any]:
    """A clause that fits."""
    return {
        "clause": suggestion.clause,
        "label": suggestion.label,
        "title": suggestion.title,
        "text": suggestion.text,
        "score": suggestion.score,
    }


def hit_view(hit: FoundMessage) -> dict[str, Any]:
    """A message that a search found."""
    return {
        "conversation_id": hit.conversation_id,
        "seq": hit.seq,
        "sender": hit.sender.value,
        "text": hit.text,
        "created_at": time_view(hit.created_at),
        "state": hit.state.value,
        "contact_name": hit.contact_name,
    }


def canned_reply_view(reply: CannedReply) -> dict[str, Any]:
    """A canned reply to somebody who may see it: shared, or their own."""
    return {
        "id": reply.id,
        "shortcut": reply.shortcut,
        "title": reply.title,
        "text": reply.text,
        "shared": reply.staff_id is None,
        "mine": reply.staff_id is not None,
    }


def _change_view(change: ListedChange) -> dict[str, Any]:
    return {
        "at": time_view(change.at),
        "event": change.event,
        "old_state": change.old_state,
        "new_state": change.new_state,
        "actor": change.actor,
        "staff": change.staff,
        "new_agent": change.new_agent,
        "reason": change.reason,
        "note": change.note,
    }


def agent_view(agent: AgentAtWork) -> dict[str, Any]:
    """An agent as colleagues see them."""
    return {
        "id": agent.id,
        "display_name": agent.display_name,
        "presence": agent.presence.value,
        "chats": agent.chats,
        "max_chats": agent.max_chats,
    }
