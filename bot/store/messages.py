"""Repository of the message log."""

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.helpdesk.conversation import Button, ChatMessage, Outcome, Sender, pressed_button
from bot.store.tables import conversation
from bot.store.tables import message as table

# Notices of the helpdesk that may stand between a question with buttons and its answer, and the question.
_NOTICES_BETWEEN = 5
# Cards of a conversation whose buttons are known: far more than anybody has open.
_CARDS_BACK = 200


class SqlMessages:
    """`bot.services.ports.MessageRepository` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, message: ChatMessage) -> None:
        await self._connection.execute(
            insert(table).values(
                conversation_id=message.conversation_id,
                seq=message.seq,
                sender=message.sender.value,
                text=message.text,
                created_at=message.created_at,
                client_message_id=message.client_message_id,
                payload=message.payload,
                buttons=[{"title": b.title, "payload": b.payload} for b in message.buttons],
                outcome=message.outcome.value if message.outcome else None,
                clauses=list(message.clauses),
                reply_to=message.reply_to,
                intent=message.intent,
                confidence=message.confidence,
                staff_id=message.staff_id,
                sender_name=message.sender_name,
                card=None if message.card is None else dict(message.card),
            )
        )
        await self._connection.execute(
            update(conversation)
            .where(conversation.c.id == message.conversation_id)
            .values(last_at=message.created_at, **_preview(message))
        )

    async def by_client_id(self, conversation_id: str, client_message_id: str) -> ChatMessage | None:
        found = await self._connection.execute(
            select(table).where(
                table.c.conversation_id == conversation_id, table.c.client_message_id == client_message_id
            )
        )
        return _message_or_none(found.mappings().first())

    async def after(self, conversation_id: str, seq: int, limit: int | None = None) -> list[ChatMessage]:
        found = await self._connection.execute(
            select(table)
            .where(table.c.conversation_id == conversation_id, table.c.seq > seq)
            .order_by(table.c.seq)
            .limit(limit)
        )
        return [_message(row) for row in found.mappings()]

    async def next_from_customer(self, conversation_id: str, after: int) -> ChatMessage | None:
        found = await self._connection.execute(
            select(table)
            .where(
                table.c.conversation_id == conversation_id,
                table.c.seq > after,
                table.c.sender == Sender.CUSTOMER.value,
            )
            .order_by(table.c.seq)
            .limit(1)
        )
        return _message_or_none(found.mappings().first())

    async def newest_with_buttons(self, conversation_id: str) -> ChatMessage | None:
        found = await self._connection.execute(
            select(table)
            .where(table.c.conversation_id == conversation_id, table.c.sender != Sender.CUSTOMER.value)
            .order_by(table.c.seq.desc())
            .limit(_NOTICES_BETWEEN)
        )
        for message in map(_message, found.mappings()):
            if message.buttons:
                return message
            if message.sender is not Sender.SYSTEM:
                return None
        return None

    async def newest_card_with(self, conversation_id: str, pressed: str) -> ChatMessage | None:
        found = await self._connection.execute(
            select(table)
            .where(table.c.conversation_id == conversation_id, table.c.card.is_not(None))
            .order_by(table.c.seq.desc())
            .limit(_CARDS_BACK)
        )
        for message in map(_message, found.mappings()):
            if pressed_button(pressed, message.buttons) is not None:
                return message
        return None


def _preview(message: ChatMessage) -> dict[str, str]:
    """What lists show of a conversation: what says the same in all of them tells none from another."""
    if message.sender is Sender.SYSTEM or message.outcome is Outcome.HANDOFF:
        return {}
    return {"last_text": message.text[:160], "last_sender": message.sender.value}


def _message_or_none(row: RowMapping | None) -> ChatMessage | None:
    return None if row is None else _message(row)


def _message(row: RowMapping) -> ChatMessage:
    return ChatMessage(
        **{
            **row,
            "sender": Sender(row["sender"]),
            "outcome": Outcome(row["outcome"]) if row["outcome"] else None,
            "buttons": tuple(Button(b["title"], b["payload"]) for b in row["buttons"]),
            "clauses": tuple(row["clauses"]),
        }
    )
