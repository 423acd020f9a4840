"""What the figures of the desk are read from."""

from __future__ import annotations

from typing import Protocol

from bot.helpdesk.history import History
from bot.helpdesk.period import Period


class FigureRepository(Protocol):
    """Reads what happened; changes nothing."""

    async def history(self, period: Period) -> History:
        """All that began within `period`, with what has become of it by now."""
        ...
