"""Use case of reading the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk.audit import AuditEntry
from bot.services.ports import Store


@dataclass(frozen=True)
class AuditPage:
    """Entries, newest first; `next` is where older ones go on."""

    entries: list[AuditEntry]
    next: int | None


class AuditLog:
    """What was done; reading changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def page(self, *, before: int | None, limit: int) -> AuditPage:
        """At most `limit` entries older than `before`."""
        async with self._store.read() as work:
            found = await work.audit.page(before=before, limit=limit + 1)
        more = len(found) > limit
        return AuditPage(found[:limit], found[limit - 1].id if more else None)
