"""Conversations and their messages: the words that everything else speaks in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from bot.helpdesk.paid.effects import Effect


class Owner(str, Enum):
    """Who answers the customer. The bot keeps answering from the queue until a support agent takes over."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"

    @property
    def bot_may_speak(self) -> bool:
        """Whether an answer of the bot may be stored."""
        return self is not Owner.AGENT


class Sender(str, Enum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Outcome(str, Enum):
    """What a bot turn is (design.md, section 1)."""

    ANSWER = "answer"
    REFUSE = "refuse"
    PAID_SUPPORT = "paid_support"
    HANDOFF = "handoff"
    SMALLTALK = "smalltalk"
    CLARIFY = "clarify"


@dataclass(frozen=True)
class Button:
    """A quick reply: what the customer sees, and what the bot gets when it is pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Request:
    """One of several requests in a message: the intent, and what the bot makes of it."""

    intent: str
    outcome: Outcome


@dataclass(frozen=True)
class Reply:
    """One message that the bot wants to say; `requests` where it settles more than one.

    `effect` is what it sets off beside; `card` is what clients may show in place of the text (docs/protocol.md).
    """

    text: str
    outcome: Outcome
    clauses: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    requests: tuple[Request, ...] = ()
    effect: Effect | None = None
    card: Mapping[str, Any] | None = None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of each request."""
        return tuple(request.outcome for request in self.requests) or (self.outcome,)


@dataclass(frozen=True)
class ChatMessage:
    """A message in the log; `seq` rises from 1 without gaps within its conversation.

    `card` says the same as `text`, for clients that can draw it (docs/protocol.md).
    """

    conversation_id: str
    seq: int
    sender: Sender
    text: str
    created_at: datetime
    client_message_id: str | None = None
    payload: str | None = None
    buttons: tuple[Button, ...] = ()
    outcome: Outcome | None = None
    clauses: tuple[str, ...] = ()
    reply_to: int | None = None
    intent: str | None = None
    confidence: float | None = None
    staff_id: str | None = None
    sender_name: str | None = None
    card: Mapping[str, Any] | None = None


@dataclass
class Conversation:
    """A customer's conversation and how far the bot has come with it.

    `answered_seq` is the newest customer message that needs nothing more of the bot, `customer_seq` the newest
    that the customer wrote; the bot has work while they differ. `agent_id` and `version`: see `bot.helpdesk.ownership`.
    The `last_` fields repeat the newest message for lists; the `_read_seq` fields say how far each side has read.
    """

    id: str
    created_at: datetime
    owner: Owner = Owner.BOT
    last_seq: int = 0
    customer_seq: int = 0
    answered_seq: int = 0
    attempts: int = 0
    next_attempt_at: datetime | None = None
    lease_holder: str | None = None
    lease_until: datetime | None = None
    version: int = 0
    agent_id: str | None = None
    closed_at: datetime | None = None
    close_reason: str | None = None
    last_at: datetime | None = None
    last_text: str = ""
    last_sender: str | None = None
    agent_read_seq: int = 0
    customer_delivered_seq: int = 0
    customer_read_seq: int = 0
    contact_name: str | None = None
    contact_email: str | None = None

    @property
    def has_work(self) -> bool:
        """Whether a customer message waits for the bot."""
        return self.customer_seq > self.answered_seq


def pressed_button(text: str, buttons: Sequence[Button]) -> Button | None:
    """The button that a customer means by `text`: its title, or its payload as some clients send it."""
    wanted = text.strip().casefold()
    for button in buttons:
        if wanted in (button.title.casefold(), button.payload.casefold()):
            return button
    return None
