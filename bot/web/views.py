"""JSON forms of what clients see (docs/protocol.md)."""

from datetime import datetime, timezone
from typing import Any

from bot.helpdesk.conversation import ChatMessage
from bot.helpdesk.queue import QueuePlace, Standing


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
        "card": None if message.card is None else dict(message.card),
    }


def standing_view(standing: Standing) -> dict[str, Any]:
    """Who speaks with the customer, beside whatever else is said."""
    return {
        "owner": standing.owner.value,
        "agent_name": standing.agent_name,
        "closed": standing.closed,
        "queue": place_view(standing.queue),
        "agent_read_seq": standing.agent_read_seq,
    }


def place_view(place: QueuePlace | None) -> dict[str, Any] | None:
    """A place in the queue, as the customer may know it."""
    if place is None:
        return None
    return {
        "place": place.place,
        "wait_minutes": list(place.wait_minutes) if place.wait_minutes else None,
        "staff_online": place.staff_online,
        "open": place.open,
        "mode": place.mode.value,
    }


def time_view(time: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return time.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
