"""Asking back: which topics to offer for a message that was not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.helpdesk.conversation import Button

MAX_TOPICS = 3
# A topic less likely than this is no help as a button.
_LEAST = 0.04
HUMAN = Button("Bicara dengan staf", "/minta_manusia")
# Offered when nothing at all is known about the message.
STARTERS = ("cara_bayar", "bantuan_layanan", "info_layanan")


@dataclass(frozen=True)
class Candidate:
    """An intent and its probability."""

    intent: str
    probability: float


def offered_topics(
    ranking: Sequence[Candidate], labels: Mapping[str, str], *, understood_nothing: bool
) -> list[Button]:
    """Up to three topic buttons, likeliest first; the usual starters when nothing was understood.

    `labels` maps the intents that may be offered to their button titles.
    """
    likely = [c for c in ranking if c.intent in labels and c.probability >= _LEAST]
    likely.sort(key=lambda c: -c.probability)
    intents = [c.intent for c in likely[:MAX_TOPICS]] if not understood_nothing else []
    for starter in STARTERS:
        if len(intents) >= 2:
            break
        if starter not in intents and starter in labels:
            intents.append(starter)
    return [Button(labels[intent], f"/{intent}") for intent in intents]


def clarify_buttons(topics: Sequence[Button], *, asked_before: int) -> list[Button]:
    """The buttons of the question: the topics, and a human in second place from the second time on."""
    if asked_before == 0:
        return [*topics, HUMAN]
    return [HUMAN, *topics]
