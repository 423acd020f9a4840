"""JSON forms of what clients see (docs/protocol.md)."""

from datetime import datetime, timezone
from typing import Any

from bot.helpdesk.conversation import ChatMessage


def message_view(message: ChatMessage) -> dict[str, Any]:
    """A message as clients see it; nothing internal (intent, confidence, payload of the customer)."""
    return {
        "seq": message.seq,
        "sender": message.sender.value,
        "sender_name": message.sender_name,
        "text": message.text,
        "buttons": [{"title": b.title, "payload": b.payload} for b in message.buttons],
        "outcome": message.outcome.value if message.outcome else None,
        "clauses": list(message.clauses),
        "reply_to": message.reply_to,
        "client_message_id": message.client_message_id,
        "created_at": time_view(message.created_at),
    }


def time_view(time: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
