"""Ports of the trends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol


class AnswerCount(NamedTuple):
    """Messages of one week (its number among those that were asked for) with the same answer and the same fate."""

    week: int
    intent: str | None
    outcome: str
    # A person was asked for afterwards.
    handed_off: bool
    # The customer or an agent said that it was not right.
    wrong: bool
    messages: int


class TrendRepository(Protocol):
    """Reads the log for trends."""

    async def answers(self, starts: Sequence[datetime], end: datetime) -> list[AnswerCount]:
        """Typed messages that the bot answered in the weeks that begin at `starts`, without small talk."""
        ...

    def texts(self, since: datetime, limit: int) -> AsyncIterator[tuple[str, str]]:
        """Conversation and text (not masked) of the newest typed messages since then."""
        ...
