"""A chat as a test: what the customer said to the bot, masked, with what the bot made of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.errors import InvalidMessageError
from bot.helpdesk.conversation import ChatMessage, Sender
from bot.helpdesk.kept_tests import MOST_TURNS, KeptTurn, kept_text
from bot.text.masking import mask_personal_data


def turns_of_chat(messages: Iterable[ChatMessage], until: int | None) -> tuple[KeptTurn, ...]:
    """The customer's messages up to number `until` that the bot answered, the first 60 at most.

    A pressed button is `/intent`; buttons of the helpdesk itself (`#…`) are none of the bot's turns.
    """
    listed = list(messages)
    answers: dict[int, ChatMessage] = {}
    for message in listed:
        if message.sender is Sender.BOT and message.reply_to is not None and message.outcome is not None:
            answers.setdefault(message.reply_to, message)
    turns = []
    for message in listed:
        answer = answers.get(message.seq)
        is_said = message.sender is Sender.CUSTOMER and (until is None or message.seq <= until)
        if not is_said or answer is None or answer.outcome is None or (message.payload or "").startswith("#"):
            continue
        text = message.payload if (message.payload or "").startswith("/") else mask_personal_data(message.text)
        try:
            kept = kept_text(text)
        except InvalidMessageError:
            continue
        turns.append(KeptTurn(kept, answer.intent or "", answer.outcome.value, tuple(answer.clauses)))
    return tuple(turns[:MOST_TURNS])
